#include "text/parse.h"

#include <string.h>

#include "base/day.h"

/* Cuts spaces at both ends into a small buffer. False when it does not fit: no value read here is that long. */
static bool trim_into(const char *typed, char *out, size_t size)
{
	size_t len;

	typed += strspn(typed, " ");
	len = strlen(typed);
	while (len && typed[len - 1] == ' ')
		len--;
	if (len >= size)
		return false;
	memcpy(out, typed, len);
	out[len] = '\0';
	return true;
}

struct part { int value; size_t digits; };

/* "5/1/1961" → three parts of digits with one and the same separator of / - . between; the count, or 0. */
static size_t date_parts(const char *text, struct part part[3])
{
	size_t n = 0;
	char separator = 0;

	for (;;) {
		size_t digits = strspn(text, "0123456789");

		if (!digits || digits > 4 || n == 3)
			return 0;
		part[n] = (struct part){ 0, digits };
		for (; digits; digits--)
			part[n].value = part[n].value * 10 + *text++ - '0';
		n++;
		if (!*text)
			return n;
		if (!strchr("/-.", *text) || (separator && *text != separator))
			return 0;
		separator = *text++;
	}
}

static bool read_date(struct arena *arena, const char *typed, bool whole_only, const char **out)
{
	char text[32];
	struct part p[3];
	const char *iso;
	size_t n;

	if (!trim_into(typed, text, sizeof text))
		return false;
	if (strlen(text) == 8 && strspn(text, "0123456789") == 8)
		iso = arena_format(arena, "%.4s-%.2s-%.2s", text + 4, text + 2, text);
	else if (!(n = date_parts(text, p)))
		return false;
	else if (n == 3 && p[0].digits == 4 && p[1].digits <= 2 && p[2].digits <= 2)
		iso = arena_format(arena, "%04d-%02d-%02d", p[0].value, p[1].value, p[2].value);
	else if (n == 3 && p[0].digits <= 2 && p[1].digits <= 2 && p[2].digits == 4)
		iso = arena_format(arena, "%04d-%02d-%02d", p[2].value, p[1].value, p[0].value);
	else if (n == 2 && p[0].digits <= 2 && p[1].digits == 4)
		iso = arena_format(arena, "%04d-%02d", p[1].value, p[0].value);
	else if (n == 2 && p[0].digits == 4 && p[1].digits <= 2)
		iso = arena_format(arena, "%04d-%02d", p[0].value, p[1].value);
	else if (n == 1 && p[0].digits == 4)
		iso = arena_format(arena, "%04d", p[0].value);
	else
		return false;
	if (!day_is_valid(iso) || (whole_only && !day_is_whole(iso)))
		return false;
	*out = iso;
	return true;
}

bool text_to_day(struct arena *arena, const char *typed, const char **out)
{
	return read_date(arena, typed, true, out);
}

bool text_to_date(struct arena *arena, const char *typed, const char **out)
{
	return read_date(arena, typed, false, out);
}

/* Digits after an optional minus. Counted downwards, where one more number fits than upwards. */
static bool read_digits(const char *p, int64_t min, int64_t max, int64_t *out)
{
	bool minus = *p == '-';
	int64_t v = 0;

	p += minus;
	if (!*p)
		return false;
	for (; *p; p++)
		if (*p < '0' || *p > '9' || __builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, *p - '0', &v))
			return false;
	if (!minus && __builtin_sub_overflow(0, v, &v))
		return false;
	if (v < min || v > max)
		return false;
	*out = v;
	return true;
}

bool text_to_int(const char *typed, int64_t min, int64_t max, int64_t *out)
{
	char text[64];

	return trim_into(typed, text, sizeof text) && read_digits(text, min, max, out);
}

bool text_to_amount(const char *typed, int64_t min, int64_t max, int64_t *out)
{
	char text[64], digits[64];
	size_t head, n = 0;
	const char *p = text;
	char separator;

	if (!trim_into(typed, text, sizeof text))
		return false;
	if (*p == '-')
		digits[n++] = *p++;
	head = strspn(p, "0123456789");
	memcpy(digits + n, p, head);
	n += head;
	p += head;
	separator = *p;
	if (separator && (!head || head > 3 || (separator != '.' && separator != ' ')))
		return false;
	while (*p) {
		if (*p++ != separator || strspn(p, "0123456789") < 3 || (p[3] && p[3] != separator))
			return false;
		memcpy(digits + n, p, 3);
		n += 3;
		p += 3;
	}
	digits[n] = '\0';
	return read_digits(digits, min, max, out);
}

/* Digits of a phone number as written, +84 kept as a leading 84 with *abroad set. False on any other sign or too many digits. */
static bool phone_digits(const char *typed, char out[16], bool *plus)
{
	size_t n = 0;

	*plus = false;
	for (const char *p = typed; *p; p++) {
		if (!strncmp(p, "\u00a0", 2)) {
			p++;
		} else if (*p == '+' && !n && !*plus) {
			*plus = true;
		} else if (*p >= '0' && *p <= '9') {
			if (n == 15)
				return false;
			out[n++] = *p;
		} else if (!strchr(" .-()", *p)) {
			return false;
		}
	}
	out[n] = '\0';
	return true;
}

enum phone_fault text_to_phone(const char *typed, char out[PHONE_LEN_MAX + 1])
{
	char all[17], *p;             /* one place in front for the 0 */
	bool plus;
	size_t len;

	*out = '\0';
	if (!phone_digits(typed, all + 1, &plus))
		return PHONE_CHARS;
	p = all + 1;
	if (!*p)
		return plus ? PHONE_CHARS : PHONE_EMPTY;
	if (!strncmp(p, "0084", 4))
		p += 2, plus = true;
	/* 84 without a plus is the country's code only where the rest has the length for it: 0 + 9 or 10 digits. */
	if (!strncmp(p, "84", 2) && (plus || strlen(p) == 11 || strlen(p) == 12)) {
		p += 2;
		if (*p != '0')
			*--p = '0';
	} else if (plus) {
		return PHONE_PREFIX;
	}
	len = strlen(p);
	if (len == 9 && strchr("35789", *p)) {
		out[0] = '0';
		memcpy(out + 1, p, 10);
		return PHONE_LOST_ZERO;
	}
	if (len == 11 && (!strncmp(p, "012", 3) || !strncmp(p, "016", 3)))
		return PHONE_OLD;
	if (len != 10 && len != 11)
		return PHONE_LENGTH;
	if (p[0] != '0' || (len == 10 ? !strchr("35789", p[1]) : p[1] != '2'))
		return PHONE_PREFIX;
	memcpy(out, p, len + 1);
	return PHONE_OK;
}

const char *phone_message(enum phone_fault fault)
{
	switch (fault) {
	case PHONE_OK:
		return "";
	case PHONE_EMPTY:
		return "Chưa có số điện thoại. Nhập số, ví dụ 0900 000 121.";
	case PHONE_CHARS:
		return "Số điện thoại có chữ hoặc ký hiệu lạ. Chỉ nhập một số, gồm các chữ số.";
	case PHONE_LOST_ZERO:
		return "Số điện thoại có 9 chữ số, có lẽ đã mất số 0 ở đầu. Thêm số 0 rồi xem lại.";
	case PHONE_OLD:
		return "Đây là số di động 11 chữ số kiểu cũ, đã đổi sang 10 chữ số từ năm 2018. Nhập số mới.";
	case PHONE_LENGTH:
		return "Số điện thoại thiếu hoặc thừa chữ số: số di động có 10 chữ số, số máy bàn có 11. Đếm và nhập lại.";
	case PHONE_PREFIX:
		return "Đầu số không đúng: số di động bắt đầu bằng 03, 05, 07, 08 hoặc 09, số máy bàn bằng 02. Xem lại số.";
	}
	return "";
}
