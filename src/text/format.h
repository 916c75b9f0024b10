/* format.h: values as people in Viet Nam read them. Pure functions; results live in the arena (or are constants).
 * Dates are ISO text (base/day.h), times UTC seconds, shown in Asia/Ho_Chi_Minh. */
#ifndef TEXT_FORMAT_H
#define TEXT_FORMAT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "text/sex.h"

#define FORMAT_NO_DATA "chưa có số liệu"

/* Dates of any precision; "" stays "". */
const char *format_date(struct arena *, const char *date);       /* "1961", "05/1961", "20/05/1961" */
/* As papers write them (Nghị định 30/2020/NĐ-CP: a leading 0 for days below 10 and for months 1 and 2):
 * "ngày 05 tháng 02 năm 2027", "tháng 5 năm 1961", "năm 1961". */
const char *format_date_long(struct arena *, const char *date);
const char *format_time(struct arena *, int64_t utc);            /* "14:36" */
const char *format_moment(struct arena *, int64_t utc);          /* "14:36 ngày 24/11/2026" */
/* Until the end of day `until` (whole day) as seen on day `today`: "còn 7 ngày", "hôm nay là ngày cuối", "đã quá 3 ngày". */
const char *format_days_left(struct arena *, const char *today, const char *until);

const char *format_int(struct arena *, int64_t);                 /* "1.234.567" */
const char *format_money(struct arena *, int64_t dong);          /* "1.234.567 đồng" */
const char *format_size(struct arena *, int64_t bytes);          /* "512 byte", "200 KB", "1,4 MB"; not below 0 */

/* Tenths of a per cent: 388 for 38,8 %; NONE when denominator is 0. Half rounds up, save that nothing short of the whole
 * becomes 1000: a list with one person missing must not read 100,0 %. 0 <= numerator, 0 <= denominator, both below 2^53. */
struct maybe percent_tenths(int64_t numerator, int64_t denominator);
const char *format_percent(struct arena *, int64_t numerator, int64_t denominator);  /* "38,8 %" or FORMAT_NO_DATA */
const char *format_average(struct arena *, int64_t sum, int64_t n);      /* "83,4" or FORMAT_NO_DATA; of what is not below 0 */

/* Digits as stored. What is no number of the kind comes back as it is; masked, it becomes "". */
const char *format_phone(struct arena *, const char *digits);    /* "0900 000 121", "0272 3822 222", "024 3822 2222" */
const char *format_phone_masked(struct arena *, const char *digits);         /* "•••• ••• 121" */
const char *format_national_id(struct arena *, const char *digits);          /* "0722 0100 1234": to be read aloud and compared */
const char *format_national_id_masked(struct arena *, const char *digits);   /* "•••• •••• 1234": four digits are enough */

enum { PRONOUN_ELDER = 60, AGE_UNKNOWN = -1 };
/* How the program speaks to or of somebody: from 60 on ông, bà; younger anh, chị; bạn when sex or age is not known. */
const char *pronoun(enum sex, int age);
const char *pronoun_capital(enum sex, int age);                  /* at the beginning of a sentence: "Bà" */

#endif
