/* document.h: a paper as one tree of blocks, and its files: PDF, DOCX, XLSX, CSV.
 *
 * A feature's X_paper.c builds what stands on the paper; where it stands (Nghị định 30/2020/NĐ-CP, phụ lục I) is decided here:
 *
 *	struct document *d = document_new(ask->arena, &(struct document_setup){ .title = "Tờ trình 05/TTr-HKH", .made =
 * ask->now });
 *
 *	document_header(d, &(struct letterhead){ .above = "HỘI KHUYẾN HỌC TỈNH TÂY NINH", .authority = "HỘI KHUYẾN HỌC XÃ BÌNH
 * HÒA",
 *		.number = "05/TTr-HKH", .place = "Bình Hòa", .date = "2026-12-05" });
 *	document_title(d, "TỜ TRÌNH", "Về việc đề nghị công nhận …", "");
 *	document_centered(d, RUNS(PLAIN("Kính gửi: "), GIVEN(authority), PLAIN(".")));
 *	document_text(d, RUNS(BOLD("Điều 1. "), PLAIN(article)));
 *	document_table(d, &(struct table){ .columns = columns, .n_columns = COUNT(columns), .rows = rows, .n_rows = n });
 *	document_ending(d, &(struct ending){ .recipients = to, .n_recipients = COUNT(to), .signatures = &chairman,
 * .n_signatures = 1 });
 *	TRY(document_render(d, DOCUMENT_PDF, sink));
 *
 * Memory: structs and arrays given to a builder are copied; texts are kept by pointer and live as long as the document
 * (constants, or texts of its arena). What grows with rows streams: a table's rows may come from a callback, and so may whole
 * papers (document_stream), so a list of 12,000 people or a file of 12,000 certificates needs the memory of one row.
 *
 * Texts: valid UTF-8. A newline is a forced line. Capitals are the caller's: {TEN} of a form is given in capitals.
 * The box "☐" in any text is drawn, always empty. Letters that Liberation Serif does not have (emoji) print as "□" in PDF:
 * no other font is ever embedded.
 * A value that is not known prints as "……" to be filled in by hand (GIVEN, document_given); in a table it is "chưa có" for a
 * figure (cell_maybe), and nothing for a text. */
#ifndef DOCUMENT_DOCUMENT_H
#define DOCUMENT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/outcome.h"
#include "document/sink.h"

struct document;

enum document_format { DOCUMENT_PDF, DOCUMENT_DOCX, DOCUMENT_XLSX, DOCUMENT_CSV };

struct document_setup {
	const char *title;           /* of the file, for readers and screen readers; NULL is "" */
	const char *keywords;        /* of the file, ASCII, for programs that read it; NULL or "": none */
	int64_t made;                /* UTC seconds, stamped into the file: the same document and time give the same bytes */
	bool landscape;              /* A4 lying */
	bool draft;                  /* "DỰ THẢO" on every page: a paper without number, date and signature is not issued */
	bool corner_marks;           /* four black squares for reading scans: MARK_* below */
	bool no_numbers;             /* no page numbers: a file of many people's sheets */
	double size;                 /* of the text in pt, 10 to 14; 0 is 14 (NĐ 30: 13 or 14) */
	/* Called by the PDF for every row of bubbles: centres of 0 and 10 and their height, in mm from the page's left and top
	 * edges; `key` is the cell's or block's value. Tells the reader of scans where to look. NULL: nobody asks. */
	void (*on_bubbles)(void *state, int64_t key, int page, double x0_mm, double x10_mm, double y_mm);
	void *on_bubbles_state;
};

/* Corner marks: squares of MARK_SIDE_MM, their outer edges MARK_EDGE_MM from the edges of the sheet, on every page. */
#define MARK_SIDE_MM 6.0
#define MARK_EDGE_MM 7.0

struct document *document_new(struct arena *, const struct document_setup *);
struct arena *document_arena(struct document *);         /* for the texts put into it */

/* FAILED when the sink or a row source failed (already logged there) or the disk did. Streams: a document whose rows or parts
 * come from callbacks can be rendered once. Any thread; each keeps fonts and shaped words warm between calls, bounded. */
OUTCOME document_render(const struct document *, enum document_format, struct sink);

const char *document_format_ending(enum document_format);        /* "pdf" */
const char *document_format_type(enum document_format);          /* "application/pdf": Content-Type */
bool document_format_of(const char *ending, enum document_format *out);

/* ---- words ---- */

struct run { const char *text; bool bold, italic; };
#define PLAIN(t) { .text = (t) }
#define BOLD(t) { .text = (t), .bold = true }
#define ITALIC(t) { .text = (t), .italic = true }
#define GIVEN(t) { .text = document_given(t) }
/* The runs of one paragraph, as two arguments. */
#define RUNS(...) (const struct run[]){ __VA_ARGS__ }, sizeof((const struct run[]){ __VA_ARGS__ }) / sizeof(struct run)

#define DOCUMENT_BLANK "……"
const char *document_given(const char *text);                    /* the text, or "……" when it is empty or NULL */
/* "ngày 05 tháng 02 năm 2027" as NĐ 30 wants it: a 0 before days below 10 and before months 1 and 2. What the date does not
 * know ("", "2027") is "……". */
const char *document_date_words(struct arena *, const char *date);

/* ---- the head ---- */

/* [CQ] [SO] left, [QH] [DD] right. Without an authority the national lines stand in the middle (forms of a person). */
struct letterhead {
	const char *above;           /* the higher authority, in capitals; "" or NULL: none */
	const char *authority;       /* who issues, in capitals, bold; may have two lines; "" or NULL: none */
	const char *number;          /* "05/TTr-HKH"; "" prints "Số: ……"; NULL: no such line */
	const char *place;           /* "Bình Hòa"; NULL: no place-date line */
	const char *date;            /* ISO; "" or of year precision leaves dots */
};
void document_header(struct document *, const struct letterhead *);

/* [TL]: kind in capitals, what it is about (may be ""), a line in italics under it (may be ""). */
void document_title(struct document *, const char *kind, const char *about, const char *note);

/* ---- paragraphs ---- */

void document_text(struct document *, const struct run *, size_t n);         /* justified, first line 1 cm in */
void document_textf(struct document *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void document_line(struct document *, const struct run *, size_t n);         /* to the left, no indent: the fields of a form */
void document_centered(struct document *, const struct run *, size_t n);
void document_heading(struct document *, const char *text);                  /* bold; stays with what follows */
void document_note(struct document *, const char *text);                     /* italic, two sizes smaller */
/* An item: the mark ("1.", "-", "☐") hangs left of the text; level 0 to 3, 1 cm each: 0 in forms, 1 in papers. */
void document_item(struct document *, int level, const char *mark, const struct run *, size_t n);

/* ---- tables ---- */

enum { TABLE_COLUMNS_MAX = 24 };
enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

enum cell_kind {
	CELL_BLANK,          /* nothing: room to write */
	CELL_TEXT,           /* as it is: leading zeros stay, also in XLSX */
	CELL_WHOLE,          /* 12345 → 12.345 on paper; a number in XLSX */
	CELL_DECIMAL,        /* value / 10^scale: 785, 1 → 78,5 */
	CELL_PERCENT,        /* the same, with its sign: 523, 1 → 52,3%; 0.523 as per cent in XLSX */
	CELL_DATE,           /* ISO of any precision → 05/12/2026, 12/2026, 2026; a real date in XLSX when it knows the day */
	CELL_BUBBLES,        /* 0 to 10 to be filled in; value is the key given to on_bubbles */
};

struct cell {
	enum cell_kind kind;
	const char *text;            /* CELL_TEXT, CELL_DATE; NULL is "" */
	int64_t value;
	int scale;                   /* 0 to 6 */
	bool bold, italic;
};

static inline struct cell cell_blank(void) { return (struct cell){ .kind = CELL_BLANK }; }
static inline struct cell cell_text(const char *t) { return (struct cell){ .kind = CELL_TEXT, .text = t }; }
static inline struct cell cell_whole(int64_t v) { return (struct cell){ .kind = CELL_WHOLE, .value = v }; }
static inline struct cell cell_date(const char *iso) { return (struct cell){ .kind = CELL_DATE, .text = iso }; }
static inline struct cell cell_bubbles(int64_t key) { return (struct cell){ .kind = CELL_BUBBLES, .value = key }; }
static inline struct cell cell_decimal(int64_t v, int scale)
{
	return (struct cell){ .kind = CELL_DECIMAL, .value = v, .scale = scale };
}
static inline struct cell cell_percent(int64_t v, int scale)
{
	return (struct cell){ .kind = CELL_PERCENT, .value = v, .scale = scale };
}
/* A figure that may be missing: never shown as 0 (form CDHT-10). */
static inline struct cell cell_maybe(struct maybe m) { return m.is ? cell_whole(m.value) : cell_text("chưa có"); }

/* As it is printed: "12.345", "05/12/2026", a text as it is. */
const char *document_cell_text(struct arena *, const struct cell *);

struct column {
	const char *head;
	double width;                /* a share of the width between the margins; millimetres of a page read well */
	enum align align;
};

/* Fills the n_columns cells of the next row (they come blank); *done when there was none. Texts live in `row`, which is emptied
 * before the next call. */
typedef OUTCOME (*row_source)(void *state, struct arena *row, struct cell *cells, bool *done);

/* A row is never cut by a page's end (but one higher than a page is continued), the head stands on every page. */
struct table {
	const char *name;            /* of the sheet in XLSX, to 31 letters; NULL: "Bảng 1", … */
	const char *caption, *note;  /* bold above, italic below; NULL: none */
	const struct column *columns;
	size_t n_columns;            /* 1 to TABLE_COLUMNS_MAX */
	const struct cell *rows;     /* n_rows × n_columns; or: */
	size_t n_rows;
	row_source next;
	void *state;
	const struct cell *total;    /* n_columns cells in bold, or NULL; NOT copied, read after the last row: `next` may sum
		into it */
	double size;                 /* pt; 0 is 12 */
	/* most rows of a sheet in XLSX; 0: a million (Excel takes 1,048,576), the rest in further sheets */
	size_t sheet_rows;
	double row_mm;               /* least height of a row: room to write by hand; 0: as the words need */
};
void document_table(struct document *, const struct table *);

/* ---- the foot ---- */

/* A place to sign, lines centred over each other; any may be "" or NULL, newlines allowed. */
struct signature {
	const char *before;          /* italic, above all: the place-date line of a form, or none */
	const char *authority;       /* "TM. BAN CHẤP HÀNH\nCHỦ TỊCH" in bold, or words of a person's role */
	const char *words;           /* plain, what is being signed: "Tôi cam đoan …" */
	const char *hint;            /* "(Ký, ghi rõ họ tên)" in italics; after it the room for the hand */
	const char *name;            /* bold; "" leaves room */
};
enum { SIGNATURES_MAX = 3 };

/* [NN] and [KY]. One signature stands right with the recipients on its left; two or three share the width, with the recipients
 * below. Never cut, and never alone on a page: the last lines of the text before it go with it (NĐ 30). */
struct ending {
	const char *const *recipients;       /* "Như trên;" without the dash */
	size_t n_recipients;
	const struct signature *signatures;
	size_t n_signatures;                 /* 0 to SIGNATURES_MAX */
};
void document_ending(struct document *, const struct ending *);

/* ---- things ---- */

void document_picture(struct document *, struct bytes png, double width_mm, enum align);   /* a broken picture prints as
	nothing */
void document_qr(struct document *, const char *text, double side_mm, enum align);         /* level M or better, to 300 bytes */
void document_qr_corner(struct document *, const char *text, double side_mm);              /* top right, beside the head; takes
	no room */
void document_bubbles(struct document *, int64_t key);
void document_space(struct document *, double mm);
void document_need(struct document *, double mm);        /* a new page unless that much is left on this one */
void document_page(struct document *, bool landscape);                                     /* a new page of that direction */
/* A new sheet of paper: goes on with an odd page, so that both sides are one person's. */
void document_leaf(struct document *);

/* From here to the next leaf every new side of this paper begins so, whether words ran over or document_page asked for it: the
 * code's square "CODE/2" in the corner (2: the how-manieth side), and lines beside it, the first ending in "Mặt 2". A paper of
 * one person that takes more sides than it was drawn for then still says on each of them whose it is. PDF only. */
enum { SIDE_LINES = 3 };
struct side_line { const struct run *runs; size_t n; };
struct side_head {
	const char *code, *side;             /* side: what stands before the number, "    Mặt " */
	double qr_mm, below_mm;              /* below: room under the lines */
	struct side_line lines[SIDE_LINES];  /* n 0: none */
};
void document_sides(struct document *, const struct side_head *);

/* A question of form CDHT-02: number and words across the page, below them the bubbles 0 to 10 (drawn), room to write what was
 * done, and the reviewer's box. Never cut. Its bubbles stand QUESTION_FIRST_MM from the left margin, QUESTION_STEP_MM apart,
 * whatever the words are: only the height differs, and on_bubbles tells it. */
#define QUESTION_FIRST_MM 11.6
#define QUESTION_STEP_MM 7.2
struct question {
	int64_t key;                 /* given to on_bubbles; printed as the number */
	const char *words;
	const char *done, *reviewer; /* labels: "Việc đã làm, minh chứng", "Chi hội" */
};
void document_question(struct document *, const struct question *);

/* Form CDHT-07, one page of its own; the document is lying (landscape). */
struct certificate {
	const char *authority;       /* "CHỦ TỊCH\nỦY BAN NHÂN DÂN XÃ BÌNH HÒA" */
	const char *name, *birth;    /* birth as printed: the year */
	const char *home;            /* hamlet and commune, or the unit */
	int year;                    /* of the title */
	const char *decision;        /* "Theo Quyết định số … ngày … của …" */
	const char *place, *date;
	struct signature signature;
	const char *book_number;     /* number in the book */
	const char *code;            /* for people, grouped: "7K2M-…" */
	const char *check_url;       /* in the QR */
	const char *check_address;   /* "hoctap.tayninh.gov.vn/xac-minh", as people type it */
};
void document_certificate(struct document *, const struct certificate *);

/* A slip to cut out: eight on a page, two beside each other, dashed lines between. */
struct cut_slip {
	const char *name, *about;    /* bold; plain under it */
	const char *code;            /* large */
	const char *words;           /* small: what to do */
	const char *link;            /* in a QR code at the right, "" for none */
};
void document_slip(struct document *, const struct cut_slip *);

/* Parts one after the other: `next` adds blocks to `part`, whose arena is emptied before the next call; *done when there are no
 * more (what it added then is still printed). For a file of many certificates or sheets. */
typedef OUTCOME (*part_source)(void *state, struct document *part, bool *done);
void document_stream(struct document *, part_source next, void *state);

/* How many pages it makes as a PDF; and one of them as a file of its own (untagged), NOT_FOUND when it has fewer. Not of
 * documents that stream. */
OUTCOME document_pages(const struct document *, int *out);
OUTCOME document_render_page(const struct document *, int page, struct arena *, struct buf *out);

/* The title of the file that this part becomes when each is a file of its own. */
void document_part_title(struct document *part, const char *title);
/* Every part of the document's streams as a PDF of its own, in order; what stands around the streams is left out. Much faster
 * than
 * a document each: fonts are cut out once for many parts. These files are not tagged. `pdf` lives until the next call. */
OUTCOME document_render_each(const struct document *, OUTCOME (*take)(void *state, const char *title, struct bytes pdf),
	void *state);
/* One page (1 is the first) of a PDF that document_render wrote, as a file of its own: printed again where one came out badly.
 * Not tagged. NOT_FOUND: it has no such page. `pdf` is read in place. */
OUTCOME document_page_of(struct bytes pdf, int page, const char *title, struct buf *out);

#endif
