/* roster_read.h: officers' lists as they really come: rows of cells (base/sheet.h) → people, by the rules of import.
 *
 * Principle: only a row without a name is rejected. All else is imported; what is doubtful carries a warning and waits for the
 * officer. Nothing is silently corrected but spacing, Unicode form and separators; a value that is offered (a lost zero, what the
 * identity number says) is filled in and marked.
 *
 * These rules know nothing of the register: a person's `warnings` speak of the file alone. They are pure; memory does not
 * grow with
 * the rows: people go to a store (roster_rows.h) that spills to a file without a name, and come back in the order of the file.
 *
 *	struct roster_reader *r = roster_reader_new(ask->arena, &(struct roster_options){ .year = 2026 });
 *	TRY(sandbox_sheet(ask->sandbox, ask->arena, &source, roster_reader_taker(r), &kind));
 *	TRY(roster_reader_done(r, &reading));
 *	for (struct roster_cursor c = { 0 }; roster_next(&reading, &c, row_arena, &person);)
 *		… */
#ifndef TITLE_ROSTER_READ_H
#define TITLE_ROSTER_READ_H

#include "base/arena.h"
#include "base/outcome.h"
#include "base/sheet.h"
#include "text/sex.h"

/* ---- columns ---- */

enum { ROSTER_SCORES = 10 };

enum roster_field {
	ROSTER_IGNORED, ROSTER_STT, ROSTER_FULL_NAME, ROSTER_NAME_FAMILY, ROSTER_NAME_GIVEN, ROSTER_BIRTH, ROSTER_BIRTH_MALE,
	ROSTER_BIRTH_FEMALE, ROSTER_SEX, ROSTER_SEX_FEMALE_MARK, ROSTER_SEX_MALE_MARK, ROSTER_NATIONAL_ID, ROSTER_PHONE,
	ROSTER_HAMLET,
	ROSTER_OCCUPATION, ROSTER_TARGET_GROUP, ROSTER_SCORE, ROSTER_SCORE_LAST = ROSTER_SCORE + ROSTER_SCORES - 1, ROSTER_TOTAL,
	ROSTER_MEMBER, ROSTER_GDHT, ROSTER_NOTE, ROSTER_FIELDS
};
const char *roster_field_name(enum roster_field);        /* "full_name", "score3" … "ignored" */
bool roster_field_of(const char *name, enum roster_field *out);

/* What a heading says: `parent` is the cell above it that spans several columns, or "". `*word` gets the folded words that told
 * it, "" when nothing did (ROSTER_IGNORED, and false). */
bool roster_heading(struct arena *, const char *parent, const char *heading, enum roster_field *field, const char **word);

enum { ROSTER_SAMPLES = 3, ROSTER_COLUMNS = 200, ROSTER_HEAD_ROWS = 200 };

/* The proposal for one column, to be shown and overridden. */
struct roster_column {
	uint32_t column;                 /* 0 is A */
	enum roster_field field, proposed;       /* proposed: what the heading says; field: that, or the officer's choice */
	const char *heading;             /* as typed, a parent before it */
	const char *word;                /* the words in it that told the field, folded; "" */
	const char *samples[ROSTER_SAMPLES];     /* the first values below; "" when fewer */
	bool hidden;
};

struct roster_choice { size_t sheet; uint32_t column; enum roster_field field; };        /* sheet: of the book, from 0 */

/* ---- warnings ---- */

#define ROSTER_WARNINGS_OF_ROWS(W) \
	W(cccd_missing) W(cccd_leading_zero) W(cccd_precision_lost) W(cmnd_old) W(cccd_bad_length) W(cccd_bad_chars) \
	W(cccd_unknown_province) W(birth_missing) W(birth_invalid) W(birth_two_digit_year) W(birth_month_day_swapped) \
	W(birth_month_dropped) W(birth_serial_number) W(birth_out_of_range) W(birth_from_cccd) W(birth_conflicts_cccd) \
	W(sex_missing) W(sex_unclear) W(sex_from_cccd) W(sex_conflicts_cccd) W(phone_leading_zero) W(phone_extra) W(phone_bad) \
	W(group_unknown) W(group_ambiguous) W(score_half) W(score_from_text) W(score_out_of_range) W(score_unreadable) \
	W(score_missing) W(total_mismatch) W(name_single_word) W(name_unusual) W(note_left) W(hidden_row) W(cell_error) \
	W(dup_cccd) W(dup_name)
#define ROSTER_WARNING_ENUM(name) ROSTER_##name,
enum roster_warning { ROSTER_WARNINGS_OF_ROWS(ROSTER_WARNING_ENUM) ROSTER_WARNINGS };
#define ROSTER_BIT(name) (UINT64_C(1) << ROSTER_##name)
const char *roster_warning_code(enum roster_warning);    /* "cccd_missing" … */

#define ROSTER_WARNINGS_OF_SHEETS(W) \
	W(encoding_cp1258) W(encoding_tcvn3) W(encoding_vni) W(hidden_columns) W(no_column_birth) W(no_column_cccd) \
	W(no_column_sex)
#define ROSTER_SHEET_ENUM(name) ROSTER_SHEET_##name,
enum roster_sheet_warning { ROSTER_WARNINGS_OF_SHEETS(ROSTER_SHEET_ENUM) ROSTER_SHEET_WARNINGS };
const char *roster_sheet_code(enum roster_sheet_warning);

/* ---- people and sheets ---- */

enum roster_kind {
	ROSTER_PERSON, ROSTER_REJECTED,  /* rejected: no_name */
	/* Not people. */
	ROSTER_SECTION, ROSTER_SUBTOTAL, ROSTER_SIGNATURE, ROSTER_REMARK, ROSTER_HEADER_AGAIN, ROSTER_COLUMN_NUMBERS, ROSTER_KINDS
};
const char *roster_kind_name(enum roster_kind);          /* "section" …; "" for the first two */

/* One row of the file. Texts are never NULL, "" when there is none; they live in the arena given to roster_next. */
struct roster_person {
	enum roster_kind kind;
	size_t sheet;                    /* of the book, from 0 */
	uint32_t row;                    /* as a spreadsheet shows it */
	const char *full_name;
	const char *birth;               /* YYYY-MM-DD, or YYYY */
	const char *national_id;         /* twelve digits */
	const char *old_id;              /* nine digits of a CMND */
	const char *phone, *hamlet, *group;
	const char *occupation, *note;   /* as typed */
	enum sex sex;
	bool has_scores, is_member, is_family;   /* hội viên HKH, gia đình học tập: a mark in the column */
	bool score_given[ROSTER_SCORES]; /* a whole or half value was read */
	uint8_t halves[ROSTER_SCORES];   /* the score twice: 15 is 7.5 */
	uint64_t warnings;               /* ROSTER_BIT(…) */
	uint32_t number;                 /* of the list's people and rejected rows, from 0 */
};

enum roster_skipped { ROSTER_USED, ROSTER_SHEET_HIDDEN, ROSTER_NO_TABLE };

struct roster_sheet {
	const char *name;
	enum roster_skipped skipped;     /* of a sheet not used the rest is empty */
	uint32_t header_rows[2];
	size_t n_header_rows, n_columns, rows;   /* rows: accepted and rejected */
	const struct roster_column *columns;
	uint64_t warnings;               /* 1 << enum roster_sheet_warning */
};

struct roster_place { size_t sheet; uint32_t row; };
struct roster_twins { bool by_number; size_t n; const struct roster_place *at; };        /* in the order of the file */

struct roster_reading {
	size_t n_sheets, n_twins;
	const struct roster_sheet *sheets;
	const struct roster_twins *twins;        /* dup_cccd first, then dup_name */
	size_t rows, accepted, rejected, skipped;
	struct roster_rows *store;
};

struct roster_options {
	int year;                        /* the reference year of two-digit and impossible years: 2026 */
	const struct roster_choice *choices;     /* the officer's columns */
	size_t n_choices;
	size_t rows_max;                 /* people and rejected rows; 0: no bound but the reader's. Past it: INVALID */
};

struct roster_reader;
struct roster_reader *roster_reader_new(struct arena *, const struct roster_options *);
const struct sheet_taker *roster_reader_taker(struct roster_reader *);
/* After the last row: duplicates are found and marked. FAILED: no room on disk, logged. */
OUTCOME roster_reader_done(struct roster_reader *, struct roster_reading *out);

struct roster_cursor { uint64_t at; size_t twin[2]; uint32_t number; };
/* The next row of the file, people and others; false at the end. The arena is that of one row. */
bool roster_next(const struct roster_reading *, struct roster_cursor *, struct arena *, struct roster_person *out);

/* ---- single rules, for tests and other entrances ---- */

/* One cell, its text clean and decoded. */
struct roster_value { enum cell_kind kind; bool present; double number; const char *text; };

void roster_read_number(const struct roster_value *, struct arena *, struct roster_person *);
void roster_read_birth(const struct roster_value *, int year, struct arena *, struct roster_person *);
void roster_read_phone(const struct roster_value *, struct arena *, struct roster_person *);
void roster_read_scores(const struct roster_value cells[ROSTER_SCORES], const bool has_column[ROSTER_SCORES],
	const struct roster_value *total, struct arena *, struct roster_person *);
enum sex roster_sex_of(struct arena *, const char *text);
void roster_read_group(struct arena *, const char *target, const char *occupation, struct roster_person *);
/* The hamlet as dup_name compares it: folded, without “ấp”, “khu phố” … and zeros before a number. */
const char *roster_hamlet_key(struct arena *, const char *hamlet);
bool roster_is_hamlet_title(struct arena *, const char *text);   /* begins with Ấp, Khu phố, KP, Khu vực, Thôn */
bool roster_is_signature(struct arena *, const char *text);
bool roster_is_dated(struct arena *, const char *text);          /* holds “ngày … tháng … năm …” */
bool roster_is_subtotal(struct arena *, const char *text);

#endif
