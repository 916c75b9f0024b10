/* Pages of one of our PDFs as files of their own. Fonts are what a small PDF costs: cutting four faces down to the letters in
 * use and
 * packing them takes 2 ms, a certificate 0.4. So many are drawn into one file, and each file takes over, byte by byte and under
 * the same numbers, the objects its pages need: a PDF may leave numbers free.
 *
 * Only what cairo 1.16 writes is read: a plain table of objects at the end. Anything else is "not as expected", never guessed. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "document/pdf.h"

enum { OBJECTS_MAX = 200000 };

struct object { size_t from, len, words; };      /* words: bytes before its stream */
struct pdf_pages {
	const char *pdf;
	size_t len, n;                           /* objects: numbers 1 … n - 1 */
	struct object *objects;
	size_t root, info, pages;                /* numbers of the catalogue, the information, the tree of pages */
	size_t *kids, n_kids;
	unsigned *wanted, round;                 /* by object: of which file it is */
	size_t *found, n_found;
};

/* The number behind a key in an object's words; 0: none. */
static size_t number_after(const char *text, size_t len, const char *key)
{
	const char *at = memmem(text, len, key, strlen(key));

	return at ? (size_t)strtoul(at + strlen(key), NULL, 10) : 0;
}

static int by_from(const void *a, const void *b)
{
	const struct object *const *x = a, *const *y = b;

	return (*x)->from < (*y)->from ? -1 : (*x)->from > (*y)->from;
}

/* Where each begins is in the table; it ends where the next begins. */
static bool measure(struct pdf_pages *p, struct arena *a, size_t table)
{
	struct object **order = ARENA_ARRAY(a, struct object *, p->n);
	size_t n = 0;

	for (size_t i = 1; i < p->n; i++)
		if (p->objects[i].from)
			order[n++] = &p->objects[i];
	if (!n)
		return false;
	qsort(order, n, sizeof *order, by_from);
	for (size_t i = 0; i < n; i++) {
		size_t end = i + 1 < n ? order[i + 1]->from : table;
		const char *text = p->pdf + order[i]->from, *stream;

		if (end > table || end <= order[i]->from)
			return false;
		order[i]->len = end - order[i]->from;
		stream = memmem(text, order[i]->len, "\nstream\n", 8);
		order[i]->words = stream ? (size_t)(stream - text) : order[i]->len;
	}
	return true;
}

static bool read_table(struct pdf_pages *p, struct arena *a)
{
	const char *end = p->pdf + p->len, *at = p->len > 64 ? memmem(end - 64, 64, "startxref", 9) : NULL;
	size_t table = at ? (size_t)strtoul(at + 9, NULL, 10) : 0;
	char *rest;

	if (!table || table + 8 > p->len || memcmp(p->pdf + table, "xref\n0 ", 7))
		return false;
	p->n = (size_t)strtoul(p->pdf + table + 7, &rest, 10);
	if (p->n < 4 || p->n > OBJECTS_MAX || *rest != '\n' || (size_t)(end - rest) < p->n * 20)
		return false;
	p->objects = ARENA_ARRAY(a, struct object, p->n);
	for (size_t i = 1; i < p->n; i++)
		if (rest[1 + i * 20 + 17] == 'n')
			p->objects[i].from = (size_t)strtoul(rest + 1 + i * 20, NULL, 10);
	at = rest + 1 + p->n * 20;
	p->root = number_after(at, (size_t)(end - at), "/Root ");
	p->info = number_after(at, (size_t)(end - at), "/Info ");
	return p->root && p->root < p->n && p->info && p->info < p->n && measure(p, a, table);
}

static bool read_kids(struct pdf_pages *p, struct arena *a)
{
	const struct object *o = &p->objects[p->root];
	const char *at, *end;
	char *next;

	p->pages = number_after(p->pdf + o->from, o->words, "/Pages ");
	if (!p->pages || p->pages >= p->n)
		return false;
	o = &p->objects[p->pages];
	at = memmem(p->pdf + o->from, o->words, "/Kids [", 7);
	end = p->pdf + o->from + o->words;
	if (!at)
		return false;
	p->kids = ARENA_ARRAY(a, size_t, p->n);
	for (at += 7; at < end && p->n_kids < p->n; at = next + 4) {
		while (at < end && isspace((unsigned char)*at))
			at++;
		if (at == end || *at == ']')
			break;
		p->kids[p->n_kids] = (size_t)strtoul(at, &next, 10);
		if (next == at || p->kids[p->n_kids] >= p->n || memcmp(next, " 0 R", 4))
			return false;
		p->n_kids++;
	}
	return p->n_kids > 0;
}

struct pdf_pages *pdf_pages_open(struct arena *a, struct bytes pdf)
{
	struct pdf_pages *p = ARENA_NEW(a, struct pdf_pages);

	p->pdf = pdf.ptr;
	p->len = pdf.len;
	if (!read_table(p, a) || !read_kids(p, a))
		return NULL;
	p->wanted = ARENA_ARRAY(a, unsigned, p->n);
	p->found = ARENA_ARRAY(a, size_t, p->n);
	return p;
}

size_t pdf_pages_count(const struct pdf_pages *p)
{
	return p->n_kids;
}

static void want(struct pdf_pages *p, size_t number)
{
	if (!number || number >= p->n || !p->objects[number].len || p->wanted[number] == p->round)
		return;
	p->wanted[number] = p->round;
	p->found[p->n_found++] = number;
}

/* All objects named by "N 0 R" in its words; the way up (/Parent) is written anew. */
static void want_named(struct pdf_pages *p, size_t number)
{
	const char *text = p->pdf + p->objects[number].from, *at = text, *end = text + p->objects[number].words;

	while ((at = memmem(at, (size_t)(end - at), " 0 R", 4))) {
		const char *digits = at;

		while (digits > text && isdigit((unsigned char)digits[-1]))
			digits--;
		if (digits < at && !(digits - text >= 8 && !memcmp(digits - 8, "/Parent ", 8)))
			want(p, (size_t)strtoul(digits, NULL, 10));
		at += 4;
	}
}

static void put_title(struct buf *out, const char *title)
{
	gunichar2 *wide = g_utf8_to_utf16(title, -1, NULL, NULL, NULL);

	buf_text(out, "/Title <FEFF");
	for (const gunichar2 *c = wide; c && *c; c++)
		buf_format(out, "%04X", *c);
	buf_text(out, ">");
	g_free(wide);
}

/* The information with another title: cairo's has one, as text or in hex, up to the line's end. */
static void put_info(struct pdf_pages *p, struct buf *out, const char *title)
{
	const struct object *o = &p->objects[p->info];
	const char *text = p->pdf + o->from, *at = memmem(text, o->len, "/Title ", 7);
	const char *line = at ? memchr(at, '\n', o->len - (size_t)(at - text)) : NULL;

	if (!line) {
		buf_add(out, text, o->len);
		return;
	}
	buf_add(out, text, (size_t)(at - text));
	put_title(out, title);
	buf_add(out, line, o->len - (size_t)(line - text));
}

static void put_object(struct pdf_pages *p, struct buf *out, size_t number, size_t from, size_t to, const char *title)
{
	if (number == p->root) {
		buf_format(out, "%zu 0 obj\n<< /Type /Catalog /Pages %zu 0 R >>\nendobj\n", number, p->pages);
	} else if (number == p->pages) {
		buf_format(out, "%zu 0 obj\n<< /Type /Pages /Count %zu /Kids [", number, to - from);
		for (size_t i = from; i < to; i++)
			buf_format(out, " %zu 0 R", p->kids[i]);
		buf_text(out, " ] >>\nendobj\n");
	} else if (number == p->info) {
		put_info(p, out, title);
	} else {
		buf_add(out, p->pdf + p->objects[number].from, p->objects[number].len);
	}
}

static int by_number(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return x < y ? -1 : x > y;
}

/* Numbers that follow each other stand in one section of the table; 0 is the head of the free ones. */
static void put_table(struct pdf_pages *p, struct buf *out, const size_t *places, size_t begin)
{
	size_t table = out->len - begin;

	buf_text(out, "xref\n0 1\n0000000000 65535 f \n");
	for (size_t i = 0; i < p->n_found;) {
		size_t last = i;

		while (last + 1 < p->n_found && p->found[last + 1] == p->found[last] + 1)
			last++;
		buf_format(out, "%zu %zu\n", p->found[i], last - i + 1);
		for (; i <= last; i++)
			buf_format(out, "%010zu 00000 n \n", places[i]);
	}
	buf_format(out, "trailer\n<< /Size %zu /Root %zu 0 R /Info %zu 0 R >>\nstartxref\n%zu\n%%%%EOF\n", p->n, p->root,
		p->info, table);
}

bool pdf_pages_take(struct pdf_pages *p, size_t from, size_t to, const char *title, struct buf *out)
{
	size_t begin = out->len, *places;

	if (from >= to || to > p->n_kids)
		return false;
	p->round++;
	p->n_found = 0;
	want(p, p->root);
	want(p, p->pages);
	want(p, p->info);
	for (size_t i = from; i < to; i++)
		want(p, p->kids[i]);
	for (size_t i = 3; i < p->n_found; i++)
		want_named(p, p->found[i]);
	qsort(p->found, p->n_found, sizeof *p->found, by_number);
	places = ARENA_ARRAY(out->arena, size_t, p->n_found);
	buf_text(out, "%PDF-1.5\n%\xb5\xed\xae\xfb\n");
	for (size_t i = 0; i < p->n_found; i++) {
		places[i] = out->len - begin;
		put_object(p, out, p->found[i], from, to, title);
	}
	put_table(p, out, places, begin);
	return !out->failed;
}
