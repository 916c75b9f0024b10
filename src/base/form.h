/* form.h: what a form may hold is declared once; undeclared input does not exist.
 *
 *	#define UNIT_RENAME_FORM(FIELD)                                             \
 *		FIELD(id,   unit, .label = "Đơn vị")                                \
 *		FIELD(text, name, .label = "Tên mới", .max = 200)                   \
 *		FIELD(day,  from, .label = "Từ ngày", .optional = true)
 *	FORM(unit_rename_form, UNIT_RENAME_FORM)            in X_view.h: the two structs below
 *	FORM_DEFINE(unit_rename_form, UNIT_RENAME_FORM)     in X_http.c: the descriptor, unit_rename_form_def
 *
 * FORM makes `struct unit_rename_form { int64_t unit; const char *name; const char *from; }`, which the handler reads, and
 * `struct unit_rename_form_view { struct field unit, name, from; }`, which the template shows: a template that names a
 * field the form does not declare does not compile. A member of the same name as a {parameter} of the path is read from it.
 *
 * type      C type             accepts (bounds)
 * id        int64_t            1..2^53-1
 * version   int64_t            of the row that was read (model.md 1), 0 where optional and empty; one a form, see below
 * whole     int64_t            .min...max (both needed)
 * number    struct maybe       the same, may be left empty
 * text      const char *       one line, trimmed, NFC, no control characters; up to .max characters (needed)
 * lines     const char *       the same with line ends
 * secret    const char *       a passphrase: not trimmed, never shown again, never kept; .min...max characters
 * day       const char *       a whole day, typed 5/1/2026, 05-01-2026 or 2026-01-05; stored ISO; "" when optional and empty
 * date      const char *       of any precision: 1961, 5/1961, 20/5/1961
 * flag      bool               a tick: absent is false
 * choice    int                one of .choices, by its code; its index, -1 when optional and empty
 * code      const char *       a code of .len characters, as code_read (base/id.h) reads it
 * digits    const char *       digits only after dropping spaces, dots and dashes; .min...max digits
 * ids       struct id_list     the same name many times; up to .max of them
 * numbers   struct maybe_list  name_1 … name_20, each empty or .min...max
 * texts     struct text_list   name_1 … name_20, each "" or up to .max characters
 * files     struct upload_list multipart, up to 20 files; each file alone is checked by its feature
 *
 * Every field but flag and files is required unless .optional.
 *
 * A form with a version is compared with what is stored by now when it comes back late (request_form): each field that differs
 * says what is stored beside what was typed. A field of this sending alone, such as a reason, says .once: the store has no such
 * value. */
#ifndef BASE_FORM_H
#define BASE_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/url.h"

enum { FORM_LIST = 20, FORM_IDS = 2000, FORM_FIELDS = 64 };

struct choice { const char *code, *label; };
struct choices { size_t n; const struct choice *at; };
/* static const struct choices kinds = CHOICES({ "ap", "Ấp" }, { "truong", "Trường học" }); */
#define CHOICES(...) \
	{ sizeof((const struct choice[]){ __VA_ARGS__ }) / sizeof(struct choice), (const struct choice[]){ __VA_ARGS__ } }

struct id_list { size_t n; const int64_t *at; };
struct maybe_list { size_t n; struct maybe at[FORM_LIST]; };        /* n: the highest number present */
struct text_list { size_t n; const char *at[FORM_LIST]; };          /* "" where absent */
struct upload {
	const char *name;        /* as the browser sent it, cleaned, at most 200 characters */
	struct bytes content;    /* mapped from the unlinked spool; gone with the request */
	int64_t size;            /* bytes received; when larger than the field's .max_bytes, content is empty */
};
struct upload_list { size_t n; const struct upload *at; };

enum field_type {
	FIELD_id, FIELD_whole, FIELD_number, FIELD_text, FIELD_lines, FIELD_secret, FIELD_day, FIELD_date, FIELD_flag,
	FIELD_choice, FIELD_code, FIELD_digits, FIELD_ids, FIELD_numbers, FIELD_texts, FIELD_files, FIELD_version
};

struct field_def {
	enum field_type type;
	const char *name;
	const char *label, *hint;        /* Vietnamese; the label begins messages: "Tên mới: …" */
	int64_t min, max;
	size_t len;                      /* code */
	bool optional, once;
	const struct choices *choices;
	size_t max_bytes;                /* files: each; 0 = 10 MiB */
};

struct form_def {
	const char *name;
	size_t size, n;
	const struct field_def *fields;
};

/* A field as it stands on a page: what html/'s parts show. */
struct field_option {
	const char *value, *label, *hint;
	bool chosen;
};
struct field {
	const char *name, *label, *hint;
	const char *value;               /* as typed, or as stored; "" for secret */
	const char *error;               /* "" or the first problem of this field */
	const char *stored;              /* an id that was changed meanwhile: the value by now (field_offer tells); else "" */
	bool optional, ticked;
	int64_t max;
	const struct field_option *options;      /* of a choice; the page may set its own */
	size_t n_options;
	const char *values[FORM_LIST], *errors[FORM_LIST];   /* numbers, texts */
};

typedef int64_t form_id_t;
typedef int64_t form_whole_t;
typedef int64_t form_version_t;
typedef struct maybe form_number_t;
typedef const char *form_text_t, *form_lines_t, *form_secret_t, *form_day_t, *form_date_t, *form_code_t, *form_digits_t;
typedef bool form_flag_t;
typedef int form_choice_t;
typedef struct id_list form_ids_t;
typedef struct maybe_list form_numbers_t;
typedef struct text_list form_texts_t;
typedef struct upload_list form_files_t;

#define FORM_MEMBER_(kind, member, ...) form_##kind##_t member;
#define FORM_VIEW_(kind, member, ...) struct field member;
#define FORM(form, FIELDS) \
	struct form { FIELDS(FORM_MEMBER_) }; \
	struct form##_view { FIELDS(FORM_VIEW_) }; \
	extern const struct form_def form##_def;
#define FORM_DEFINE(form, FIELDS) \
	static const struct field_def form##_fields[] = { FIELDS(FORM_FIELD_) }; \
	const struct form_def form##_def = { #form, sizeof(struct form), COUNT(form##_fields), form##_fields };
#define FORM_FIELD_(kind, member, ...) { .type = FIELD_##kind, .name = #member, __VA_ARGS__ },
/* Members stand in the struct in the order declared, so a reader walks them by size and alignment of their types (http/form.c);
 * the view is an array of n struct field. Both are asserted when the server starts. */

/* A route without fields. */
struct no_form { char none; };
extern const struct form_def no_form_def;

#endif
