#include "document/form.h"

#include <ctype.h>

#include "base/bug.h"
#include "document/archive.h"
#include "document/block.h"
#include "document/form_pieces.h"
#include "text/text.h"

struct piece { enum piece_kind kind; const char *text; size_t len, end; };       /* end: of EACH and WHEN, the place of their
	END */
struct part { const char *name; const struct piece *pieces; size_t n; };
struct form {
	struct part *parts;
	size_t n_parts;
	struct form_field *fields;
	size_t n_fields;
};

/* ---- reading what the worker left: every number is doubted ---- */

struct taken { const unsigned char *at; size_t left; bool bad; };

static size_t take_number(struct taken *t)
{
	size_t v;

	if (t->left < 4) {
		t->bad = true;
		return 0;
	}
	v = (size_t)t->at[0] | (size_t)t->at[1] << 8 | (size_t)t->at[2] << 16 | (size_t)t->at[3] << 24;
	t->at += 4;
	t->left -= 4;
	return v;
}

static struct bytes take_text(struct taken *t)
{
	size_t len = take_number(t);
	struct bytes out = { t->at, len };

	if (t->bad || len > t->left) {
		t->bad = true;
		return (struct bytes){ "", 0 };
	}
	t->at += len;
	t->left -= len;
	return out;
}

static bool is_field_name(struct bytes b)
{
	const char *s = b.ptr;

	if (!b.len || b.len > FORM_NAME_MAX || !isalpha((unsigned char)*s))
		return false;
	for (size_t i = 0; i < b.len; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '_')
			return false;
	return true;
}

/* Letters of a name are ASCII. */
static const char *small(struct arena *a, const char *name)
{
	char *out = (char *)(uintptr_t)arena_text(a, name);

	for (char *c = out; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return out;
}

static void add_field(struct form *f, struct arena *a, enum form_use use, const char *name, const char *list)
{
	struct form_field *wide;

	if (!f->n_fields || !(f->n_fields & (f->n_fields - 1))) {
		wide = ARENA_ARRAY(a, struct form_field, f->n_fields ? f->n_fields * 2 : 1);
		if (f->n_fields)
			memcpy(wide, f->fields, f->n_fields * sizeof *wide);
		f->fields = wide;
	}
	f->fields[f->n_fields++] = (struct form_field){ use, small(a, name), list };
}

static bool take_piece(struct taken *t, struct arena *a, struct piece *p)
{
	size_t kind = take_number(t);
	struct bytes text = take_text(t);

	if (t->bad || kind < PIECE_TEXT || kind >= PIECE_KINDS || (kind == PIECE_END && text.len) ||
	    (kind != PIECE_TEXT && kind != PIECE_END && !is_field_name(text)))
		return false;
	*p = (struct piece){ .kind = (enum piece_kind)kind, .text = text.ptr, .len = text.len };
	if (kind != PIECE_TEXT)
		p->text = arena_textn(a, text.ptr, text.len);
	return true;
}

enum { NEST_MAX = 3 };

/* Ends belong to what was opened last; a list does not stand in a list. */
static bool nest(struct form *f, struct arena *a, struct piece *pieces, size_t n)
{
	size_t open[NEST_MAX], n_open = 0;
	const char *list = "";

	for (size_t i = 0; i < n; i++) {
		struct piece *p = &pieces[i];

		if (p->kind == PIECE_VALUE)
			add_field(f, a, HOLE_VALUE, p->text, list);
		if (p->kind == PIECE_EACH || p->kind == PIECE_WHEN) {
			if (n_open == NEST_MAX || (p->kind == PIECE_EACH && *list))
				return false;
			add_field(f, a, p->kind == PIECE_EACH ? HOLE_LIST : HOLE_CONDITION, p->text, list);
			open[n_open++] = i;
			if (p->kind == PIECE_EACH)
				list = small(a, p->text);
		}
		if (p->kind == PIECE_END) {
			if (!n_open)
				return false;
			pieces[open[--n_open]].end = i;
			if (pieces[open[n_open]].kind == PIECE_EACH)
				list = "";
		}
	}
	return !n_open;
}

static bool take_part(struct taken *t, struct arena *a, struct form *f, struct part *out)
{
	struct bytes name = take_text(t);
	size_t n = take_number(t);
	struct piece *pieces;

	if (t->bad || !name.len || name.len > 200 || memchr(name.ptr, 0, name.len) || n > t->left / 8)
		return false;
	pieces = ARENA_ARRAY(a, struct piece, n);
	for (size_t i = 0; i < n; i++)
		if (!take_piece(t, a, &pieces[i]))
			return false;
	*out = (struct part){ arena_textn(a, name.ptr, name.len), pieces, n };
	return nest(f, a, pieces, n);
}

bool form_open(struct arena *a, struct bytes taken, enum form_fault *fault, const char **what, struct form **out)
{
	struct taken t = { taken.ptr, taken.len, false };
	struct form *f = ARENA_NEW(a, struct form);
	struct bytes text;
	size_t seen;

	*what = "";
	if (taken.len < 8 || memcmp(taken.ptr, FORM_MARK, 4))
		return false;
	t.at += 4;
	t.left -= 4;
	seen = take_number(&t);
	if (seen >= FORM_FAULTS)
		return false;
	*fault = (enum form_fault)seen;
	if (seen) {
		text = take_text(&t);
		*what = arena_textn(a, text.ptr, text.len);
		return !t.bad && !t.left && !memchr(text.ptr, 0, text.len);
	}
	f->n_parts = take_number(&t);
	if (t.bad || !f->n_parts || f->n_parts > FORM_PARTS_MAX)
		return false;
	f->parts = ARENA_ARRAY(a, struct part, f->n_parts);
	for (size_t i = 0; i < f->n_parts; i++)
		if (!take_part(&t, a, f, &f->parts[i]))
			return false;
	*out = f;
	return !t.left;
}

const struct form_field *form_fields(const struct form *f, size_t *n)
{
	*n = f->n_fields;
	return f->fields;
}

/* ---- filling ---- */

struct filling {
	const struct form_values *values;
	struct arena *scratch, *row;     /* of one text; of one row */
	struct sink sink;
};

static OUTCOME send(const struct filling *f, const char *text, size_t len)
{
	return len ? f->sink.write(f->sink.state, text, len) : OK;
}

static OUTCOME send_value(struct filling *f, const char *name)
{
	static const char line[] = "</w:t><w:br/><w:t xml:space=\"preserve\">";
	struct buf out = BUF(f->scratch, .max = MiB);
	const char *lower = small(f->scratch, name), *value = f->values->value(f->values->state, lower);
	bool capitals = true;

	for (const char *c = name; *c; c++)
		capitals = capitals && !islower((unsigned char)*c);
	if (!*value)
		value = DOCUMENT_BLANK;
	else if (capitals)
		value = text_upper(f->scratch, value);
	for (; *value; value++)
		switch (*value) {
		case '&': buf_text(&out, "&amp;"); break;
		case '<': buf_text(&out, "&lt;"); break;
		case '>': buf_text(&out, "&gt;"); break;
		case '\n': buf_text(&out, line); break;
		default: buf_char(&out, *value);
		}
	TRY(out.failed ? FAILED : send(f, buf_cstr(&out), out.len));
	arena_reset(f->scratch);
	return OK;
}

static OUTCOME fill_range(struct filling *f, const struct piece *pieces, size_t from, size_t to);

static OUTCOME fill_list(struct filling *f, const struct piece *pieces, size_t at)
{
	bool done = false;

	TRY(f->values->begin(f->values->state, small(f->scratch, pieces[at].text)));
	for (;;) {
		arena_reset(f->row);
		TRY(f->values->next(f->values->state, f->row, &done));
		if (done)
			return OK;
		TRY(fill_range(f, pieces, at + 1, pieces[at].end));
	}
}

static OUTCOME fill_range(struct filling *f, const struct piece *pieces, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct piece *p = &pieces[i];

		switch (p->kind) {
		case PIECE_TEXT: TRY(send(f, p->text, p->len)); break;
		case PIECE_VALUE: TRY(send_value(f, p->text)); break;
		case PIECE_EACH:
			TRY(fill_list(f, pieces, i));
			i = p->end;
			break;
		case PIECE_WHEN:
			if (!*f->values->value(f->values->state, small(f->scratch, p->text)))
				i = p->end;
			break;
		case PIECE_END: case PIECE_KINDS: break;
		}
	}
	return OK;
}

static OUTCOME fill_part(struct filling *f, struct arena *a, struct archive *zip, const struct part *part)
{
	struct scratch *spill = scratch_new(a);
	struct bytes content;

	f->sink = scratch_sink(spill);
	TRY(fill_range(f, part->pieces, 0, part->n));
	TRY(scratch_bytes(spill, &content));
	return archive_add(zip, part->name, content, true);
}

OUTCOME form_fill(const struct form *form, struct arena *a, const struct form_values *values, int64_t made, struct sink sink)
{
	struct filling f = { .values = values, .scratch = arena_new(4 * MiB), .row = arena_new(4 * MiB) };
	struct archive *zip = archive_new(a, made, sink);
	enum outcome result = OK;

	for (size_t i = 0; i < form->n_parts && result == OK; i++)
		result = fill_part(&f, a, zip, &form->parts[i]);
	arena_free(f.scratch);
	arena_free(f.row);
	TRY(result);
	return archive_end(zip);
}
