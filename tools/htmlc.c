/* htmlc: compiles one template X.html into one C function, in X_html.h and X_html.c.
 *
 *	htmlc --out DIR X.html [--depfile FILE]
 *
 * Exit 0 written; 1 the template is wrong ("file:line: message" on stderr, nothing written); 2 wrong usage.
 *
 * A template is HTML with these in it:
 *
 *	{{ view units_list_view from "registry/units/units_view.h" }}
 *		first in the file. Makes void X_html(struct buf *out, const struct units_list_view *view).
 *		With the word `open` before }} the file may leave elements open or close those of another
 *		(the two halves of a layout): only there is the balance of tags not checked.
 *	{{ unit.name }}
 *		a value: a member of the view, or of the variable of an each around it. Names and dots, nothing else: what
 *		must be computed is computed by whoever fills the view. The C compiler checks name and type, at this line.
 *	{{ each child in unit.children }} … {{ else }} … {{ end }}
 *		`children` is an array or pointer; its length is the size_t member `n_children` beside it. `child.name` is a
 *		member of the element, `child` alone the element (a list of texts). The else part is for an empty list.
 *	{{ if unit.closed }} … {{ else }} … {{ end }}    {{ if not unit.closed }} … {{ end }}
 *		true: a bool or number that is not zero, a text that is not empty, a url or markup that is there (HTML_IS).
 *		In a tag it stands around whole attributes: <input {{ if field.ticked }}checked{{ end }}>.
 *	{{ include field_text with form.name }}
 *		calls the function of the template field_text.html with exactly one struct: a member, the variable of an each,
 *		or `view` itself. Between tags only.
 *	{{# a remark }}
 *		for who reads the template; not in the value of an attribute. HTML comments are dropped with all in them.
 *
 * Where a value stands decides what may stand there (html/html.h):
 *
 *	between tags                            HTML_TEXT: texts and numbers, escaped; struct trusted_html as it is
 *	in <textarea>, <title>                  HTML_ATTRIBUTE: no markup of any kind can be shown there
 *	in an attribute (always quoted)         HTML_ATTRIBUTE
 *	in href, src, action, hx-get …          HTML_URL: a struct url, which must be the whole of the attribute
 *	in a name, in srcset, hx-vals …         refused
 *
 * Refused altogether, because the pages' Content-Security-Policy would not run it: a <script> with content, <style>, style="",
 * on…="", hx-on…="", srcdoc; and http-equiv, which is a header's work. A constant address has no scheme but http, https, mailto
 * and tel. A <form> whose method is post has {{ include token with … }} in it, outside any each or if that begins within it.
 * Elements but the void ones are closed by their own tag, in the branch in which they were opened; <x/> is for void elements
 * and within <svg> or <math>.
 *
 * White space: in a tag attributes are parted by one space. Between tags a line break with all white space around it is written
 * as one line break; a block tag or remark alone on its line leaves nothing of that line; the end of the file is trimmed.
 * In <pre> and <textarea> everything is kept, and the line break which a browser drops after those tags is written.
 *
 * A literal {{ is written &#123;{. Bounds: under 256 KiB a template, 32 blocks and 200 elements deep, 200 characters a word.
 *
 * Design: one pass, character by character, because HTML's own tokeniser is a state machine and what is asked of it here is a
 * small part of it. No tree and no optimiser: constants are gathered until code must be written. The compiler needs no types:
 * a value becomes a macro with _Generic, a #line before it makes the C compiler speak of the template, and padding puts its
 * column right too where there is room. The first mistake ends the run (longjmp): later ones would mostly follow from it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SOURCE_MAX = 1 << 18, CONSTANT_MAX = 3000, BLOCKS = 32, ELEMENTS = 200, WORDS = 8, WORD_MAX = 200, EXPRESSION = 240 };

#define SPACE " \t\r\n"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

struct text { char *ptr; size_t len, cap; };
struct span { const char *ptr; size_t len; };
struct words { struct span at[WORDS]; size_t n; };              /* what stands between {{ and }} */

/* What a run makes; the caller frees both texts. */
struct made {
	struct text header, code;
	char error[1000];        /* "" when it made them */
};

enum place { IN_TEXT, IN_PLAIN, IN_TAG, IN_VALUE, IN_URL };     /* IN_PLAIN: in <textarea> or <title>, where tags are text */
enum kind { ORDINARY, URL, CONSTANT, REFUSED };                 /* of an attribute */

struct element { struct span name; unsigned line; };
struct block {
	const char *word;        /* "each", "if" */
	bool is_each, has_else;
	enum place place;
	size_t elements;         /* open when it began */
	unsigned line;
	struct span variable, list;
};

struct compiler {
	const char *path, *stem, *c_path;
	const char *source, *p;
	struct made *made;
	jmp_buf failed;
	struct span view, view_header;
	bool open;

	enum place place;
	struct element elements[ELEMENTS];
	size_t n_elements;
	struct block blocks[BLOCKS];
	size_t n_blocks;
	struct { struct span name; unsigned line; bool posts; } tag;
	struct { unsigned line; size_t blocks; bool posts, has_token; } form;      /* line 0: in none */
	struct text constant, includes, body;
	bool says_html;                  /* the body's last #line named the template */
};

static void add(struct text *t, const char *ptr, size_t len)
{
	if (t->cap - t->len <= len) {
		t->cap = (t->cap + len) * 2 + 64;
		if (!(t->ptr = realloc(t->ptr, t->cap)))
			abort();
	}
	memcpy(t->ptr + t->len, ptr, len);
	t->len += len;
	t->ptr[t->len] = '\0';
}

__attribute__((format(printf, 2, 3))) static void add_format(struct text *t, const char *format, ...)
{
	char piece[2000];
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(piece, sizeof piece, format, args);
	va_end(args);
	if (len < 0 || (size_t)len >= sizeof piece)
		abort();
	add(t, piece, (size_t)len);
}

static bool is_space(char ch) { return ch && strchr(SPACE, ch); }
static bool is_letter(char ch) { return ch && strchr(LETTERS, ch); }
/* Names of HTML have no case. `words` are parted by one space. */
static bool is(struct span s, const char *words)
{
	for (size_t len; *words; words += len + (words[len] == ' ')) {
		len = strcspn(words, " ");
		if (s.len == len && !strncasecmp(s.ptr, words, len))
			return true;
	}
	return false;
}

static bool same(struct span a, struct span b) { return a.len == b.len && !strncasecmp(a.ptr, b.ptr, a.len); }
static bool equal(struct span a, struct span b) { return a.len == b.len && !strncmp(a.ptr, b.ptr, a.len); }
static bool says(struct span s, const char *word) { return equal(s, (struct span){ word, strlen(word) }); }
static bool at(const char *p, const char *text) { return !strncasecmp(p, text, strlen(text)); }

#define SHOW(s) (int)(s).len, (s).ptr            /* for "%.*s" */

static unsigned line_in(const char *text, const char *p)
{
	unsigned line = 1;

	for (; text < p; text++)
		line += *text == '\n';
	return line;
}

_Noreturn __attribute__((format(printf, 3, 4))) static void fail(struct compiler *c, unsigned line, const char *format, ...)
{
	char *error = c->made->error, *end = error + sizeof c->made->error;
	va_list args;

	error += snprintf(error, sizeof c->made->error, "%.500s:%u: ", c->path, line);
	va_start(args, format);
	vsnprintf(error, (size_t)(end - error), format, args);
	va_end(args);
	longjmp(c->failed, 1);
}

/* In all that follows `c` is the one compiler. */
#define HERE line_in(c->source, c->p)
#define FAIL(...) fail(c, HERE, __VA_ARGS__)
#define REFUSE(condition, ...) do { if (condition) FAIL(__VA_ARGS__); } while (0)
#define TOP(stack) (&c->stack[c->n_##stack - !!c->n_##stack])

/* A C literal, each line of the text on a line of its own. '?' is escaped because two of them may begin a trigraph. */
static void add_literal(struct text *t, const char *ptr, size_t len)
{
	add(t, "\"", 1);
	for (const char *p = ptr; p < ptr + len; p++) {
		if (strchr("\"\\?", *p))
			add(t, "\\", 1);
		if (*p == '\n')
			add_format(t, "\\n%s", p + 1 < ptr + len ? "\"\n\t\t\"" : "");
		else
			add(t, p, 1);
	}
	add(t, "\"", 1);
}

static void add_line(struct text *t, unsigned line, const char *path)
{
	add_format(t, "#line %u ", line);
	add_literal(t, path, strlen(path));
	add(t, "\n", 1);
}

/* Byte 1 alone on a line stands for the #line that leads back to the C file: its number is known when all is put together. */
static void flush(struct compiler *c)
{
	if (!c->constant.len)
		return;
	add_format(&c->body, "%s\tbuf_add(out, ", c->says_html ? "\1\n" : "");
	add_literal(&c->body, c->constant.ptr, c->constant.len);
	add_format(&c->body, ", %zu);\n", c->constant.len);
	c->constant.len = 0;
	c->says_html = false;
}

/* Literals stay below the 4095 bytes that the C standard promises, and are not parted within a letter. */
static void constant(struct compiler *c, const char *ptr, size_t len)
{
	if (c->constant.len + len > CONSTANT_MAX && (*ptr & 0xc0) != 0x80)
		flush(c);
	add(&c->constant, ptr, len);
}

/* Copies what stands at c->p. */
static void copy(struct compiler *c, size_t len)
{
	constant(c, c->p, len);
	c->p += len;
}

/* One line of C that the compiler will speak of as of `word` in the template; `expression` ends in the same column. */
static void code(struct compiler *c, struct span word, const char *before, const char *expression, const char *after)
{
	const char *line = word.ptr;
	size_t length = strlen(before) + strlen(expression), column;

	flush(c);
	while (line > c->source && line[-1] != '\n')
		line--;
	add_line(&c->body, line_in(c->source, word.ptr), c->path);
	column = (size_t)(word.ptr + word.len - line);
	column = column < length || column > 500 ? 0 : column - length;
	add_format(&c->body, "%*s%s%s%s\n", (int)column, "", before, expression, after);
	c->says_html = true;
}

/* ---- what stands between {{ and }} ---- */

static bool is_name(struct span s)
{
	return s.len && !strchr(DIGITS, *s.ptr) && strspn(s.ptr, LETTERS DIGITS "_") >= s.len;
}

static struct span root_of(struct span path)
{
	const char *dot = memchr(path.ptr, '.', path.len);

	return (struct span){ path.ptr, dot ? (size_t)(dot - path.ptr) : path.len };
}

static bool is_variable(const struct compiler *c, struct span name)
{
	for (size_t i = 0; i < c->n_blocks; i++)
		if (c->blocks[i].is_each && !c->blocks[i].has_else && equal(c->blocks[i].variable, name))
			return true;
	return false;
}

/* The C expression of a path; `prefix` goes before its last name ("n_" for the length of a list). */
static const char *expression(struct compiler *c, struct span path, const char *prefix, char out[EXPRESSION])
{
	struct span root = root_of(path), name = root;
	const char *end = path.ptr + path.len, *rest = path.ptr;
	bool is_of_each = is_variable(c, root);

	for (; is_name(name) && name.ptr + name.len < end; name = root_of(name)) {
		name.ptr += name.len + 1;
		name.len = (size_t)(end - name.ptr);
	}
	REFUSE(!is_name(name), "\"%.*s\" is not a value: write a member of the view, names parted by dots", SHOW(path));
	if (is_of_each)
		rest += root.len < path.len ? root.len + 1 : root.len;
	if (rest == end)
		snprintf(out, EXPRESSION, "*%.*s", SHOW(path));
	else
		snprintf(out, EXPRESSION, "%.*s->%.*s%s%.*s", is_of_each ? (int)root.len : 4, is_of_each ? root.ptr : "view",
			 (int)(name.ptr - rest), rest, prefix, SHOW(name));
	return out;
}

static void compile_value(struct compiler *c, const struct words *w)
{
	static const char *const call[] = { [IN_TEXT] = "HTML_TEXT(out, ", [IN_PLAIN] = "HTML_ATTRIBUTE(out, ",
					    [IN_VALUE] = "HTML_ATTRIBUTE(out, ", [IN_URL] = "HTML_URL(out, " };
	char value[EXPRESSION];

	REFUSE(w->n > 1, "{{ %.*s … }} is none of each, if, else, end, include", SHOW(w->at[0]));
	REFUSE(c->place == IN_TAG, "in a tag a value may only stand between the quotes of an attribute");
	code(c, w->at[0], call[c->place], expression(c, w->at[0], "", value), ");");
}

static struct block *block_begin(struct compiler *c, const char *word, bool is_each)
{
	REFUSE(is_each && c->place == IN_TAG, "{{ each }} may not stand in a tag");
	REFUSE(c->n_blocks == BLOCKS, "more than %d blocks within each other", BLOCKS);
	c->blocks[c->n_blocks] = (struct block){ word, is_each, false, c->place, c->n_elements, HERE, .list.len = 0 };
	return &c->blocks[c->n_blocks];
}

static void compile_each(struct compiler *c, const struct words *w)
{
	struct block *b = block_begin(c, "each", true);
	char count[EXPRESSION], list[EXPRESSION], before[EXPRESSION], after[4 * EXPRESSION];

	REFUSE(w->n != 4 || !says(w->at[2], "in") || !is_name(w->at[1]), "write {{ each child in children }}");
	REFUSE(is_variable(c, w->at[3]), "\"%.*s\" is one element, not a list: name a list in it", SHOW(w->at[3]));
	b->variable = w->at[1];
	b->list = w->at[3];
	expression(c, b->list, "n_", count);
	expression(c, b->list, "", list);
	snprintf(before, sizeof before, "for (size_t each_%zu = 0; each_%zu < ", c->n_blocks, c->n_blocks);
	snprintf(after, sizeof after, "; each_%zu++) { const __typeof__(%s[0]) *%.*s = &%s[each_%zu]; (void)%.*s;", c->n_blocks,
		 list, SHOW(b->variable), list, c->n_blocks, SHOW(b->variable));
	code(c, b->list, before, count, after);
	c->n_blocks++;
}

static void compile_if(struct compiler *c, const struct words *w)
{
	bool is_not = w->n == 3 && says(w->at[1], "not");
	char what[EXPRESSION];

	block_begin(c, "if", false);
	REFUSE(w->n != 2 && !is_not, "write {{ if a.b }} or {{ if not a.b }}");
	code(c, w->at[w->n - 1], is_not ? "if (!HTML_IS(" : "if (HTML_IS(", expression(c, w->at[w->n - 1], "", what), ")) {");
	c->n_blocks++;
}

/* {{ else }} and {{ end }}: what began in the branch must have ended in it. */
static void compile_branch_end(struct compiler *c, const struct words *w)
{
	bool is_end = says(w->at[0], "end");
	const char *word = is_end ? "end" : "else";
	struct block *b = TOP(blocks);
	const struct element *e = TOP(elements);
	char count[EXPRESSION];

	REFUSE(w->n != 1, "{{ %s }} stands alone: for another condition put an {{ if }} within it", word);
	REFUSE(!c->n_blocks, "{{ %s }} without {{ if }} or {{ each }}", word);
	REFUSE(b->place != c->place, "{{ %s }} and its {{ %s }} of line %u stand in one tag, or in none", word, b->word, b->line);
	REFUSE(b->has_else && !is_end, "a second {{ else }} of the {{ %s }} of line %u", b->word, b->line);
	if (c->n_elements > b->elements && !c->open)
		fail(c, e->line, "<%.*s> is not closed before the {{ %s }} of line %u", SHOW(e->name), word, HERE);
	flush(c);
	add_format(&c->body, is_end || b->is_each ? "\t}\n" : "\t} else {\n");
	b->has_else = true;
	if (is_end)
		c->n_blocks--;
	else if (b->is_each)
		code(c, b->list, "if (!", expression(c, b->list, "n_", count), ") {");
}

static void compile_include(struct compiler *c, const struct words *w)
{
	char argument[EXPRESSION], call[EXPRESSION];
	const char *what;

	REFUSE(c->place != IN_TEXT, "{{ include }} may only stand between tags");
	REFUSE(w->n != 4 || !says(w->at[2], "with") || !is_name(w->at[1]), "write {{ include part with a.b }}");
	add_format(&c->includes, "#include \"%.*s_html.h\"\n", SHOW(w->at[1]));
	if (says(w->at[1], "token") && c->form.line && c->form.blocks == c->n_blocks)
		c->form.has_token = true;
	what = says(w->at[3], "view") ? "*view" : expression(c, w->at[3], "", argument);
	snprintf(call, sizeof call, "%.*s_html(out, %s", SHOW(w->at[1]), *what == '*' ? "" : "&");
	code(c, w->at[3], call, what + (*what == '*'), ");");
}

static struct words split(struct compiler *c, const char *from, const char *to)
{
	struct words w = { .n = 0 };

	while (from += strspn(from, SPACE), from < to) {
		size_t len = *from == '"' ? strcspn(from + 1, "\"}\n") + 2 : strcspn(from, SPACE "\"}");

		REFUSE(w.n == WORDS || len > WORD_MAX || !len || from + len > to || (*from == '"' && from[len - 1] != '"'),
		       "{{ }} holds a few words, no more");
		w.at[w.n++] = (struct span){ from, len };
		from += len;
	}
	REFUSE(!w.n, "{{ }} is empty");
	return w;
}

static bool is_within(const struct compiler *c, const char *names)
{
	for (size_t i = 0; i < c->n_elements; i++)
		if (is(c->elements[i].name, names))
			return true;
	return false;
}

/* Goes on at `to`; past its line, too, if nothing else stands on that. */
static void skip(struct compiler *c, const char *to)
{
	const char *from = c->p, *next = to + strspn(to, " \t\r");

	while (from > c->source && (from[-1] == ' ' || from[-1] == '\t'))
		from--;
	c->p = to;
	if (c->place == IN_TEXT && !is_within(c, "pre") && (from == c->source || from[-1] == '\n') && *next == '\n')
		c->p = next + strspn(next, SPACE);
}

/* At "{{". */
static void compile_directive(struct compiler *c)
{
	const char *close = strstr(c->p, "}}");
	bool is_remark = c->p[2] == '#';
	struct words w = { .n = 0 };

	REFUSE(!close, "{{ without }}");
	if (!is_remark)
		w = split(c, c->p + 2, close);
	REFUSE((c->place == IN_VALUE || c->place == IN_URL) && (is_remark || w.n > 1 || is(w.at[0], "else end")),
	       "within an attribute only values may stand: an {{ if }} goes around the whole attribute");
	if (says(w.at[0], "each")) {
		compile_each(c, &w);
	} else if (says(w.at[0], "if")) {
		compile_if(c, &w);
	} else if (says(w.at[0], "else") || says(w.at[0], "end")) {
		compile_branch_end(c, &w);
	} else if (!is_remark) {
		(says(w.at[0], "include") ? compile_include : compile_value)(c, &w);
		c->p = close + 2;
		return;
	}
	skip(c, close + 2);
}

/* ---- tags ---- */

static void compile_step(struct compiler *c);

static struct span name_at(const char *p)
{
	return (struct span){ p, is_letter(*p) ? strspn(p, LETTERS DIGITS "-_:.") : 0 };
}

static enum kind kind_of(struct span name)
{
	if (is(name, "http-equiv srcdoc style") || at(name.ptr, "on") || at(name.ptr, "hx-on") || at(name.ptr, "data-hx-"))
		return REFUSED;
	if (at(name.ptr, "hx-"))
		name.len = strspn(name.ptr, LETTERS "-");        /* hx-get:inherited is as hx-get */
	if (is(name, "action background cite data formaction href hx-action hx-delete hx-get hx-patch hx-post hx-push-url hx-put "
		     "hx-replace-url longdesc manifest poster src xlink:href"))
		return URL;
	if (is(name, "hx-config hx-headers hx-request hx-trigger hx-vals hx-vars imagesrcset ping srcset"))
		return CONSTANT;         /* lists of addresses, JSON, small languages: no escaping of ours is right there */
	return ORDINARY;
}

/* "&" or "\" before the ":" could spell a scheme in disguise. The value ends in a quote. */
static void check_url(struct compiler *c, struct span url)
{
	struct span scheme = { url.ptr + strspn(url.ptr, SPACE), 0 };

	scheme.len = strcspn(scheme.ptr, ":/?#&\\\"'");
	REFUSE(strchr(":&\\", scheme.ptr[scheme.len]) && !is(scheme, "http https mailto tel"),
	       "a constant address is a path, or begins with http:, https:, mailto: or tel:");
}

/* At the quote. Returns the value as it stands in the template. */
static struct span compile_attribute_value(struct compiler *c, struct span name, enum kind kind)
{
	struct span value = { c->p + 1, strcspn(c->p + 1, *c->p == '"' ? "\"<" : "'<") };
	const char *end = value.ptr + value.len, *close = strstr(value.ptr, "}}");
	const char *brace = memchr(value.ptr, '{', value.len) ? strstr(value.ptr, "{{") : NULL;

	REFUSE(*end != *c->p, "the value of %.*s is not closed before a < or the end (a < is written &lt;)", SHOW(name));
	if (brace && brace < end) {
		REFUSE(kind == CONSTANT, "%.*s takes no values", SHOW(name));
		REFUSE(kind == URL && (brace != value.ptr || !close || close + 2 != end),
		       "%.*s is constant or one {{ url }}, not a mix: build it whole by url_own or url_query", SHOW(name));
	} else if (kind == URL) {
		check_url(c, value);
	}
	copy(c, 1);
	c->place = kind == URL ? IN_URL : IN_VALUE;
	while (c->p < end)
		compile_step(c);
	copy(c, 1);
	c->place = IN_TAG;
	return value;
}

static void compile_attribute(struct compiler *c)
{
	struct span name = name_at(c->p), value = { name.ptr, 0 };
	enum kind kind = kind_of(name);

	REFUSE(!name.len, "no attribute can begin so: is a quote missing?");
	REFUSE(kind == REFUSED, "%.*s is refused: the page's policy runs no inline style, script or header", SHOW(name));
	constant(c, " ", 1);
	copy(c, name.len);
	if (*c->p == '=') {
		copy(c, 1);
		REFUSE(*c->p != '"' && *c->p != '\'', "the value of %.*s needs quotes", SHOW(name));
		value = compile_attribute_value(c, name, kind);
	}
	if (is(name, "method formmethod") && !is(value, "get dialog"))           /* a value from the view may be post */
		c->tag.posts = true;
}

static void form_end(struct compiler *c)
{
	if (c->form.line && c->form.posts && !c->form.has_token)
		fail(c, c->form.line, "form without token: what posts needs {{ include token with … }} outside blocks within it");
	c->form.line = 0;
}

/* An element that has an end tag. */
static void element_begin(struct compiler *c, struct span name, bool is_foreign)
{
	REFUSE(c->n_elements == ELEMENTS, "more than %d elements within each other", ELEMENTS);
	c->elements[c->n_elements++] = (struct element){ name, c->tag.line };
	if (is(name, "form")) {
		REFUSE(c->form.line, "a form within the form of line %u", c->form.line);
		c->form.line = c->tag.line;
		c->form.blocks = c->n_blocks;
		c->form.posts = c->form.has_token = false;
	}
	if (is(name, "script"))
		REFUSE(!at(c->p += strspn(c->p, SPACE), "</script"), "a script in the page is refused: name a file by src");
	if (is(name, "textarea title") && !is_foreign)
		c->place = IN_PLAIN;
	if (is(name, "textarea pre") && *c->p != '\n')
		constant(c, "\n", 1);
}

/* At the '>' or "/>" of a start tag. */
static void tag_end(struct compiler *c)
{
	bool is_closed = *c->p == '/', is_foreign = is_within(c, "svg math");
	bool is_void = !is_foreign && is(c->tag.name, "area br col embed hr img input link meta param source track wbr");

	if (c->n_blocks && c->blocks[c->n_blocks - 1].place == IN_TAG)
		fail(c, c->blocks[c->n_blocks - 1].line, "this {{ if }} in a tag has no {{ end }} before the tag's >");
	REFUSE(is_closed && !is_foreign && !is_void, "<%.*s/>: only void elements and those in <svg> end so", SHOW(c->tag.name));
	c->p += is_closed && !is_foreign;
	copy(c, is_closed && is_foreign ? 2 : 1);
	c->place = IN_TEXT;
	if (!is_void && !is_closed)
		element_begin(c, c->tag.name, is_foreign);
	c->form.posts |= c->tag.posts;
}

static void compile_start_tag(struct compiler *c)
{
	struct span name = name_at(c->p + 1);

	/* What is in them is raw text, or they lead around our rules for addresses. */
	REFUSE(is(name, "animate animatemotion animatetransform base iframe noembed noframes plaintext set style xmp"),
	       "<%.*s> is refused", SHOW(name));
	c->tag.name = name;
	c->tag.line = HERE;
	c->tag.posts = false;
	copy(c, name.len + 1);
	REFUSE(at(c->p, "{{"), "a value may not stand in the name of a tag");
	c->place = IN_TAG;
}

static void compile_end_tag(struct compiler *c)
{
	struct span name = name_at(c->p + 2);
	size_t len = name.len + 2, base = c->n_blocks ? c->blocks[c->n_blocks - 1].elements : 0;
	const struct element *e = TOP(elements);
	bool fits = c->n_elements && same(e->name, name);

	REFUSE(!c->open && c->n_elements <= base, "</%.*s> closes nothing opened %s", SHOW(name),
	       c->n_blocks ? "in this branch" : "before it");
	REFUSE(!c->open && !fits, "</%.*s> where <%.*s> of line %u is to be closed", SHOW(name), SHOW(e->name), e->line);
	if (fits)
		c->n_elements--;
	if (is(name, "form"))
		form_end(c);
	copy(c, len);
	c->p += strspn(c->p, SPACE);
	REFUSE(*c->p != '>', "</%.*s is not followed by >", SHOW(name));
	copy(c, 1);
	c->place = IN_TEXT;
}

/* At '<' between tags. */
static void compile_markup(struct compiler *c)
{
	const char *close = strstr(c->p, "-->");

	REFUSE(at(c->p, "<{{"), "a value may not stand in the name of a tag");
	if (at(c->p, "<!--")) {
		REFUSE(!close, "<!-- without -->");
		skip(c, close + 3);
	} else if (at(c->p, "<!doctype html>")) {
		copy(c, 15);
	} else if (is_letter(c->p[1])) {
		compile_start_tag(c);
	} else if (c->p[1] == '/' && is_letter(c->p[2])) {
		compile_end_tag(c);
	} else {
		FAIL("< begins no tag here: a < in text is written &lt;");
	}
}

static void compile_space(struct compiler *c)
{
	size_t len = strspn(c->p, SPACE);

	if (c->p[len] && memchr(c->p, '\n', len) && !is_within(c, "pre"))
		constant(c, "\n", 1);
	else if (c->p[len])
		constant(c, c->p, len);
	c->p += len;
}

static void compile_step(struct compiler *c)
{
	const struct element *e = TOP(elements);

	REFUSE(at(c->p, "}}"), "}} without {{");
	if (at(c->p, "{{"))
		compile_directive(c);
	else if (c->place == IN_TAG && is_space(*c->p))
		c->p++;
	else if (c->place == IN_TAG && (*c->p == '>' || at(c->p, "/>")))
		tag_end(c);
	else if (c->place == IN_TAG)
		compile_attribute(c);
	else if (c->place == IN_PLAIN && at(c->p, "</") && same(name_at(c->p + 2), e->name))
		compile_end_tag(c);
	else if (c->place == IN_TEXT && *c->p == '<')
		compile_markup(c);
	else if (c->place == IN_TEXT && is_space(*c->p))
		compile_space(c);
	else
		copy(c, 1);
}

static void compile_view(struct compiler *c)
{
	const char *close = at(c->p, "{{") ? strstr(c->p, "}}") : NULL;
	struct words w = close ? split(c, c->p + 2, close) : (struct words){ .n = 0 };

	c->open = w.n == 5 && says(w.at[4], "open");
	REFUSE(w.n != (c->open ? 5 : 4) || !says(w.at[0], "view") || !is_name(w.at[1]) || !says(w.at[2], "from") ||
	       *w.at[3].ptr != '"' || strspn(w.at[3].ptr + 1, LETTERS DIGITS "_./-") + 2 != w.at[3].len,
	       "a template begins with {{ view a_struct from \"its/header.h\" }}");
	c->view = w.at[1];
	c->view_header = w.at[3];
	c->p = close + 2 + strspn(close + 2, SPACE);
}

static void check_end(struct compiler *c)
{
	const struct block *b = TOP(blocks);
	const struct element *e = TOP(elements);

	if (c->place == IN_TAG)
		fail(c, c->tag.line, "<%.*s is not followed by >", SHOW(c->tag.name));
	if (c->n_blocks)
		fail(c, b->line, "{{ %s }} without {{ end }}", b->word);
	if (c->n_elements && (!c->open || c->place == IN_PLAIN))
		fail(c, e->line, "<%.*s> is not closed", SHOW(e->name));
	form_end(c);
	flush(c);
}

static void write_header(struct compiler *c)
{
	struct text *h = &c->made->header;
	unsigned line = line_in(c->source, c->view.ptr);

	add_format(h, "/* Made by htmlc from %s.html. */\n#ifndef HTMLC_%s\n#define HTMLC_%s\n", c->stem, c->stem, c->stem);
	add_format(h, "#include \"base/buf.h\"\n");
	add_line(h, line, c->path);
	add_format(h, "#include %.*s\n", SHOW(c->view_header));
	add_line(h, line, c->path);
	add_format(h, "void %s_html(struct buf *out, const struct %.*s *view);\n#endif\n", c->stem, SHOW(c->view));
}

static void write_code(struct compiler *c)
{
	struct text *out = &c->made->code;
	unsigned line;

	add_format(out, "/* Made by htmlc from %s.html. */\n#include \"%s_html.h\"\n", c->stem, c->stem);
	add_format(out, "#include \"html/html.h\"\n");
	if (c->includes.len)
		add(out, c->includes.ptr, c->includes.len);
	add_format(out, "\nvoid %s_html(struct buf *out, const struct %.*s *view)\n{\n", c->stem, SHOW(c->view));
	line = line_in(out->ptr, out->ptr + out->len);
	for (const char *p = c->body.ptr, *end; p && *p; p = end + 1, line++) {
		end = strchr(p, '\n');
		if (*p == '\1')
			add_line(out, line + 1, c->c_path);
		else
			add(out, p, (size_t)(end - p) + 1);
	}
	add_format(out, "}\n");
}

/* May end early by longjmp: apart, so that no local of the caller lives across it. */
static void compile_all(struct compiler *c, const char *stem, const char *source)
{
	REFUSE(strlen(stem) > WORD_MAX || !is_name((struct span){ stem, strlen(stem) }),
	       "the file's name becomes a function's: letters, digits and _ only");
	for (; *c->p; c->p++)
		REFUSE(*c->p > 0 && *c->p < ' ' && !is_space(*c->p), "a control character");
	c->p = source;
	compile_view(c);
	while (*c->p)
		compile_step(c);
	check_end(c);
	write_header(c);
	write_code(c);
}

/* False: made->error says why. */
static bool compile(const char *path, const char *stem, const char *c_path, const char *source, struct made *made)
{
	struct compiler *c = calloc(1, sizeof *c);

	if (!c)
		abort();
	*made = (struct made){ .error = "" };
	*c = (struct compiler){ .path = path, .stem = stem, .c_path = c_path, .source = source, .p = source, .made = made };
	if (!setjmp(c->failed))
		compile_all(c, stem, source);
	free(c->constant.ptr);
	free(c->includes.ptr);
	free(c->body.ptr);
	free(c);
	return !made->error[0];
}

#ifndef HTMLC_NO_MAIN
/* Writes beside the place, then moves it there. */
static bool write_file(const char *path, const char *text)
{
	char fresh[1100];
	FILE *file;

	snprintf(fresh, sizeof fresh, "%s.new", path);
	file = fopen(fresh, "wb");
	if (file && fputs(text, file) >= 0 && !fclose(file) && !rename(fresh, path))
		return true;
	perror(fresh);
	remove(fresh);
	return false;
}

int main(int argc, char **argv)
{
	static char source[SOURCE_MAX + 1];
	const char *dir = NULL, *path = NULL, *depfile = NULL, *base;
	char stem[300], h_path[1000], c_path[1000], rule[3000];
	struct made made = { 0 };
	size_t len = 0;
	bool done;
	FILE *file;

	for (int i = 1; i < argc; i++) {
		const char **option = !strcmp(argv[i], "--out") ? &dir : !strcmp(argv[i], "--depfile") ? &depfile : &path;

		i += option != &path;
		*option = i < argc && !*option ? argv[i] : "";
	}
	base = path && strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	if (!dir || !base || strlen(base) < 6 || strcmp(base + strlen(base) - 5, ".html") || strlen(dir) + strlen(path) > 600) {
		fprintf(stderr, "usage: htmlc --out DIR FILE.html [--depfile FILE]\n");
		return 2;
	}
	snprintf(stem, sizeof stem, "%.*s", (int)(strlen(base) - 5), base);
	snprintf(h_path, sizeof h_path, "%s/%s_html.h", dir, stem);
	snprintf(c_path, sizeof c_path, "%s/%s_html.c", dir, stem);
	snprintf(rule, sizeof rule, "%s %s: %s\n", h_path, c_path, path);
	if ((file = fopen(path, "rb"))) {
		len = fread(source, 1, SOURCE_MAX, file);
		fclose(file);
	}
	snprintf(made.error, sizeof made.error, "%s:1: cannot be read, is empty, holds a NUL, or is too large", path);
	done = len && len < SOURCE_MAX && strlen(source) == len && compile(path, stem, c_path, source, &made);
	if (!done)
		fprintf(stderr, "%s\n", made.error);
	done = done && write_file(h_path, made.header.ptr) && write_file(c_path, made.code.ptr);
	done = done && (!depfile || write_file(depfile, rule));
	free(made.header.ptr);
	free(made.code.ptr);
	return done ? 0 : 1;
}
#endif
