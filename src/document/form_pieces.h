/* form_pieces.h: how form_read writes a form down and form_open reads it back. Private to document/.
 *
 *	"HTF1" fault text | "HTF1" 0 n_parts (name n_pieces (kind text)*)*        numbers: 32 bits, least first; text: length,
 * bytes */
#ifndef DOCUMENT_FORM_PIECES_H
#define DOCUMENT_FORM_PIECES_H

#include <string.h>

#include "document/form.h"

#define FORM_MARK "HTF1"

/* EACH … END and WHEN … END nest; the text of VALUE, EACH and WHEN is the name as typed. */
enum piece_kind { PIECE_TEXT = 1, PIECE_VALUE, PIECE_EACH, PIECE_WHEN, PIECE_END, PIECE_KINDS };

static inline void put_number(struct buf *b, size_t v)
{
	const unsigned char bytes[4] = { (unsigned char)v, (unsigned char)(v >> 8), (unsigned char)(v >> 16), (unsigned char)(v
		>> 24) };

	buf_add(b, bytes, sizeof bytes);
}

static inline void put_text(struct buf *b, const char *text, size_t len)
{
	put_number(b, len);
	buf_add(b, text, len);
}

#endif
