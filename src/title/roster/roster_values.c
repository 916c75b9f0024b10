/* One cell → one value, with what is doubtful about it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "text/national_id.h"
#include "text/text.h"
#include "title/roster/roster_read.h"

enum { YEARS = 120 };                    /* before the reference year */

static void warn(struct roster_person *p, uint64_t bit) { p->warnings |= bit; }

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* A whole number as its digits; false when it is none, or longer than a number keeps. */
static bool whole_digits(double number, char out[24])
{
	char *at = out + 23;
	uint64_t whole;

	if (!(number >= 0 && number < 1e15))
		return false;
	whole = (uint64_t)number;
	if ((double)whole != number)
		return false;
	*at = '\0';
	do
		*--at = (char)('0' + whole % 10);
	while (whole /= 10);
	memmove(out, at, (size_t)(out + 24 - at));
	return true;
}

static int year_at(const char *digits, int n)
{
	int year = 0;

	while (n--)
		year = year * 10 + *digits++ - '0';
	return year;
}

/* ---- identity number ---- */

void roster_read_number(const struct roster_value *v, struct arena *a, struct roster_person *p)
{
	char out[NATIONAL_ID_LEN + 1], digits[24];
	const char *text = v->text;

	if (v->kind == CELL_NUMBER)
		text = whole_digits(v->number, digits) ? digits : "?";
	else if (v->kind == CELL_DATE)
		text = "?";
	switch (v->present ? text_to_national_id(text, out) : NATIONAL_ID_EMPTY) {
	case NATIONAL_ID_OK:
		p->national_id = arena_text(a, out);
		break;
	case NATIONAL_ID_EMPTY:
		warn(p, ROSTER_BIT(cccd_missing));
		break;
	case NATIONAL_ID_CHARS:
		warn(p, ROSTER_BIT(cccd_bad_chars));
		break;
	case NATIONAL_ID_SPOILT:
		warn(p, ROSTER_BIT(cccd_precision_lost));
		break;
	case NATIONAL_ID_OLD_CARD:
		p->old_id = arena_text(a, out);
		warn(p, ROSTER_BIT(cmnd_old));
		break;
	case NATIONAL_ID_LOST_ZERO:
		p->national_id = arena_text(a, out);
		warn(p, ROSTER_BIT(cccd_leading_zero));
		break;
	case NATIONAL_ID_LENGTH:
		warn(p, ROSTER_BIT(cccd_bad_length));
		break;
	case NATIONAL_ID_PROVINCE:
		p->national_id = arena_text(a, out);
		if (year_at(out, 3) <= 96)
			warn(p, ROSTER_BIT(cccd_unknown_province));
		break;
	}
}

/* ---- birth ---- */

static void keep_year(struct roster_person *p, struct arena *a, int year, int reference)
{
	if (year < reference - YEARS || year > reference)
		warn(p, ROSTER_BIT(birth_out_of_range));
	else
		p->birth = arena_format(a, "%04d", year);
}

static int century_of(struct roster_person *p, int two, int reference)
{
	warn(p, ROSTER_BIT(birth_two_digit_year));
	if (*p->national_id && national_id_year(p->national_id) % 100 == two)
		return national_id_year(p->national_id);
	return two <= reference % 100 ? reference / 100 * 100 + two : reference / 100 * 100 - 100 + two;
}

static const char *iso_day(struct arena *a, int year, int month, int day)
{
	const char digits[] = { (char)('0' + year / 1000), (char)('0' + year / 100 % 10), (char)('0' + year / 10 % 10),
		(char)('0' + year % 10),
		'-', (char)('0' + month / 10), (char)('0' + month % 10), '-', (char)('0' + day / 10), (char)('0' + day % 10) };

	return arena_textn(a, digits, sizeof digits);
}

static void keep_day(struct roster_person *p, struct arena *a, int day, int month, int year, int reference)
{
	const char *text;

	if (!day && !month) {
		keep_year(p, a, year, reference);
		return;
	}
	if (month > 12 && day <= 12) {
		int other = day;

		day = month;
		month = other;
		warn(p, ROSTER_BIT(birth_month_day_swapped));
	}
	if (!day && month >= 1 && month <= 12) {
		warn(p, ROSTER_BIT(birth_month_dropped));
		keep_year(p, a, year, reference);
		return;
	}
	text = year > 9999 || month > 99 || day > 99 ? "" : iso_day(a, year, month, day);
	if (year < reference - YEARS || year > reference) {
		warn(p, ROSTER_BIT(birth_out_of_range));
	} else if (day_is_valid(text)) {
		p->birth = text;
	} else {
		p->warnings &= ~ROSTER_BIT(birth_month_day_swapped);
		warn(p, ROSTER_BIT(birth_invalid));
		keep_year(p, a, year, reference);
	}
}

static void keep_serial(struct roster_person *p, struct arena *a, int serial, int reference)
{
	struct day day = day_add("2000-01-01", serial - 36526);
	int year = day_year(day.text);

	warn(p, ROSTER_BIT(birth_serial_number));
	if (year < reference - YEARS || year > reference)
		warn(p, ROSTER_BIT(birth_out_of_range));
	else
		p->birth = arena_text(a, day.text);
}

/* Digits alone: a year, a serial, ddmmyyyy, a year of two digits. */
static bool read_digits(struct roster_person *p, struct arena *a, const char *digits, int reference)
{
	size_t n = strlen(digits);
	int value = n <= 8 ? year_at(digits, (int)n) : 0;

	if (n == 4 && value <= 3000 && value >= 1000)
		keep_year(p, a, value, reference);
	else if ((n == 4 || n == 5) && value >= 3001 && value <= 46500)
		keep_serial(p, a, value, reference);
	else if (n == 8 && year_at(digits, 2) <= 31 && year_at(digits + 2, 2) <= 12 && year_at(digits + 4, 4) >= 1800)
		keep_day(p, a, year_at(digits, 2), year_at(digits + 2, 2), year_at(digits + 4, 4), reference);
	else if (n == 2)
		keep_year(p, a, century_of(p, value, reference), reference);
	else
		return false;
	return true;
}

struct parts { int value[3], digits[3]; size_t n; bool dashes; };

/* Up to three numbers, between them one of / - . or spaces; “ngày 5 tháng 3 năm 1960” and a time behind are read too. */
static bool split(struct arena *a, const char *text, struct parts *out)
{
	const char *at = text_unmark(a, text);

	*out = (struct parts){ .dashes = true };
	while (*at) {
		size_t digits = strspn(at, "0123456789");

		if (digits) {
			if (out->n == 3 || digits > 4)
				return false;
			out->digits[out->n] = (int)digits;
			out->value[out->n++] = year_at(at, (int)digits);
			at += digits;
		} else if (strchr("/-. ", *at)) {
			at++;
		} else if (!strncmp(at, "ngay", 4) || !strncmp(at, "thang", 5)) {
			at += *at == 'n' ? 4 : 5;
		} else if (!strncmp(at, "nam", 3)) {
			at += 3;
		} else {
			return false;
		}
		if (out->n == 3 && out->digits[0] == 4 && (!strcmp(at, " 00:00:00") || !strcmp(at, "t00:00:00")))
			break;
	}
	return out->n > 0;
}

/* “--/--/1960”, “…1960”: nothing but one year that can be read. */
static bool lone_year(const char *text, int *year)
{
	const char *at = strpbrk(text, "0123456789");

	if (!at || strspn(at, "0123456789") != 4 || at[4] || strspn(text, "/-._ ?*") != (size_t)(at - text))
		return false;
	*year = year_at(at, 4);
	return true;
}

static void read_birth_text(struct roster_person *p, struct arena *a, const char *text, int reference)
{
	struct parts d;
	int year;

	if (strspn(text, "0123456789") == strlen(text)) {
		if (!read_digits(p, a, text, reference))
			warn(p, ROSTER_BIT(birth_invalid));
		return;
	}
	if (lone_year(text, &year)) {
		keep_year(p, a, year, reference);
		return;
	}
	if (!split(a, text, &d) || (d.n == 1 && d.digits[0] != 4)) {
		warn(p, ROSTER_BIT(birth_invalid));
	} else if (d.n == 1) {
		keep_year(p, a, d.value[0], reference);
	} else if (d.n == 3 && d.digits[0] == 4 && d.digits[1] <= 2 && d.digits[2] <= 2) {
		keep_day(p, a, d.value[2], d.value[1], d.value[0], reference);
	} else if (d.n == 2 && d.digits[0] <= 2 && d.digits[1] == 4) {
		if (d.value[0] > 12)
			warn(p, ROSTER_BIT(birth_invalid));
		else if (d.value[0])
			warn(p, ROSTER_BIT(birth_month_dropped));
		keep_year(p, a, d.value[1], reference);
	} else if (d.n == 3 && d.digits[0] <= 2 && d.digits[1] <= 2 && (d.digits[2] == 4 || d.digits[2] == 2)) {
		year = d.digits[2] == 4 ? d.value[2] : century_of(p, d.value[2], reference);
		keep_day(p, a, d.value[0], d.value[1], year, reference);
	} else {
		warn(p, ROSTER_BIT(birth_invalid));
	}
}

void roster_read_birth(const struct roster_value *v, int year, struct arena *a, struct roster_person *p)
{
	char digits[24];

	if (!v->present)
		warn(p, ROSTER_BIT(birth_missing));
	else if (v->kind == CELL_DATE && day_is_whole(v->text))
		keep_day(p, a, year_at(v->text + 8, 2), year_at(v->text + 5, 2), year_at(v->text, 4), year);
	else if (v->kind == CELL_NUMBER && whole_digits(v->number, digits) && read_digits(p, a, digits, year))
		;
	else if (v->kind == CELL_TEXT)
		read_birth_text(p, a, v->text, year);
	else
		warn(p, ROSTER_BIT(birth_invalid));
	if (!*p->birth && *p->national_id) {
		int from_number = national_id_year(p->national_id);

		if (from_number < year - YEARS || from_number > year)
			return;
		p->birth = arena_format(a, "%04d", from_number);
		p->warnings &= ~ROSTER_BIT(birth_missing);
		warn(p, ROSTER_BIT(birth_from_cccd));
	} else if (*p->birth && *p->national_id && day_year(p->birth) != national_id_year(p->national_id)) {
		warn(p, ROSTER_BIT(birth_conflicts_cccd));
	}
}

/* ---- sex ---- */

enum sex roster_sex_of(struct arena *a, const char *text)
{
	const char *folded = text_fold(a, text);

	if (!strcmp(folded, "nam") || !strcmp(folded, "trai"))
		return SEX_MALE;
	return !strcmp(folded, "nu") || !strcmp(folded, "gai") ? SEX_FEMALE : SEX_UNKNOWN;
}

/* ---- phone ---- */

/* The digits from text to end; how many. */
static size_t digits_of(const char *text, const char *end, char *out, size_t cap)
{
	size_t n = 0;

	for (; text < end; text++)
		if (is_digit(*text) && n < cap)
			out[n++] = *text;
	return n;
}

/* Where a number ends and another may begin: / , ; + and a dash between spaces. */
static const char *part_end(const char *at)
{
	for (const char *p = at; *p; p++)
		if (strchr("/,;&", *p) || (*p == '+' && p > at) || (*p == ' ' && p[1] == '-' && p[2] == ' '))
			return p;
	return at + strlen(at);
}

/* Numbers of nine digits and more, the first of them into `digits`. */
static size_t pick_phones(const char *text, char digits[32], size_t *n_digits)
{
	size_t found = 0, n;
	char part[32];

	for (const char *at = text; *at;) {
		const char *end = part_end(at);

		n = digits_of(at, end, part, sizeof part);
		if (n >= 9 && !found++) {
			memcpy(digits, part, n);
			*n_digits = n;
		}
		at = *end ? end + 1 : end;
	}
	return found;
}

/* "0900000001 0900000002": two, with a space between them alone. */
static bool split_at_space(const char *text, char digits[32], size_t *n)
{
	for (const char *at = strchr(text, ' '); at; at = strchr(at + 1, ' ')) {
		char first[32], rest[32];
		size_t before = digits_of(text, at, first, sizeof first), after = digits_of(at, at + strlen(at), rest,
			sizeof rest);

		if (before >= 9 && before <= 11 && after >= 9 && after <= 11) {
			memcpy(digits, first, before);
			*n = before;
			return true;
		}
	}
	return false;
}

static bool is_phone(const char *d, size_t n)
{
	return (n == 10 && d[0] == '0' && strchr("35789", d[1])) || (n == 11 && d[0] == '0' && d[1] == '2');
}

void roster_read_phone(const struct roster_value *v, struct arena *a, struct roster_person *p)
{
	char digits[33], number[24];
	const char *text = v->text, *d;
	size_t n = 0;

	if (!v->present)
		return;
	if (v->kind == CELL_NUMBER)
		text = whole_digits(v->number, number) ? number : "?";
	else if (v->kind == CELL_DATE)
		text = "?";
	if (pick_phones(text, digits + 1, &n) > 1 || (n > 12 && split_at_space(text, digits + 1, &n)))
		warn(p, ROSTER_BIT(phone_extra));
	if (!n)
		n = digits_of(text, text + strlen(text), digits + 1, 31);
	d = digits + 1;
	if (n >= 2 && !memcmp(d, "00", 2) && n >= 13)
		d += 2, n -= 2;
	if (n >= 11 && d[0] == '8' && d[1] == '4') {
		digits[2 + (d - digits - 1)] = '0';
		d++, n--;
	} else if (n == 9 && strchr("35789", d[0])) {
		digits[0] = '0';
		d = digits, n++;
		warn(p, ROSTER_BIT(phone_leading_zero));
	}
	if (is_phone(d, n))
		p->phone = arena_textn(a, d, n);
	else
		warn(p, ROSTER_BIT(phone_bad));
}

/* ---- scores ---- */

enum reading { READ_WHOLE, READ_TEXT, READ_RANGE, READ_NOT };

static bool parse_decimal(const char *text, double *out)
{
	char plain[24];
	size_t n = strlen(text);
	char *end;

	if (!n || n >= sizeof plain || strspn(text, "0123456789.,-+") != n)
		return false;
	for (size_t i = 0; i <= n; i++)
		plain[i] = text[i] == ',' ? '.' : text[i];
	*out = strtod(plain, &end);
	return !*end && end != plain;
}

/* 8/10; one to ten in words. */
static bool parse_words(struct arena *a, const char *text, double *out)
{
	static const char *const words[] = { "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi" };
	const char *folded, *slash = strchr(text, '/');

	if (slash) {
		const char *after = slash + 1 + strspn(slash + 1, " ");
		const char *before = arena_textn(a, text, (size_t)(slash - text));

		before = arena_textn(a, before, strcspn(before, " "));
		return !strcmp(after, "10") && parse_decimal(before, out);
	}
	folded = text_fold(a, text);
	for (size_t i = 0; i < COUNT(words); i++)
		if (!strcmp(folded, words[i])) {
			*out = (double)i + 1;
			return true;
		}
	if (!strcmp(folded, "tu"))
		*out = 4;
	return !strcmp(folded, "tu");
}

static enum reading read_score(struct arena *a, const struct roster_value *v, uint8_t *halves)
{
	enum reading how = READ_WHOLE;
	double value = v->number;

	if (v->kind == CELL_DATE)
		return READ_NOT;
	if (v->kind == CELL_TEXT && !parse_decimal(v->text, &value)) {
		how = READ_TEXT;
		if (!parse_words(a, v->text, &value))
			return READ_NOT;
	}
	if (value < 0 || value > 10)
		return READ_RANGE;
	if (value * 2 != floor(value * 2))
		return READ_NOT;
	*halves = (uint8_t)(value * 2);
	return how;
}

static void check_total(struct roster_person *p, const struct roster_value *total, struct arena *a)
{
	double said = total->number, sum = 0;

	for (int i = 0; i < ROSTER_SCORES; i++) {
		if (!p->score_given[i])
			return;
		sum += p->halves[i];
	}
	if (!total->present || total->kind == CELL_DATE || (total->kind == CELL_TEXT && !parse_decimal(total->text, &said)))
		return;
	(void)a;
	if (fabs(said - sum / 2) > 1e-6)
		warn(p, ROSTER_BIT(total_mismatch));
}

void roster_read_scores(const struct roster_value cells[ROSTER_SCORES], const bool has_column[ROSTER_SCORES],
	const struct roster_value *total, struct arena *a, struct roster_person *p)
{
	for (int i = 0; i < ROSTER_SCORES; i++)
		p->has_scores |= cells[i].present;
	if (!p->has_scores)
		return;
	for (int i = 0; i < ROSTER_SCORES; i++) {
		if (!cells[i].present) {
			warn(p, has_column[i] ? ROSTER_BIT(score_missing) : 0);
			continue;
		}
		switch (read_score(a, &cells[i], &p->halves[i])) {
		case READ_NOT:
			warn(p, ROSTER_BIT(score_unreadable));
			continue;
		case READ_RANGE:
			warn(p, ROSTER_BIT(score_out_of_range));
			continue;
		case READ_TEXT:
			warn(p, ROSTER_BIT(score_from_text));
			break;
		case READ_WHOLE:
			break;
		}
		p->score_given[i] = true;
		if (p->halves[i] % 2)
			warn(p, ROSTER_BIT(score_half));
	}
	check_total(p, total, a);
}
