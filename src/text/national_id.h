/* national_id.h: số định danh cá nhân, the twelve digits on the identity card (CCCD, căn cước). Nghị định 137/2015/NĐ-CP,
 * Điều 13; Thông tư 07/2016/TT-BCA: three digits are the province (as it was in 2016, whatever was merged since) or country of
 * birth registration, one the century and sex (0 nam, 1 nữ: 19xx; 2, 3: 20xx …), two the year of birth, six are random.
 * There is no check digit, so a wrong digit mostly cannot be seen: what disagrees is a doubt to ask about, never a block. */
#ifndef TEXT_NATIONAL_ID_H
#define TEXT_NATIONAL_ID_H

#include "text/sex.h"

enum { NATIONAL_ID_LEN = 12 };

enum national_id_fault {
	NATIONAL_ID_OK, NATIONAL_ID_EMPTY,
	NATIONAL_ID_CHARS,       /* letters or signs within */
	NATIONAL_ID_SPOILT,      /* 8.0209E+10: a spreadsheet threw digits away */
	NATIONAL_ID_OLD_CARD,    /* 9 digits, a CMND, void since 1/1/2025; out has the nine */
	NATIONAL_ID_LOST_ZERO,   /* 10 or 11 digits, and zeros before make a known province: out has the twelve, to offer */
	NATIONAL_ID_LENGTH,
	NATIONAL_ID_PROVINCE     /* 12 digits of a province that never was; out has them. A form refuses, a list marks */
};
/* Spaces (also no-break), dots, hyphens and apostrophes are dropped. `out` is "" where the list above says nothing of it. */
enum national_id_fault text_to_national_id(const char *typed, char out[NATIONAL_ID_LEN + 1]);
const char *national_id_message(enum national_id_fault);         /* Vietnamese: what is wrong, what to do; "" for OK */

/* Of twelve digits. The province's name of 2016; "nước ngoài" from 100 on; "" when there is none. */
const char *national_id_province(const char *id);
enum sex national_id_sex(const char *id);
int national_id_year(const char *id);                            /* 1900 to 2399 */

enum { NATIONAL_ID_SEX_DIFFERS = 1, NATIONAL_ID_YEAR_DIFFERS = 2 };
/* What the number says other than the form: bits of the above. birth_year 0 and SEX_UNKNOWN disagree with nothing. */
unsigned national_id_doubts(const char *id, int birth_year, enum sex);
const char *national_id_doubt_message(unsigned doubts);          /* Vietnamese, one text for both bits; "" for 0 */

#endif
