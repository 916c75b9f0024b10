/* sheet_wire.h: what the sheet worker's pieces hold: records, each whole within its piece, one after the other. Structs go as
 * they are (wire.h), unaligned; the client believes nothing (sheet_client.c).
 *
 *	SHEET   n hidden ranges (wire_range), then the name with its NUL      flags: HIDDEN, CP1258
 *	MERGE   one wire_range
 *	ROW     n cells: wire_cell, then a double or a text with its NUL      flags: HIDDEN
 *	END     of the sheet */
#ifndef SANDBOX_SHEET_WIRE_H
#define SANDBOX_SHEET_WIRE_H

#include <stdint.h>

#include "sandbox/wire.h"

enum sheet_record_type { RECORD_SHEET = 1, RECORD_MERGE, RECORD_ROW, RECORD_END };
enum { RECORD_HIDDEN = 1, RECORD_CP1258 = 2 };

struct wire_record { uint8_t type, flags; uint16_t n; uint32_t len, row; };     /* len: of what follows */
struct wire_range { uint32_t row, column, last_row, last_column; };
struct wire_cell { uint16_t column; uint8_t kind, formula; uint32_t len; };      /* len: of what follows */

/* The answer: the verdict (enum sheet_kind). */
struct wire_sheet { uint32_t kind; };

#endif
