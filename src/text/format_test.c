#include "tests/test.h"

#include <string.h>

#include "text/format.h"

TEST(format, dates_show_what_is_known)
{
	static const struct { const char *iso, *shown, *written; } cases[] = {
		{ "1961", "1961", "năm 1961" }, { "1961-05", "05/1961", "tháng 5 năm 1961" },
		{ "1961-02", "02/1961", "tháng 02 năm 1961" },
		{ "1961-05-20", "20/05/1961", "ngày 20 tháng 5 năm 1961" },
		{ "2027-02-05", "05/02/2027", "ngày 05 tháng 02 năm 2027" },
		{ "2027-03-01", "01/03/2027", "ngày 01 tháng 3 năm 2027" },
		{ "2027-12-10", "10/12/2027", "ngày 10 tháng 12 năm 2027" },
		{ "2027-10-31", "31/10/2027", "ngày 31 tháng 10 năm 2027" }, { "", "", "" },
	};
	struct arena *a = arena_new(1 * MiB);

	for (size_t i = 0; i < COUNT(cases); i++) {
		CHECK_TEXT(cases[i].shown, format_date(a, cases[i].iso));
		CHECK_TEXT(cases[i].written, format_date_long(a, cases[i].iso));
	}
	arena_free(a);
}

TEST(format, times_are_those_of_viet_nam)
{
	struct arena *a = arena_new(1 * MiB);
	const int64_t midnight = 1795539600;     /* 2026-11-24T17:00Z */

	CHECK_TEXT("00:00 ngày 25/11/2026", format_moment(a, midnight));
	CHECK_TEXT("23:59 ngày 24/11/2026", format_moment(a, midnight - 1));
	CHECK_TEXT("14:36", format_time(a, midnight + 14 * 3600 + 36 * 60 + 59));
	CHECK_TEXT("còn 7 ngày", format_days_left(a, "2026-11-24", "2026-12-01"));
	CHECK_TEXT("hôm nay là ngày cuối", format_days_left(a, "2026-12-01", "2026-12-01"));
	CHECK_TEXT("đã quá 3 ngày", format_days_left(a, "2026-12-04", "2026-12-01"));
	CHECK_TEXT("còn 1.000 ngày", format_days_left(a, "2023-01-01", "2025-09-27"));
	arena_free(a);
}

TEST(format, numbers_are_grouped_by_dots)
{
	static const struct { int64_t value; const char *shown; } cases[] = {
		{ 0, "0" }, { 7, "7" }, { 999, "999" }, { 1000, "1.000" }, { 1234567, "1.234.567" }, { -1, "-1" },
		{ -123456, "-123.456" },
		{ INT64_MAX, "9.223.372.036.854.775.807" }, { INT64_MIN, "-9.223.372.036.854.775.808" },
	};
	struct arena *a = arena_new(1 * MiB);

	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK_TEXT(cases[i].shown, format_int(a, cases[i].value));
	CHECK_TEXT("1.500.000 đồng", format_money(a, 1500000));
	CHECK_TEXT("0 byte", format_size(a, 0));
	CHECK_TEXT("1023 byte", format_size(a, 1023));
	CHECK_TEXT("1 KB", format_size(a, 1024));
	CHECK_TEXT("200 KB", format_size(a, 204800));
	CHECK_TEXT("1,0 MB", format_size(a, 1048575));
	CHECK_TEXT("1,4 MB", format_size(a, 1468006));
	CHECK_TEXT("2,0 MB", format_size(a, 2097151));
	CHECK_TEXT("1.024,0 MB", format_size(a, 1 << 30));
	arena_free(a);
}

TEST(format, per_cent_is_honest)
{
	static const struct { int64_t n, of; const char *shown; } cases[] = {
		{ 388, 1000, "38,8 %" }, { 1, 3, "33,3 %" }, { 2, 3, "66,7 %" }, { 0, 5, "0,0 %" }, { 5, 5, "100,0 %" },
		{ 6, 5, "120,0 %" },
		{ 2999, 3000, "99,9 %" }, { 99999999, 100000000, "99,9 %" }, { 1, 2000, "0,1 %" }, { 1, 2001, "0,0 %" },
		{ 0, 0, FORMAT_NO_DATA },
		{ 7, 0, FORMAT_NO_DATA }, { (1LL << 53) - 1, (1LL << 53) - 1, "100,0 %" }, { 1, (1LL << 53) - 1, "0,0 %" },
		{ 50, 1, "5.000,0 %" },
	};
	struct arena *a = arena_new(1 * MiB);

	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK_TEXT(cases[i].shown, format_percent(a, cases[i].n, cases[i].of));
	CHECK(!percent_tenths(1, 0).is);
	CHECK_INT(388, percent_tenths(388, 1000).value);
	arena_free(a);
}

TEST(format, numbers_of_people_are_grouped_and_masked)
{
	struct arena *a = arena_new(1 * MiB);

	CHECK_TEXT("0900 000 121", format_phone(a, "0900000121"));
	CHECK_TEXT("0272 3822 222", format_phone(a, "02723822222"));
	CHECK_TEXT("024 3822 2222", format_phone(a, "02438222222"));
	CHECK_TEXT("113", format_phone(a, "113"));
	CHECK_TEXT("•••• ••• 121", format_phone_masked(a, "0900000121"));
	CHECK_TEXT("••• •••• •222", format_phone_masked(a, "02438222222"));
	CHECK_TEXT("", format_phone_masked(a, "113"));
	CHECK_TEXT("0722 0100 1234", format_national_id(a, "072201001234"));
	CHECK_TEXT("•••• •••• 1234", format_national_id_masked(a, "072201001234"));
	CHECK_TEXT("•••• •••• 1234", format_national_id_masked(a, "1234"));
	CHECK_TEXT("", format_national_id_masked(a, ""));
	arena_free(a);
}

TEST(format, elders_are_spoken_to_as_elders)
{
	CHECK_TEXT("bà", pronoun(SEX_FEMALE, 60));
	CHECK_TEXT("chị", pronoun(SEX_FEMALE, 59));
	CHECK_TEXT("ông", pronoun(SEX_MALE, 78));
	CHECK_TEXT("anh", pronoun(SEX_MALE, 16));
	CHECK_TEXT("bạn", pronoun(SEX_UNKNOWN, 70));
	CHECK_TEXT("bạn", pronoun(SEX_MALE, AGE_UNKNOWN));
	CHECK_TEXT("Bà", pronoun_capital(SEX_FEMALE, 65));
	CHECK_TEXT("Bạn", pronoun_capital(SEX_UNKNOWN, 20));
}
