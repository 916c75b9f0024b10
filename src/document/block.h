/* block.h: what the builders leave and the renderers read. Private to document/. */
#ifndef DOCUMENT_BLOCK_H
#define DOCUMENT_BLOCK_H

#include "document/document.h"

enum block_kind {
	BLOCK_HEADER, BLOCK_TITLE, BLOCK_PARAGRAPH, BLOCK_TABLE, BLOCK_ENDING, BLOCK_PICTURE, BLOCK_QR, BLOCK_BUBBLES, BLOCK_SPACE,
	BLOCK_NEED, BLOCK_PAGE, BLOCK_LEAF, BLOCK_SIDES, BLOCK_QUESTION, BLOCK_SLIP, BLOCK_CERTIFICATE, BLOCK_STREAM,
};

enum paragraph_kind { PARAGRAPH_TEXT, PARAGRAPH_LINE, PARAGRAPH_CENTER, PARAGRAPH_HEADING, PARAGRAPH_NOTE, PARAGRAPH_ITEM };

struct paragraph {
	enum paragraph_kind kind;
	const struct run *runs;
	size_t n;
	int level;
	const char *mark;            /* of an item */
};

struct block {
	enum block_kind kind;
	struct block *next;
	union {
		struct letterhead header;
		struct { const char *kind, *about, *note; } title;
		struct paragraph paragraph;
		struct { struct table of; int number; } table;       /* number: the how-manieth, from 1 */
		struct ending ending;
		struct { struct bytes png; double width_mm; enum align align; } picture;
		struct { const char *text; double side_mm; enum align align; bool corner; } qr;
		struct { int64_t key; } bubbles;
		struct { double mm; } space;
		struct { bool landscape; } page;
		struct side_head sides;
		struct question question;
		struct cut_slip slip;
		struct certificate certificate;
		struct { part_source next; void *state; } stream;
	};
};

struct document {
	struct arena *arena;
	struct document_setup setup;
	struct block *first, *last;
	int n_tables;
	bool is_part;
};

/* Calls `visit` for every block in order, also for those that streams make while it walks. */
OUTCOME document_each(const struct document *, OUTCOME (*visit)(void *, const struct block *), void *state);

static inline const char *text_or_empty(const char *t) { return t ? t : ""; }

/* The rows of a table, then its total in bold, whatever they come from. */
struct rows {
	const struct table *table;
	struct arena *arena;         /* of one row */
	size_t i;
	bool is_total;               /* the row just given is the total */
	bool ended;
	struct cell cells[TABLE_COLUMNS_MAX];
};
void rows_open(struct rows *, const struct table *);
OUTCOME rows_next(struct rows *, const struct cell **cells);     /* *cells NULL after the last */
void rows_close(struct rows *);

/* As printed on paper, and as other programs read it (CSV): digits with a point, ISO dates. */
const char *cell_on_paper(const struct cell *, struct arena *);
const char *cell_plain(const struct cell *, struct arena *);

#define BUBBLES_TEXT "⓪ ① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨ ⑩"    /* where they are not drawn */
#define BOX "\xE2\x98\x90"       /* ☐ */

/* A QR code of at most QR_TEXT bytes; false when the text is longer. */
enum { QR_TEXT = 300, QR_ROOM = 600 };
struct qr { int side; unsigned char packed[QR_ROOM]; };
bool qr_make(struct qr *, const char *text);
bool qr_is_black(const struct qr *, int x, int y);

enum outcome pdf_render(const struct document *, struct sink);
enum outcome docx_render(const struct document *, struct sink);
enum outcome xlsx_render(const struct document *, struct sink);
enum outcome csv_render(const struct document *, struct sink);

#endif
