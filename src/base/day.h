/* day.h: time is int64 UTC seconds; a day is ISO text of Asia/Ho_Chi_Minh (UTC+7 all year, no summer time since 1975).
 * A date may know less than a day ("1961", "1961-05"): its precision is its length (4, 7 or 10). ISO text sorts as time does.
 * Shown as dd/mm/yyyy by text/format.h. Years 1900 to 2999. */
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include <stdbool.h>
#include <stdint.h>

enum { DAY_LEN = 10, DAY_SECONDS = 86400, DAY_ZONE = 7 * 3600 };

struct day { char text[DAY_LEN + 1]; };          /* always of day precision */

struct day day_of(int64_t utc);
int64_t day_start(const char *day);              /* UTC second at which that day begins in Viet Nam */
struct day day_add(const char *day, int days);
int day_count(const char *from, const char *to); /* days between: 0 for the same day */
int day_year(const char *date);                  /* of any precision */
bool day_is_valid(const char *date);             /* of any precision, of the calendar */
bool day_is_whole(const char *date);             /* of day precision and valid */
/* Age in whole years on 31 December of `year` (figures count so, model.md 5): birth may be of any precision. */
int day_age_at_end(const char *birth, int year);

#endif
