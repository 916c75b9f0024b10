/* The XML of a DOCX into pieces. Never builds a tree: expat says where in the source things stand, and what goes over is cut
 * from the source
 * between those places. Runs in the locked-down worker; every bound is here. */
#include <ctype.h>
#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "document/form_reading.h"

#define W1 "http://schemas.openxmlformats.org/wordprocessingml/2006/main|"
#define W2 "http://purl.oclc.org/ooxml/wordprocessingml/main|"
enum { DEPTH_MAX = 200, MARKS_MAX = 20000 };
#define NODES_MAX 200000u

/* One text of a run: where its content stands in the source, what it says, and of which paragraph. */
struct node { size_t from, to, paragraph; const char *text; size_t len; bool has_space; };
struct paragraph { size_t from, to, row, parent; };      /* row: index + 1, 0: none */
struct row { size_t from, to; };
/* A mark that repeats or asks, while its end is awaited. */
struct open_mark { enum piece_kind kind; const char *name; size_t paragraph, at; };

/* What is put into the source at a place, in place of `skip` bytes. */
struct splice { size_t at, skip, order; enum piece_kind kind; const char *text; size_t len; };

struct reading {
	struct arena *arena;
	struct form_refusal *refusal;
	XML_Parser parser;
	struct bytes source;
	struct node *nodes;
	struct paragraph *paragraphs;
	struct row *rows;
	struct splice *splices;
	size_t n_nodes, n_paragraphs, n_rows, n_splices;
	size_t element[DEPTH_MAX];               /* where each open element began */
	size_t in_paragraph[DEPTH_MAX], in_row[DEPTH_MAX];       /* index + 1 of the innermost at each depth */
	size_t depth;
	bool in_text;
	struct buf text;
	struct open_mark open[2];                /* lists and conditions do not nest deeper */
	size_t n_open;
};

static void refuse(struct reading *r, enum form_fault fault, const char *what, size_t len)
{
	form_refuse(r->refusal, fault, what, len);
	if (r->parser)
		XML_StopParser(r->parser, XML_FALSE);
}

static void refuse_text(struct reading *r, enum form_fault fault, const char *what)
{
	refuse(r, fault, what, strlen(what));
}

/* Grows an array of the arena by doubling: old ones are left to it. */
static void *grown(struct reading *r, void *old, size_t n, size_t size)
{
	void *wide;

	if (n && (n & (n - 1)))
		return old;
	if (n >= NODES_MAX) {
		refuse_text(r, FORM_TOO_LARGE, "");
		return NULL;
	}
	wide = arena_array(r->arena, size, n ? n * 2 : 1);
	if (n)
		memcpy(wide, old, n * size);
	return wide;
}

#define ADD(r, list, count, ...) do { \
	void *grown_ = grown(r, (r)->list, (r)->count, sizeof *(r)->list); \
	if (grown_) { \
		(r)->list = grown_; \
		(r)->list[(r)->count++] = __VA_ARGS__; \
	} } while (0)

static void splice(struct reading *r, size_t at, size_t skip, enum piece_kind kind, const char *text, size_t len)
{
	ADD(r, splices, n_splices, (struct splice){ at, skip, r->n_splices, kind, text, len });
}

/* ---- the fields of a paragraph ---- */

static bool is_name(const char *s, size_t len)
{
	if (!len || len > FORM_NAME_MAX || !isalpha((unsigned char)*s))
		return false;
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '_')
			return false;
	return true;
}

/* Where a mark is put when it and its end stand in different paragraphs: around the row, or around the paragraphs. */
static bool wrap(struct reading *r, const struct open_mark *open, size_t end)
{
	const struct paragraph *a = &r->paragraphs[open->paragraph], *b = &r->paragraphs[end];
	size_t from = a->from, to = b->to;

	if (a->row && a->row == b->row) {
		from = r->rows[a->row - 1].from;
		to = r->rows[a->row - 1].to;
	} else if (a->row != b->row || a->parent != b->parent) {
		return false;
	}
	/* Where several meet: what ends comes before what begins, the outer (settled later) begins first. */
	ADD(r, splices, n_splices, (struct splice){ from, 0, SIZE_MAX - r->n_splices, open->kind, open->name,
		strlen(open->name) });
	ADD(r, splices, n_splices, (struct splice){ to, 0, 0, PIECE_END, "", 0 });
	return true;
}

struct token { size_t from, to; char sign; const char *name; };          /* sign: 0, '#', '/', '?', '!': the end of a condition */

/* A node's content anew: escaped texts between marks. */
static void put_words(struct reading *r, size_t at, const char *text, size_t len)
{
	struct buf out = BUF(r->arena, .max = FORM_UNPACKED_MAX);

	for (size_t i = 0; i < len; i++)
		switch (text[i]) {
		case '&': buf_text(&out, "&amp;"); break;
		case '<': buf_text(&out, "&lt;"); break;
		case '>': buf_text(&out, "&gt;"); break;
		default: buf_char(&out, text[i]);
		}
	if (out.len)
		splice(r, at, 0, PIECE_TEXT, out.ptr, out.len);
}

static void open_mark(struct reading *r, const struct token *t, size_t paragraph, size_t at)
{
	if (r->n_open == COUNT(r->open) || (r->n_open && r->open[0].kind == PIECE_EACH && t->sign == '#')) {
		refuse_text(r, FORM_NESTED, t->name);
		return;
	}
	r->open[r->n_open++] = (struct open_mark){ t->sign == '#' ? PIECE_EACH : PIECE_WHEN, t->name, paragraph, at };
	splice(r, at, 0, PIECE_TEXT, "", 0);     /* made the mark itself when its end is in this paragraph */
	r->open[r->n_open - 1].at = r->n_splices - 1;
}

static void close_mark(struct reading *r, const struct token *t, size_t paragraph, size_t at)
{
	enum piece_kind kind = t->sign == '/' ? PIECE_EACH : PIECE_WHEN;
	struct open_mark *o = r->n_open ? &r->open[r->n_open - 1] : NULL;

	if (!o || o->kind != kind || strcmp(o->name, t->name) != 0) {
		refuse_text(r, o ? FORM_CROSSED : FORM_NOT_OPENED, t->name);
		return;
	}
	r->n_open--;
	if (o->paragraph == paragraph) {
		r->splices[o->at].kind = kind;
		r->splices[o->at].text = o->name;
		r->splices[o->at].len = strlen(o->name);
		splice(r, at, 0, PIECE_END, "", 0);
		return;
	}
	/* The row's end is not known yet: remembered as a splice of its own, put right by settle(). */
	if (o->kind == kind)
		ADD(r, splices, n_splices, (struct splice){ paragraph, o->paragraph, r->n_splices, PIECE_KINDS + kind, o->name,
			strlen(o->name) });
}

static void put_token(struct reading *r, const struct token *t, size_t paragraph, size_t at)
{
	switch (t->sign) {
	case '#': case '?': open_mark(r, t, paragraph, at); break;
	case '/': case '!': close_mark(r, t, paragraph, at); break;
	default: splice(r, at, 0, PIECE_VALUE, t->name, strlen(t->name));
	}
}

/* The next "{…}" of the joined text from `from`; false: none. A "{" that begins no field and is closed is a fault, so that a
 * misspelt one is never printed. */
static bool next_token(struct reading *r, const char *text, size_t len, size_t from, struct token *out)
{
	const char *open = memchr(text + from, '{', len - from), *close, *name;
	size_t n;

	if (!open)
		return false;
	close = memchr(open, '}', len - (size_t)(open - text));
	if (!close || (size_t)(close - open) > FORM_NAME_MAX + 4) {
		refuse(r, FORM_UNCLOSED_BRACE, open, len - (size_t)(open - text));
		return false;
	}
	name = open + 1;
	out->sign = *name == '#' || *name == '?' ? *name : *name == '/' ? name[1] == '?' ? '!' : '/' : '\0';
	name += out->sign == '!' ? 2 : out->sign != '\0';
	n = (size_t)(close - name);
	if (!is_name(name, n)) {
		refuse(r, FORM_BAD_NAME, open, (size_t)(close + 1 - open));
		return false;
	}
	out->name = arena_textn(r->arena, name, n);
	out->from = (size_t)(open - text);
	out->to = (size_t)(close + 1 - text);
	return true;
}

/* Gives each node of the paragraph its content anew; `tokens` lie over their joined texts. */
static void rewrite(struct reading *r, size_t first, size_t paragraph, const struct token *tokens, size_t n_tokens)
{
	size_t offset = 0, at_token = 0;

	for (size_t i = first; i < r->n_nodes; i++) {
		struct node *n = &r->nodes[i];
		size_t from = offset, end = offset + n->len;

		if (n->paragraph != paragraph)
			continue;
		if (!n->has_space)
			splice(r, n->from - 1, 0, PIECE_TEXT, " xml:space=\"preserve\"", 21);
		splice(r, n->from, n->to - n->from, PIECE_TEXT, "", 0);
		while (at_token < n_tokens && tokens[at_token].from < end) {
			const struct token *t = &tokens[at_token];

			if (t->from >= offset) {         /* it begins here */
				if (t->from > from)
					put_words(r, n->from, n->text + (from - offset), t->from - from);
				put_token(r, t, paragraph, n->from);
			}
			from = t->to;
			if (t->to > end)
				break;                   /* its rest is cut from the next node */
			at_token++;
		}
		if (from < end)
			put_words(r, n->from, n->text + (from - offset), end - from);
		offset = end;
	}
}

static void paragraph_end(struct reading *r, size_t paragraph)
{
	struct buf joined = BUF(r->arena, .max = FORM_UNPACKED_MAX);
	struct token *tokens = NULL, t;
	size_t n_tokens = 0, first = r->n_nodes, from = 0;

	while (first && r->nodes[first - 1].from > r->paragraphs[paragraph].from)
		first--;
	for (size_t i = first; i < r->n_nodes; i++)
		if (r->nodes[i].paragraph == paragraph)
			buf_add(&joined, r->nodes[i].text, r->nodes[i].len);
	if (!joined.len || !memchr(joined.ptr, '{', joined.len))
		return;
	tokens = arena_array(r->arena, sizeof *tokens, joined.len / 3 + 1);
	while (!r->refusal->fault && next_token(r, joined.ptr, joined.len, from, &t)) {
		tokens[n_tokens++] = t;
		from = t.to;
	}
	if (!r->refusal->fault && n_tokens)
		rewrite(r, first, paragraph, tokens, n_tokens);
	if (r->n_splices > MARKS_MAX * 8u)
		refuse_text(r, FORM_TOO_LARGE, "");
}

/* ---- what expat says ---- */

static const char *word_of(const char *name)
{
	if (!strncmp(name, W1, sizeof W1 - 1))
		return name + sizeof W1 - 1;
	return strncmp(name, W2, sizeof W2 - 1) ? "" : name + sizeof W2 - 1;
}

static size_t here(const struct reading *r)
{
	return (size_t)XML_GetCurrentByteIndex(r->parser);
}

static bool keeps_space(const char **attributes)
{
	for (; *attributes; attributes += 2)
		if (!strcmp(attributes[0], "http://www.w3.org/XML/1998/namespace|space"))
			return true;
	return false;
}

static void begin_text(struct reading *r, const char **attributes)
{
	size_t from = here(r), to = from + (size_t)XML_GetCurrentByteCount(r->parser);
	const char *raw = (const char *)r->source.ptr + from;

	if (!r->in_paragraph[r->depth] || to - from < 5 || raw[to - from - 2] == '/')
		return;
	if (strncmp(raw, "<w:t", 4) != 0) {      /* form_fill writes line breaks under this prefix, as Word and LibreOffice do */
		refuse_text(r, FORM_DAMAGED, "w:");
		return;
	}
	r->in_text = true;
	r->text = BUF(r->arena, .max = FORM_UNPACKED_MAX);
	ADD(r, nodes, n_nodes, (struct node){ .from = to, .paragraph = r->in_paragraph[r->depth] - 1,
		.has_space = keeps_space(attributes) });
}

static void on_begin(void *state, const char *name, const char **attributes)
{
	struct reading *r = state;
	const char *word = word_of(name);

	if (r->depth + 1 == DEPTH_MAX) {
		refuse_text(r, FORM_DAMAGED, "");
		return;
	}
	r->depth++;
	r->element[r->depth] = here(r);
	r->in_paragraph[r->depth] = r->in_paragraph[r->depth - 1];
	r->in_row[r->depth] = r->in_row[r->depth - 1];
	if (!strcmp(word, "p")) {
		ADD(r, paragraphs, n_paragraphs, (struct paragraph){ here(r), 0, r->in_row[r->depth], r->element[r->depth - 1] });
		r->in_paragraph[r->depth] = r->n_paragraphs;
	} else if (!strcmp(word, "tr")) {
		ADD(r, rows, n_rows, (struct row){ here(r), 0 });
		r->in_row[r->depth] = r->n_rows;
	} else if (!strcmp(word, "t")) {
		begin_text(r, attributes);
	} else if (!strcmp(word, "altChunk") || !strcmp(word, "object")) {
		refuse_text(r, FORM_OBJECT, word);
	}
}

static void on_end(void *state, const char *name)
{
	struct reading *r = state;
	const char *word = word_of(name);
	size_t after = here(r) + (size_t)XML_GetCurrentByteCount(r->parser);

	if (!strcmp(word, "t") && r->in_text) {
		struct node *n = &r->nodes[r->n_nodes - 1];

		n->to = here(r);
		n->text = buf_cstr(&r->text);
		n->len = r->text.len;
		r->in_text = false;
	} else if (!strcmp(word, "p")) {
		r->paragraphs[r->in_paragraph[r->depth] - 1].to = after;
		paragraph_end(r, r->in_paragraph[r->depth] - 1);
	} else if (!strcmp(word, "tr")) {
		r->rows[r->in_row[r->depth] - 1].to = after;
	}
	r->depth--;
}

static void on_text(void *state, const char *text, int len)
{
	struct reading *r = state;

	if (r->in_text)
		buf_add(&r->text, text, (size_t)len);
}

static void on_doctype(void *state, const char *name, const char *system, const char *public, int internal)
{
	(void)name, (void)system, (void)public, (void)internal;
	refuse_text(state, FORM_DAMAGED, "DOCTYPE");
}

static void on_declaration(void *state, const char *version, const char *encoding, int standalone)
{
	(void)version, (void)standalone;
	if (encoding && strcmp(encoding, "UTF-8") != 0 && strcmp(encoding, "utf-8") != 0)
		refuse_text(state, FORM_DAMAGED, "UTF-8");
}

/* ---- from the source and its splices to pieces ---- */

static int by_place(const void *a, const void *b)
{
	const struct splice *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* Marks around rows and paragraphs: where those end is known now. */
static void settle(struct reading *r)
{
	for (size_t i = 0, n = r->n_splices; i < n && !r->refusal->fault; i++) {
		struct splice s = r->splices[i];

		if ((int)s.kind <= (int)PIECE_KINDS)
			continue;
		r->splices[i] = (struct splice){ 0, 0, s.order, PIECE_TEXT, "", 0 };
		if (!wrap(r, &(struct open_mark){ (enum piece_kind)(s.kind - PIECE_KINDS), s.text, s.skip, 0 }, s.at))
			refuse(r, FORM_CROSSED, s.text, s.len);
	}
}

static void piece(struct buf *out, size_t *n, enum piece_kind kind, const char *text, size_t len)
{
	if (kind == PIECE_TEXT && !len)
		return;
	put_number(out, kind);
	put_text(out, text, len);
	++*n;
}

static void write_part(struct reading *r, const char *name, struct buf *out)
{
	struct buf pieces = BUF(r->arena, .max = FORM_TAKEN_MAX);
	const char *source = r->source.ptr;
	size_t n = 0, at = 0;

	if (r->n_splices)
		qsort(r->splices, r->n_splices, sizeof *r->splices, by_place);
	for (size_t i = 0; i < r->n_splices; i++) {
		const struct splice *s = &r->splices[i];

		if (s->at > at) {
			piece(&pieces, &n, PIECE_TEXT, source + at, s->at - at);
			at = s->at;
		}
		piece(&pieces, &n, s->kind, s->text, s->len);
		at += s->skip;
	}
	piece(&pieces, &n, PIECE_TEXT, source + at, r->source.len - at);
	put_text(out, name, strlen(name));
	put_number(out, n);
	buf_add(out, pieces.ptr, pieces.len);
	if (pieces.failed)
		refuse_text(r, FORM_TOO_LARGE, "");
}

void form_flow(struct arena *arena, const char *name, struct bytes part, struct form_refusal *refusal, struct buf *out)
{
	struct reading *r = arena_alloc(arena, sizeof *r);
	bool whole;

	r->arena = arena;
	r->refusal = refusal;
	r->source = part;
	r->parser = XML_ParserCreateNS(NULL, '|');
	if (!r->parser) {
		refuse_text(r, FORM_DAMAGED, name);
		return;
	}
	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, on_begin, on_end);
	XML_SetCharacterDataHandler(r->parser, on_text);
	XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
	XML_SetXmlDeclHandler(r->parser, on_declaration);
	whole = !(part.len > 1 && ((const unsigned char *)part.ptr)[0] >= 0xfe) &&
		XML_Parse(r->parser, part.ptr, (int)part.len, 1) == XML_STATUS_OK;
	XML_ParserFree(r->parser);
	r->parser = NULL;
	if (!whole)
		refuse_text(r, FORM_DAMAGED, name);
	if (!r->refusal->fault && r->n_open)
		refuse_text(r, FORM_NOT_CLOSED, r->open[r->n_open - 1].name);
	if (!r->refusal->fault)
		settle(r);
	if (!r->refusal->fault)
		write_part(r, name, out);
}
