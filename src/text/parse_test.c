#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "text/national_id.h"
#include "text/parse.h"

TEST(parse, dates_as_people_type_them)
{
	static const struct { const char *typed, *day, *date; } cases[] = {      /* NULL: refused */
		{ "5/1/1961", "1961-01-05", "1961-01-05" }, { "05-01-1961", "1961-01-05", "1961-01-05" },
		{ " 5.1.1961 ", "1961-01-05", "1961-01-05" },
		{ "1961-01-05", "1961-01-05", "1961-01-05" }, { "1961-1-5", "1961-01-05", "1961-01-05" },
		{ "05011961", "1961-01-05", "1961-01-05" },
		{ "29/2/2024", "2024-02-29", "2024-02-29" }, { "1961", NULL, "1961" }, { "5/1961", NULL, "1961-05" },
		{ "05-1961", NULL, "1961-05" },
		{ "1961-05", NULL, "1961-05" }, { "1961/5", NULL, "1961-05" },
		{ "5.1.61", NULL, NULL }, { "5/1/61", NULL, NULL }, { "29/2/2023", NULL, NULL }, { "31/4/2026", NULL, NULL },
		{ "1/13/2026", NULL, NULL },
		{ "0/1/2026", NULL, NULL }, { "5/1-1961", NULL, NULL }, { "5//1961", NULL, NULL }, { "5/1/1961/", NULL, NULL },
		{ "/5/1/1961", NULL, NULL },
		{ "5/1/19611", NULL, NULL }, { "61", NULL, NULL }, { "", NULL, NULL }, { "hôm nay", NULL, NULL },
		{ "19610105", NULL, NULL },
		{ "1/1/1899", NULL, NULL }, { "1/1/3000", NULL, NULL }, { "99", NULL, NULL }, { "005/1/1961", NULL, NULL },
		{ "13/1961", NULL, NULL },
		{ "5/1/1961 5/1/1961 5/1/1961 5/1/1961", NULL, NULL }, { "5 / 1 / 1961", NULL, NULL },
		{ "+5/1/1961", NULL, NULL },
	};
	struct arena *a = arena_new(1 * MiB);

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *out = "untouched";

		CHECK_INT(cases[i].day != NULL, text_to_day(a, cases[i].typed, &out));
		CHECK_TEXT(cases[i].day ? cases[i].day : "untouched", out);
		out = "untouched";
		CHECK_INT(cases[i].date != NULL, text_to_date(a, cases[i].typed, &out));
		CHECK_TEXT(cases[i].date ? cases[i].date : "untouched", out);
	}
	arena_free(a);
}

TEST(parse, whole_numbers_are_strict_and_bounded)
{
	static const char *const refused[] = { "", "-", "+1", "1.0", "1,0", "0x1", "1 2", "--1", "9223372036854775808",
		"-9223372036854775809", "1e3", "١", "99999999999999999999999999", "1\u00a0" };
	int64_t v = 77;

	for (size_t i = 0; i < COUNT(refused); i++)
		CHECK(!text_to_int(refused[i], INT64_MIN, INT64_MAX, &v));
	CHECK_INT(77, v);
	CHECK(text_to_int(" -12 ", -12, 5, &v) && v == -12);
	CHECK(!text_to_int("-13", -12, 5, &v) && !text_to_int("6", -12, 5, &v));
	CHECK(text_to_int("9223372036854775807", 0, INT64_MAX, &v) && v == INT64_MAX);
	CHECK(text_to_int("-9223372036854775808", INT64_MIN, 0, &v) && v == INT64_MIN);
	CHECK(text_to_int("0007", 0, 10, &v) && v == 7);
}

TEST(parse, amounts_may_have_whole_groups)
{
	static const struct { const char *typed; int64_t value; } good[] = {
		{ "1234567", 1234567 }, { "1.234.567", 1234567 }, { "1 234 567", 1234567 }, { "12.345", 12345 }, { "999", 999 },
		{ "-1.000", -1000 }, { "0", 0 },
	};
	static const char *const refused[] = { "", "12.34", "1.2345", "1234.567", ".123", "1.", "1.234 567",
		"1..234", "1,5", "1.234.", "1.234,5",
		"9.223.372.036.854.775.808", "a", "-" };
	int64_t v = 0;

	for (size_t i = 0; i < COUNT(good); i++) {
		CHECK(text_to_amount(good[i].typed, -5000, INT64_MAX, &v));
		CHECK_INT(good[i].value, v);
	}
	for (size_t i = 0; i < COUNT(refused); i++)
		CHECK(!text_to_amount(refused[i], INT64_MIN, INT64_MAX, &v));
	CHECK(!text_to_amount("1.001", 0, 1000, &v));
}

TEST(parse, phones_and_why_not)
{
	static const struct { const char *typed, *out; enum phone_fault fault; } cases[] = {
		{ "0900 000 121", "0900000121", PHONE_OK }, { "+84 900 000 121", "0900000121", PHONE_OK },
		{ "84900000121", "0900000121", PHONE_OK },
		{ "0084 90.000.0121", "0900000121", PHONE_OK }, { "(+84)900-000-121", "0900000121", PHONE_OK },
		{ "0272 3822 222", "02723822222", PHONE_OK },
		{ "+84 272 3822222", "02723822222", PHONE_OK }, { "+84 0900000121", "0900000121", PHONE_OK },
		{ "0900\u00a0000\u00a0121", "0900000121", PHONE_OK },
		{ "842723822222", "02723822222", PHONE_OK },
		{ "0843000121", "0843000121", PHONE_OK }, { "0300000121", "0300000121", PHONE_OK },
		{ "900000121", "0900000121", PHONE_LOST_ZERO }, { "843000121", "0843000121", PHONE_LOST_ZERO },
		{ "", "", PHONE_EMPTY }, { "  ", "", PHONE_EMPTY }, { "01680000121", "", PHONE_OLD },
		{ "01230000121", "", PHONE_OLD },
		{ "090000012", "", PHONE_LENGTH }, { "09000001211", "", PHONE_PREFIX }, { "113", "", PHONE_LENGTH },
		{ "0600000121", "", PHONE_PREFIX },
		{ "0200000121", "", PHONE_PREFIX }, { "+85512345678", "", PHONE_PREFIX },
		{ "0900000121, 0900000122", "", PHONE_CHARS },
		{ "không có", "", PHONE_CHARS }, { "+", "", PHONE_CHARS }, { "09000001210900000122", "", PHONE_CHARS },
		{ "0900+000121", "", PHONE_CHARS },
		{ "123456789012345", "", PHONE_LENGTH }, { "1900000121", "", PHONE_PREFIX },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char out[PHONE_LEN_MAX + 1] = "untouched";

		if (text_to_phone(cases[i].typed, out) != cases[i].fault || strcmp(out, cases[i].out) != 0)
			fail_msg("%s: %d \"%s\"", cases[i].typed, text_to_phone(cases[i].typed, out), out);
	}
	for (enum phone_fault f = PHONE_EMPTY; f <= PHONE_PREFIX; f++)
		CHECK(*phone_message(f));
	CHECK_TEXT("", phone_message(PHONE_OK));
}

TEST(parse, national_ids_and_why_not)
{
	static const struct { const char *typed, *out; enum national_id_fault fault; } cases[] = {
		{ "072201001234", "072201001234", NATIONAL_ID_OK }, { " 0722 0100 1234 ", "072201001234", NATIONAL_ID_OK },
		{ "'072.201-001\u00a0234", "072201001234", NATIONAL_ID_OK },
		{ "\u2019080076903498", "080076903498", NATIONAL_ID_OK },
		{ "80076903498", "080076903498", NATIONAL_ID_LOST_ZERO }, { "1076903498", "001076903498", NATIONAL_ID_LOST_ZERO },
		{ "98076903498", "", NATIONAL_ID_LENGTH }, { "3076903498", "", NATIONAL_ID_LENGTH },
		{ "301000123", "301000123", NATIONAL_ID_OLD_CARD },
		{ "", "", NATIONAL_ID_EMPTY }, { "   ", "", NATIONAL_ID_EMPTY }, { "..", "", NATIONAL_ID_CHARS },
		{ "8.0209E+10", "", NATIONAL_ID_SPOILT },
		{ "8,02E+10", "", NATIONAL_ID_SPOILT }, { "8E10", "", NATIONAL_ID_SPOILT },
		{ "07220100123x", "", NATIONAL_ID_CHARS },
		{ "0722010012345", "", NATIONAL_ID_LENGTH }, { "07220100123407220100", "", NATIONAL_ID_LENGTH },
		{ "12345", "", NATIONAL_ID_LENGTH },
		{ "007201001234", "007201001234", NATIONAL_ID_PROVINCE },
		{ "000000000000", "000000000000", NATIONAL_ID_PROVINCE },
		{ "097201001234", "097201001234", NATIONAL_ID_PROVINCE }, { "101201001234", "101201001234", NATIONAL_ID_OK },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char out[NATIONAL_ID_LEN + 1] = "untouched";

		if (text_to_national_id(cases[i].typed, out) != cases[i].fault || strcmp(out, cases[i].out) != 0)
			fail_msg("%s: %d \"%s\"", cases[i].typed, text_to_national_id(cases[i].typed, out), out);
	}
	for (enum national_id_fault f = NATIONAL_ID_EMPTY; f <= NATIONAL_ID_PROVINCE; f++)
		CHECK(*national_id_message(f));
	CHECK_TEXT("", national_id_message(NATIONAL_ID_OK));
}

TEST(parse, national_ids_tell_province_sex_and_year)
{
	static const char known[] = "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 "
		"034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 "
		"070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096";
	int n = 0;

	for (int code = 0; code < 100; code++) {
		char id[16];

		snprintf(id, sizeof id, "%03d000000000", code);
		n += *national_id_province(id) != '\0';
		id[3] = '\0';
		CHECK_INT(strstr(known, id) != NULL, *national_id_province(id) != '\0');
	}
	CHECK_INT(63, n);
	CHECK_TEXT("Tây Ninh", national_id_province("072201001234"));
	CHECK_TEXT("Long An", national_id_province("080201001234"));
	CHECK_TEXT("nước ngoài", national_id_province("101201001234"));
	CHECK_INT(SEX_MALE, national_id_sex("072201001234"));
	CHECK_INT(2001, national_id_year("072201001234"));
	CHECK_INT(SEX_FEMALE, national_id_sex("080161001234"));
	CHECK_INT(1961, national_id_year("080161001234"));
	CHECK_INT(0, national_id_doubts("080161001234", 1961, SEX_FEMALE));
	CHECK_INT(0, national_id_doubts("080161001234", 0, SEX_UNKNOWN));
	CHECK_INT(NATIONAL_ID_SEX_DIFFERS, national_id_doubts("080161001234", 1961, SEX_MALE));
	CHECK_INT(NATIONAL_ID_YEAR_DIFFERS, national_id_doubts("080161001234", 2061, SEX_FEMALE));
	CHECK_INT(3, national_id_doubts("080161001234", 1962, SEX_MALE));
	CHECK_TEXT("", national_id_doubt_message(0));
	for (unsigned doubts = 1; doubts < 4; doubts++)
		CHECK(*national_id_doubt_message(doubts));
}
