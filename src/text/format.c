#include "text/format.h"

#include <string.h>

#include "base/buf.h"
#include "base/bug.h"
#include "base/day.h"

const char *format_date(struct arena *arena, const char *date)
{
	if (!*date)
		return "";
	BUG_ON(!day_is_valid(date));
	switch (strlen(date)) {
	case 4:
		return arena_text(arena, date);
	case 7:
		return arena_format(arena, "%.2s/%.4s", date + 5, date);
	default:                                 /* in every row of a list: without printf */
		return arena_textn(arena, (char[]){ date[8], date[9], '/', date[5], date[6], '/', date[0], date[1], date[2],
			date[3] }, 10);
	}
}

/* "05" stays for months 1 and 2 only: from 3 on no forger can put a digit before it. */
static const char *month_of(const char *date)
{
	return date[5] == '0' && date[6] > '2' ? date + 6 : date + 5;
}

static int month_len(const char *date)
{
	return date[5] == '0' && date[6] > '2' ? 1 : 2;
}

const char *format_date_long(struct arena *arena, const char *date)
{
	if (!*date)
		return "";
	BUG_ON(!day_is_valid(date));
	switch (strlen(date)) {
	case 4:
		return arena_format(arena, "năm %s", date);
	case 7:
		return arena_format(arena, "tháng %.*s năm %.4s", month_len(date), month_of(date), date);
	default:
		return arena_format(arena, "ngày %.2s tháng %.*s năm %.4s", date + 8, month_len(date), month_of(date), date);
	}
}

const char *format_time(struct arena *arena, int64_t utc)
{
	int64_t second = utc - day_start(day_of(utc).text);

	return arena_format(arena, "%02d:%02d", (int)(second / 3600), (int)(second / 60 % 60));
}

const char *format_moment(struct arena *arena, int64_t utc)
{
	return arena_format(arena, "%s ngày %s", format_time(arena, utc), format_date(arena, day_of(utc).text));
}

const char *format_days_left(struct arena *arena, const char *today, const char *until)
{
	int left = day_count(today, until);

	if (!left)
		return "hôm nay là ngày cuối";
	return left > 0 ? arena_format(arena, "còn %s ngày", format_int(arena, left)) :
		arena_format(arena, "đã quá %s ngày", format_int(arena, -left));
}

const char *format_int(struct arena *arena, int64_t value)
{
	char out[32], *p = out + sizeof out;
	uint64_t v = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	int n = 0;

	do {
		if (n && n % 3 == 0)
			*--p = '.';
		*--p = (char)('0' + v % 10);
		n++;
	} while ((v /= 10));
	if (value < 0)
		*--p = '-';
	return arena_textn(arena, p, (size_t)(out + sizeof out - p));
}

const char *format_money(struct arena *arena, int64_t dong)
{
	return arena_format(arena, "%s đồng", format_int(arena, dong));
}

static const char *format_tenths(struct arena *arena, int64_t tenths, const char *unit)
{
	return arena_format(arena, "%s,%d %s", format_int(arena, tenths / 10), (int)(tenths % 10), unit);
}

const char *format_size(struct arena *arena, int64_t bytes)
{
	const int64_t kb = 1024, mb = kb * kb;

	BUG_ON(bytes < 0);
	if (bytes < kb)
		return arena_format(arena, "%d byte", (int)bytes);
	if (bytes < mb - kb / 2)
		return arena_format(arena, "%d KB", (int)((bytes + kb / 2) / kb));
	return format_tenths(arena, bytes / mb * 10 + (bytes % mb * 10 + mb / 2) / mb, "MB");
}

struct maybe percent_tenths(int64_t numerator, int64_t denominator)
{
	int64_t tenths, rest;

	BUG_ON(numerator < 0 || denominator < 0 || numerator >= 1LL << 53 || denominator >= 1LL << 53);
	if (!denominator)
		return NONE;
	tenths = numerator / denominator * 1000;
	rest = numerator % denominator * 1000;                          /* below 2^63: 1000 < 2^10 */
	tenths += rest / denominator;
	if (rest % denominator >= denominator - rest % denominator)     /* half or more */
		tenths++;
	if (tenths == 1000 && numerator < denominator)
		tenths = 999;
	return SOME(tenths);
}

const char *format_percent(struct arena *arena, int64_t numerator, int64_t denominator)
{
	struct maybe tenths = percent_tenths(numerator, denominator);

	return tenths.is ? format_tenths(arena, tenths.value, "%") : FORMAT_NO_DATA;
}

const char *format_average(struct arena *arena, int64_t sum, int64_t n)
{
	BUG_ON(sum < 0 || n < 0);
	return n ? format_tenths(arena, (sum * 10 + n / 2) / n, "") : FORMAT_NO_DATA;
}

static bool is_digits(const char *text, size_t len)
{
	return strlen(text) == len && strspn(text, "0123456789") == len;
}

/* Where a phone parts: mobile 4-3-3; landline by its area code, three digits for Hà Nội (024) and TP. Hồ Chí Minh (028),
 * four elsewhere. NULL when it is no phone. */
static const int *phone_groups(const char *digits)
{
	static const int mobile[] = { 4, 3, 3 }, city[] = { 3, 4, 4 }, province[] = { 4, 4, 3 };

	if (is_digits(digits, 10))
		return mobile;
	if (!is_digits(digits, 11))
		return NULL;
	return !strncmp(digits, "024", 3) || !strncmp(digits, "028", 3) ? city : province;
}

const char *format_phone(struct arena *arena, const char *digits)
{
	const int *g = phone_groups(digits);

	return g ? arena_format(arena, "%.*s %.*s %s", g[0], digits, g[1], digits + g[0], digits + g[0] + g[1]) : digits;
}

/* Digits as bullets, but for the last `shown`. Spaces stay. */
static const char *masked(struct arena *arena, const char *spaced, size_t shown)
{
	struct buf out = BUF(arena);
	size_t digits = 0;

	for (const char *p = spaced; *p; p++)
		digits += *p != ' ';
	for (const char *p = spaced; *p; p++) {
		if (*p == ' ' || digits <= shown)
			buf_char(&out, *p);
		else
			buf_text(&out, "•");
		digits -= *p != ' ';
	}
	return buf_cstr(&out);
}

const char *format_phone_masked(struct arena *arena, const char *digits)
{
	return phone_groups(digits) ? masked(arena, format_phone(arena, digits), 3) : "";
}

const char *format_national_id(struct arena *arena, const char *digits)
{
	return is_digits(digits, 12) ? arena_format(arena, "%.4s %.4s %s", digits, digits + 4, digits + 8) : digits;
}

const char *format_national_id_masked(struct arena *arena, const char *digits)
{
	size_t len = strlen(digits);

	return len >= 4 ? arena_format(arena, "•••• •••• %s", digits + len - 4) : "";
}

static const char *choose_pronoun(enum sex sex, int age, const char *const words[5])
{
	if (age < 0 || sex == SEX_UNKNOWN)
		return words[4];
	return words[(age >= PRONOUN_ELDER ? 0 : 2) + (sex == SEX_FEMALE)];
}

const char *pronoun(enum sex sex, int age)
{
	static const char *const words[5] = { "ông", "bà", "anh", "chị", "bạn" };

	return choose_pronoun(sex, age, words);
}

const char *pronoun_capital(enum sex sex, int age)
{
	static const char *const words[5] = { "Ông", "Bà", "Anh", "Chị", "Bạn" };

	return choose_pronoun(sex, age, words);
}
