/* form.h: a form of one's own: a DOCX with {fields}, taken apart once, filled many times.
 *
 *	{ho_ten}                         a value; {HO_TEN} the same in capitals
 *	{#nguoi} … {/nguoi}              repeated for each row of a list: in a table, from the first to the last cell of one
 * row (the row
 *	                                 is repeated); in one paragraph, what stands between; else the paragraphs from one to
 * the other
 *	{?co_so} … {/?co_so}             only when the value is there
 *
 * Word splits what was typed into runs as it likes ("{ho", "_ten}"): the texts of a paragraph are joined before they are read, a
 * value takes the look of the run in which its field begins. Body, headers and footers are read; all else goes over as it is.
 *
 * form_read parses a stranger's file: it runs in the locked-down worker only (app/form_worker.c). What it leaves is a list of
 * plain pieces, so that filling parses nothing. form_open believes nothing of that list either. */
#ifndef DOCUMENT_FORM_H
#define DOCUMENT_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/outcome.h"
#include "document/sink.h"

#define FORM_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#define FORM_INPUT_MAX (4 * MiB)
#define FORM_UNPACKED_MAX (12 * MiB)     /* all its parts together, as really unpacked */
#define FORM_TAKEN_MAX (16 * MiB)        /* of the list of pieces */
enum { FORM_PARTS_MAX = 200, FORM_NAME_MAX = 60 };

/* Why a file is no form; `what` says where (a field's name, a part's). */
enum form_fault {
	FORM_GOOD, FORM_NOT_DOCX, FORM_TOO_LARGE, FORM_DAMAGED, FORM_LOCKED, FORM_MACRO, FORM_OUTSIDE, FORM_OBJECT,
		FORM_UNCLOSED_BRACE,
	FORM_BAD_NAME, FORM_NOT_OPENED, FORM_NOT_CLOSED, FORM_CROSSED, FORM_NESTED, FORM_FAULTS
};

/* ---- in the worker ---- */

/* Appends the list of pieces, or a fault with its `what`, to `out` (FORM_TAKEN_MAX and a little). Takes memory of the arena. */
void form_read(struct arena *, struct bytes docx, struct buf *out);

/* ---- in the program ---- */

struct form;
enum form_use { HOLE_VALUE, HOLE_LIST, HOLE_CONDITION };
/* A field as it is used: in a list ("" outside) by its name in small letters. */
struct form_field { enum form_use use; const char *name, *list; };

/* The pieces stay where they are (`taken` must outlive the form). False: not what form_read writes. *fault FORM_GOOD gives
 * *out. */
bool form_open(struct arena *, struct bytes taken, enum form_fault *fault, const char **what, struct form **out);
const struct form_field *form_fields(const struct form *, size_t *n);     /* in order, also twice */

/* Where the values come from. Texts live until the next call of `next` (of a row) or as long as the filling. */
struct form_values {
	const char *(*value)(void *state, const char *name);     /* of the row in hand first; "" is printed as dots */
	OUTCOME (*begin)(void *state, const char *list);
	OUTCOME (*next)(void *state, struct arena *row, bool *done);
	void *state;
};
/* A DOCX. FAILED: a source, the disk or the sink failed. Parts that grow with rows lie on disk. */
OUTCOME form_fill(const struct form *, struct arena *, const struct form_values *, int64_t made, struct sink);

#endif
