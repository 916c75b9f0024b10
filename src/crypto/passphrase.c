#include "crypto/crypto.h"

#include <ctype.h>
#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <strings.h>

#include "base/bug.h"
#include "base/log.h"

enum { PASSES = 2, MEMORY = 19 << 20, BYTES_MAX = 4 * PASSPHRASE_MAX };
_Static_assert(PASSPHRASE_HASH_LEN == crypto_pwhash_STRBYTES, "libsodium's PHC string fits");

enum outcome passphrase_hash(struct arena *arena, const char *passphrase, const char **out)
{
	char hash[crypto_pwhash_STRBYTES];

	BUG_ON(strlen(passphrase) > BYTES_MAX);
	if (crypto_pwhash_str_alg(hash, passphrase, strlen(passphrase), PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0) {
		log_line(LOG_ERROR, "", "passphrase_hash", "%s", strerror(errno));
		return FAILED;
	}
	*out = arena_text(arena, hash);
	return OK;
}

bool passphrase_verify(const char *hash, const char *passphrase)
{
	char whole[crypto_pwhash_STRBYTES] = "";         /* libsodium may look at all of it */
	size_t len = strlen(passphrase), hash_len = strlen(hash);

	if (len > BYTES_MAX || hash_len >= sizeof whole)
		return false;
	memcpy(whole, hash, hash_len);
	errno = 0;
	if (crypto_pwhash_str_verify(whole, passphrase, len) == 0)
		return true;
	if (errno == ENOMEM)
		log_line(LOG_ERROR, "", "passphrase_verify", "no memory");
	return false;
}

/* The hash of nothing in particular, made with the same costs as all others; a test holds it to them. */
void passphrase_pretend(const char *passphrase)
{
	static const char nobody[] =
		"$argon2id$v=19$m=19456,t=2,p=1$mxzXMrnf5KuM3XJiDgPP6Q$KBnpe/m17q3JoEco8Z621Du0MwOf2FPpVNPKqSBNMk8";

	passphrase_verify(nobody, passphrase);
}

static size_t characters(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xC0) != 0x80;
	return n;
}

/* "hahahaha", "12341234", "aaaaaaaa": one piece of up to `period` bytes over and over. */
static bool repeats(const char *text, size_t period)
{
	size_t len = strlen(text);

	for (size_t p = 1; p <= period && p < len; p++) {
		size_t i = p;

		while (i < len && text[i] == text[i - p])
			i++;
		if (i == len)
			return true;
	}
	return false;
}

/* Each pair of neighbours are neighbours in `row`, all in one direction; the row goes round (…890123…). */
static bool runs_along(const char *text, const char *row)
{
	const char *at = strchr(row, *text);
	size_t n = strlen(row), here, step;

	if (!at || !text[1])
		return false;
	here = (size_t)(at - row);
	step = text[1] == row[(here + 1) % n] ? 1 : n - 1;
	for (; *text; text++, here = (here + step) % n)
		if (*text != row[here])
			return false;
	return true;
}

static bool is_run(const char *lower)
{
	static const char *const rows[] = { "1234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm",
		"qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p" };

	for (size_t i = 0; i < COUNT(rows); i++)
		if (runs_along(lower, rows[i]))
			return true;
	return false;
}

/* What is left of "Matkhau@123" without digits and signs, compared with what everybody tries. */
static bool is_known_word(const char *lower)
{
	static const char *const words[] = { "matkhau", "matkhaumoi", "password", "passw0rd", "pass", "admin", "administrator",
		"abc", "abcd", "qwerty", "qwertyuiop", "asdf", "iloveyou", "anhyeuem", "emyeuanh", "yeuem", "vietnam", "hoctap",
		"congdan",
		"congdanhoctap", "khuyenhoc", "hoikhuyenhoc", "tayninh", "longan", "xinchao", "khongbiet", "welcome", "letmein",
		"mk",
		"cdht", "hkh" };
	char letters[BYTES_MAX + 1];
	size_t n = 0;

	for (const char *p = lower; *p; p++)
		if (*p == '0' ? n && islower((unsigned char)p[1]) : !strchr("123456789 .,-_@!#$%&*+=/?", *p))
			letters[n++] = *p;
	letters[n] = '\0';
	for (size_t i = 0; i < COUNT(words); i++)
		if (!strcmp(letters, words[i]))
			return true;
	return false;
}

/* The login, or, where the login is a number (a phone), all its digits within. */
static bool holds_login(const char *passphrase, const char *login)
{
	char digits[BYTES_MAX + 1];
	size_t n = 0;

	if (!*login)
		return false;
	if (!strcasecmp(passphrase, login))
		return true;
	if (strlen(login) < 6 || login[strspn(login, "0123456789")])
		return false;
	for (const char *p = passphrase; *p; p++)
		if (*p >= '0' && *p <= '9')
			digits[n++] = *p;
	digits[n] = '\0';
	return strstr(digits, login[0] == '0' ? login + 1 : login) != NULL;      /* +84… has no 0 in front */
}

const char *passphrase_problem(const char *passphrase, const char *login)
{
	char lower[BYTES_MAX + 1];
	size_t i, len = strlen(passphrase);

	if (characters(passphrase) < PASSPHRASE_MIN)
		return "Mật khẩu quá ngắn, dễ bị đoán. Đặt ít nhất 8 ký tự, ví dụ ba bốn từ chỉ mình hay nhớ.";
	if (characters(passphrase) > PASSPHRASE_MAX || len > BYTES_MAX)
		return "Mật khẩu dài quá 200 ký tự. Đặt ngắn hơn.";
	for (i = 0; i < len; i++)
		lower[i] = (char)tolower((unsigned char)passphrase[i]);
	lower[len] = '\0';
	if (holds_login(passphrase, login))
		return "Mật khẩu trùng với tên đăng nhập hoặc số điện thoại, ai cũng đoán được. Đặt mật khẩu khác.";
	if (repeats(lower, characters(lower) == len ? 4 : 12))
		return "Mật khẩu chỉ lặp lại vài ký tự, dễ bị đoán. Đặt ba bốn từ chỉ mình hay nhớ.";
	if (is_run(lower))
		return "Mật khẩu là dãy liền nhau như 12345678, dễ bị đoán. Đặt ba bốn từ chỉ mình hay nhớ.";
	if (is_known_word(lower))
		return "Mật khẩu này nhiều người đã dùng, dễ bị đoán. Đặt ba bốn từ chỉ mình hay nhớ.";
	return "";
}
