#include "base/id.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static int value_of(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		c = '0';
	if (c == 'I' || c == 'L')
		c = '1';
	for (int i = 0; i < 32; i++)
		if (alphabet[i] == c)
			return i;
	return -1;
}

/* Luhn mod N over the first n characters: every single mistake and nearly every swap of neighbours changes it. */
static char check_of(const char *code, size_t n)
{
	int factor = 2, sum = 0;

	for (size_t i = n; i-- > 0;) {
		int addend = factor * value_of(code[i]);

		factor = factor == 2 ? 1 : 2;
		sum += addend / 32 + addend % 32;
	}
	return alphabet[(32 - sum % 32) % 32];
}

void code_make(char *out, size_t len, const unsigned char *random)
{
	for (size_t i = 0; i + 1 < len; i++)
		out[i] = alphabet[random[i] & 31];
	out[len - 1] = check_of(out, len - 1);
	out[len] = '\0';
}

bool code_read(const char *typed, char *out, size_t len)
{
	size_t n = 0;

	for (; *typed; typed++) {
		int v;

		if (*typed == ' ' || *typed == '-')
			continue;
		v = value_of(*typed);
		if (v < 0 || n == len)
			return false;
		out[n++] = alphabet[v];
	}
	out[n] = '\0';
	return n == len && out[len - 1] == check_of(out, len - 1);
}
