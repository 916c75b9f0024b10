/* exchange.h: the people of a round in the columns of somebody else's list, so that nobody types twice. What the columns are is
 * data (share/exchange), and says itself what of it is assumed.
 *
 * Values of a column: number (1, 2 …), name, birth (day where known), birth_year, sex, national_id, phone, leaf, commune,
 * province, unit_code (of the leaf), group, score_1 … score_10, total, state, blank. The identity number is the whole one:
 * PERMIT_PERSON_EDIT on the unit, and one audit row a file. Nothing that the register does not keep is ever filled in. */
#ifndef TITLE_EXCHANGE_H
#define TITLE_EXCHANGE_H

#include "base/ask.h"
#include "base/bytes.h"
#include "base/form.h"

extern const struct choices exchange_kinds;      /* "congdanhoctap", "trung-uong" */

enum { EXCHANGE_COLUMNS = 24 };
struct exchange_columns { const char *title, *note; size_t n; struct { const char *head, *value; } at[EXCHANGE_COLUMNS]; };
/* FAILED: the shipped file is not what it should be. */
OUTCOME exchange_columns(struct ask *ask, int kind, struct exchange_columns *out);

struct exchange_row { const char *cells[EXCHANGE_COLUMNS]; };
struct exchange { struct exchange_columns columns; const char *unit_name; size_t n; const struct exchange_row *rows; };
/* Who registered in the round (0: the newest), of a leaf or a commune, by name. NOT_FOUND above a commune. */
OUTCOME exchange_read(struct ask *ask, int kind, int64_t unit_id, int64_t round_id, struct exchange *out);
/* That a file leaves: who, what, of where. */
OUTCOME exchange_note(struct ask *ask, int kind, int64_t unit_id);

/* The files of share/exchange (app/shipped.c). */
struct bytes shipped_exchange_congdanhoctap(void);
struct bytes shipped_exchange_trung_uong(void);

#endif
