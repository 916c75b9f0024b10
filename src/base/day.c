/* Civil days by Howard Hinnant's published arithmetic (days_from_civil), written anew. */
#include "base/day.h"

#include <stdio.h>
#include <string.h>

#include "base/bug.h"

static int64_t days_from_civil(int y, int m, int d)
{
	int era, yoe, doy, doe;

	y -= m <= 2;
	era = y / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return (int64_t)era * 146097 + doe - 719468;
}

static struct day civil_from_days(int64_t z)
{
	int64_t era, doe, yoe, doy, mp, y, m, d;
	struct day day;

	z += 719468;
	era = z / 146097;
	doe = z - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	d = doy - (153 * mp + 2) / 5 + 1;
	m = mp + (mp < 10 ? 3 : -9);
	y = yoe + era * 400 + (m <= 2);
	BUG_ON(y < 1 || y > 9999);
	day.text[0] = (char)('0' + y / 1000);
	day.text[1] = (char)('0' + y / 100 % 10);
	day.text[2] = (char)('0' + y / 10 % 10);
	day.text[3] = (char)('0' + y % 10);
	day.text[4] = day.text[7] = '-';
	day.text[5] = (char)('0' + m / 10);
	day.text[6] = (char)('0' + m % 10);
	day.text[8] = (char)('0' + d / 10);
	day.text[9] = (char)('0' + d % 10);
	day.text[10] = '\0';
	return day;
}

static int number(const char *s, int digits)
{
	int n = 0;

	for (int i = 0; i < digits; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		n = n * 10 + s[i] - '0';
	}
	return n;
}

static int month_days(int y, int m)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return m == 2 && ((y % 4 == 0 && y % 100 != 0) || y % 400 == 0) ? 29 : days[m - 1];
}

static int64_t days_of(const char *day)
{
	BUG_ON(!day_is_whole(day));
	return days_from_civil(number(day, 4), number(day + 5, 2), number(day + 8, 2));
}

struct day day_of(int64_t utc)
{
	int64_t local = utc + DAY_ZONE;

	BUG_ON(local < 0);
	return civil_from_days(local / DAY_SECONDS);
}

int64_t day_start(const char *day)
{
	return days_of(day) * DAY_SECONDS - DAY_ZONE;
}

struct day day_add(const char *day, int days)
{
	return civil_from_days(days_of(day) + days);
}

int day_count(const char *from, const char *to)
{
	return (int)(days_of(to) - days_of(from));
}

int day_year(const char *date)
{
	return number(date, 4);
}

bool day_is_valid(const char *date)
{
	size_t len = strlen(date);
	int y, m, d;

	if (len != 4 && len != 7 && len != 10)
		return false;
	y = number(date, 4);
	if (y < 1900 || y > 2999)
		return false;
	if (len == 4)
		return true;
	m = date[4] == '-' ? number(date + 5, 2) : -1;
	if (m < 1 || m > 12)
		return false;
	if (len == 7)
		return true;
	d = date[7] == '-' ? number(date + 8, 2) : -1;
	return d >= 1 && d <= month_days(y, m);
}

bool day_is_whole(const char *date)
{
	return strlen(date) == DAY_LEN && day_is_valid(date);
}

int day_age_at_end(const char *birth, int year)
{
	return year - day_year(birth);
}
