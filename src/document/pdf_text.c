/* Fonts and shaped words.
 *
 * The font map reads only the four faces of fonts-liberation2, not the machine's fonts: a document looks the same everywhere, no
 * other font can get into it, and fontconfig has nothing else to read. (A machine may also carry
 * fonts-liberation, a family of the same name without the Vietnamese letters.)
 *
 * Shaping costs more than drawing, and a paper says the same words again and again ("Nam", a group's name, the lines of a
 * certificate, the questions of a sheet), so texts are kept shaped: SHORTS places for short ones and LONGS for paragraphs, the
 * hash says which, a new text takes the place of the old. About 15 MB a thread when all are full. */
#include <fontconfig/fontconfig.h>
#include <malloc.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>
#include <string.h>

#include "base/bug.h"
#include "document/pdf.h"

#define FACE(name) "/usr/share/fonts/truetype/liberation2/LiberationSerif-" name ".ttf"      /* Debian's fonts-liberation2 */
#define FAMILY "Liberation Serif"
#define NO_LETTER "\xEF\xBF\xBC"                         /* U+FFFC: stands where a box is drawn */

enum { SHORTS = 1024, LONGS = 256, SHORT = 120, LONG = 600, LETTERS = 0x3000 };     /* SHORT, LONG: bytes */
static const double BOX_SIDE = 0.68, BOX_WIDE = 0.86;    /* of the text's size */

struct kept {
	PangoLayout *layout;
	struct look look;
	char *text;                              /* or mark and runs, see runs_text */
};

struct pdf_maker {
	PangoFontMap *map;
	PangoContext *context;
	PangoAttrList *plain;                    /* no hyphens of Pango's own: a broken code or name must stay what it is */
	unsigned char letters[LETTERS / 8];      /* which code points the font has */
	struct kept kept[SHORTS + LONGS];
};

static PangoFontDescription *describe(const struct look *look)
{
	PangoFontDescription *d = pango_font_description_new();

	pango_font_description_set_family_static(d, FAMILY);
	pango_font_description_set_absolute_size(d, look->size * PANGO_SCALE);
	if (look->bold)
		pango_font_description_set_weight(d, PANGO_WEIGHT_BOLD);
	if (look->italic)
		pango_font_description_set_style(d, PANGO_STYLE_ITALIC);
	return d;
}

static void learn_letters(struct pdf_maker *m)
{
	PangoFontDescription *d = describe(&(struct look){ .size = 12 });
	PangoFont *font = pango_context_load_font(m->context, d);
	PangoCoverage *coverage;

	BUG_ON(!font);
	coverage = pango_font_get_coverage(font, pango_language_from_string("vi"));
	for (int i = 0; i < LETTERS; i++)
		if (pango_coverage_get(coverage, i) == PANGO_COVERAGE_EXACT)
			m->letters[i / 8] |= (unsigned char)(1u << i % 8);
	BUG_ON(!(m->letters[0x1EAD / 8] & 1u << 0x1EAD % 8));    /* ậ: without it this is not fonts-liberation2 */
	g_object_unref(coverage);
	g_object_unref(font);
	pango_font_description_free(d);
}

static void draw_box(cairo_t *cr, PangoAttrShape *shape, gboolean as_path, gpointer data)
{
	double side = (double)shape->ink_rect.width / PANGO_SCALE, x, y;

	cairo_get_current_point(cr, &x, &y);
	cairo_new_path(cr);
	cairo_rectangle(cr, x + side * 0.12, y - side * 1.02, side, side);
	cairo_set_line_width(cr, side * 0.09);
	cairo_stroke(cr);
}

/* Set once, before the first maker, then only read; shared, as fontconfig allows. NULL when a file is missing: then what the
 * machine calls Liberation Serif serves. */
static FcConfig *fonts;

static void read_fonts(void)
{
	static const char *const files[] = { FACE("Regular"), FACE("Bold"), FACE("Italic"), FACE("BoldItalic") };

	fonts = FcConfigCreate();
	for (size_t i = 0; fonts && i < COUNT(files); i++)
		if (!FcConfigAppFontAddFile(fonts, (const FcChar8 *)files[i])) {
			FcConfigDestroy(fonts);
			fonts = NULL;
		}
}

static struct pdf_maker *maker_new(void)
{
	struct pdf_maker *m = calloc(1, sizeof *m);
	cairo_font_options_t *options = cairo_font_options_create();

	BUG_ON(!m);
	m->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	if (fonts)
		pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(m->map), fonts);
	m->context = pango_font_map_create_context(m->map);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(m->context, options);
	cairo_font_options_destroy(options);
	pango_context_set_round_glyph_positions(m->context, FALSE);
	pango_context_set_language(m->context, pango_language_from_string("vi"));
	pango_context_set_base_dir(m->context, PANGO_DIRECTION_LTR);
	pango_cairo_context_set_shape_renderer(m->context, draw_box, NULL, NULL);
	m->plain = pango_attr_list_new();
	pango_attr_list_insert(m->plain, pango_attr_insert_hyphens_new(FALSE));
	learn_letters(m);
	return m;
}

static void maker_free(void *maker)
{
	struct pdf_maker *m = maker;

	for (size_t i = 0; i < COUNT(m->kept); i++)
		if (m->kept[i].layout) {
			g_object_unref(m->kept[i].layout);
			g_free(m->kept[i].text);
		}
	pango_attr_list_unref(m->plain);
	g_object_unref(m->context);
	g_object_unref(m->map);
	free(m);
}

/* One maker a thread, found by a key and not passed along, as it is a cache: it never changes what is drawn. */
static pthread_key_t maker_key;
static pthread_once_t maker_once = PTHREAD_ONCE_INIT;

/* cairo takes and frees some 300 KiB a page. With glibc's first settings the end of the heap goes back to the kernel each time,
 * a tenth of what a page costs; these are what glibc itself arrives at once it has seen a block of 4 MiB come and go. */
static void keep_memory(void)
{
	mallopt(M_MMAP_THRESHOLD, 4 << 20);
	mallopt(M_TRIM_THRESHOLD, 8 << 20);
}

static void make_key(void)
{
	keep_memory();
	read_fonts();
	BUG_ON(pthread_key_create(&maker_key, maker_free));
}

struct pdf_maker *pdf_maker(void)
{
	struct pdf_maker *m;

	pthread_once(&maker_once, make_key);
	m = pthread_getspecific(maker_key);
	if (!m) {
		m = maker_new();
		BUG_ON(pthread_setspecific(maker_key, m));
	}
	return m;
}

static bool has_letter(const struct pdf_maker *m, gunichar c)
{
	return c == '\n' || (c < LETTERS && m->letters[c / 8] & 1u << c % 8);
}

static void add_attribute(PangoAttrList *list, PangoAttribute *a, size_t from, size_t to)
{
	a->start_index = (guint)from;
	a->end_index = (guint)to;
	pango_attr_list_insert(list, a);
}

static void add_box(PangoAttrList *list, size_t at, double size)
{
	int side = (int)(size * BOX_SIDE * PANGO_SCALE), wide = (int)(size * BOX_WIDE * PANGO_SCALE);
	PangoRectangle ink = { 0, -side, side, side }, logical = { 0, -side, wide, side };

	add_attribute(list, pango_attr_shape_new(&ink, &logical), at, at + strlen(NO_LETTER));
}

/* Adds text to `out`: boxes become shapes, letters that the font lacks "□". */
static void add_text(struct pdf_maker *m, GString *out, const char *text, double size, PangoAttrList *list)
{
	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (c == 0x2610) {
			add_box(list, out->len, size);
			g_string_append(out, NO_LETTER);
			if (p[strlen(BOX)] == ' ') {             /* never at a line's end, away from its words */
				g_string_append(out, "\xC2\xA0");
				p += strlen(BOX);
			}
		} else if (has_letter(m, c)) {
			g_string_append_unichar(out, c);
		} else if (!g_unichar_ismark(c) && !g_unichar_iscntrl(c) && !g_unichar_iszerowidth(c)) {
			g_string_append(out, "□");
		}
	}
}

/* Whether the text may be given to Pango as it is: the usual case, decided without building anything. */
static bool is_simple(const struct pdf_maker *m, const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		gunichar c = *p;

		if (c >= 0xF0)
			return false;
		if (c >= 0xE0) {
			c = (c & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u);
			p += 2;
		} else if (c >= 0xC0) {
			c = (c & 31u) << 6 | (p[1] & 63u);
			p++;
		}
		if (!has_letter(m, c))
			return false;
	}
	return true;
}

static PangoLayout *new_layout(struct pdf_maker *m, const struct look *look)
{
	static const PangoAlignment alignments[] = { PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT };
	PangoLayout *l = pango_layout_new(m->context);
	PangoFontDescription *d = describe(look);

	pango_layout_set_font_description(l, d);
	pango_font_description_free(d);
	pango_layout_set_auto_dir(l, FALSE);
	if (look->width > 0) {
		pango_layout_set_width(l, (int)(look->width * PANGO_SCALE));
		pango_layout_set_wrap(l, look->whole_words ? PANGO_WRAP_WORD : PANGO_WRAP_WORD_CHAR);
		pango_layout_set_alignment(l, alignments[look->align]);
	}
	if (look->indent < 0 || look->indent > 0)
		pango_layout_set_indent(l, (int)(look->indent * PANGO_SCALE));
	pango_layout_set_justify(l, look->justify);
	return l;
}

/* Narrows the lines as far as their number stays, then lets them stand in the middle of the whole width. */
static void balance(PangoLayout *l, double width)
{
	int lines = pango_layout_get_line_count(l);
	double low = width / 2, high = width;

	if (lines < 2 || lines > 4)
		return;
	for (int i = 0; i < 7; i++) {
		double middle = (low + high) / 2;

		pango_layout_set_width(l, (int)(middle * PANGO_SCALE));
		if (pango_layout_get_line_count(l) > lines)
			low = middle;
		else
			high = middle;
	}
	pango_layout_set_width(l, (int)(high * PANGO_SCALE));
}

static PangoLayout *shape_runs(struct pdf_maker *m, const char *mark, const struct run *runs, size_t n, const struct look *look)
{
	PangoLayout *l = new_layout(m, look);
	PangoAttrList *list = pango_attr_list_copy(m->plain);
	GString *text = g_string_sized_new(256);

	add_text(m, text, mark, look->size, list);
	if (*mark)
		g_string_append_c(text, '\t');
	for (size_t i = 0; i < n; i++) {
		size_t from = text->len;

		add_text(m, text, runs[i].text, look->size, list);
		if (runs[i].bold)
			add_attribute(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, text->len);
		if (runs[i].italic)
			add_attribute(list, pango_attr_style_new(PANGO_STYLE_ITALIC), from, text->len);
	}
	if (*mark) {
		PangoTabArray *tabs = pango_tab_array_new_with_positions(1, FALSE, PANGO_TAB_LEFT, (int)(-look->indent * PANGO_SCALE));

		pango_layout_set_tabs(l, tabs);
		pango_tab_array_free(tabs);
	}
	pango_layout_set_text(l, text->str, (int)text->len);
	pango_layout_set_attributes(l, list);
	if (look->balanced)
		balance(l, look->width);
	pango_attr_list_unref(list);
	g_string_free(text, TRUE);
	return l;
}

static bool same_look(const struct look *a, const struct look *b)
{
	return !memcmp(&a->size, &b->size, sizeof a->size) && !memcmp(&a->width, &b->width, sizeof a->width) &&
	       !memcmp(&a->indent, &b->indent, sizeof a->indent) && !memcmp(&a->spread, &b->spread, sizeof a->spread) &&
	       a->bold == b->bold && a->italic == b->italic && a->justify == b->justify && a->whole_words == b->whole_words && a->balanced == b->balanced && a->align == b->align;
}

/* FNV-1a over the text, the look's width and size mixed in. */
static size_t place_of(const char *text, size_t len, const struct look *look)
{
	uint64_t h = 1469598103934665603u ^ (uint64_t)(look->size * 64) ^ (uint64_t)(look->width * 64) << 20;

	h += (uint64_t)(look->bold + look->italic * 2 + (int)look->align * 4);
	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)text[i]) * 1099511628211u;
	h ^= h >> 32;
	return len < SHORT ? h % SHORTS : SHORTS + h % LONGS;
}

/* The place of a text; what stood there and was another is let go, and the place is empty. */
static struct kept *keep(struct pdf_maker *m, const char *text, size_t len, const struct look *look)
{
	struct kept *k = &m->kept[place_of(text, len, look)];

	if (k->layout && same_look(&k->look, look) && !strcmp(k->text, text))
		return k;
	if (k->layout) {
		g_object_unref(k->layout);
		g_free(k->text);
	}
	*k = (struct kept){ .look = *look, .text = g_strdup(text) };
	return k;
}

static PangoLayout *shape_simple(struct pdf_maker *m, const char *text, size_t len, const struct look *look)
{
	PangoLayout *l = new_layout(m, look);

	pango_layout_set_attributes(l, m->plain);
	pango_layout_set_text(l, text, (int)len);
	if (look->balanced)
		balance(l, look->width);
	return l;
}

/* Each blank becomes as wide as brings the middles of the words beside it `step` apart. Plain letters: one glyph a byte. */
static void spread(PangoLayout *l, const char *text, double step)
{
	PangoLayoutLine *line = pango_layout_get_line(l, 0);
	PangoGlyphString *g = line && line->runs ? ((PangoLayoutRun *)line->runs->data)->glyphs : NULL;
	int before = 0, width = 0, blank = -1;

	if (!g || line->runs->next || (size_t)g->num_glyphs != strlen(text))
		return;
	for (int i = 0; i <= g->num_glyphs; i++) {
		if (i < g->num_glyphs && text[i] != ' ') {
			width += g->glyphs[i].geometry.width;
			continue;
		}
		if (blank >= 0)
			g->glyphs[blank].geometry.width = (int)(step * PANGO_SCALE) - (before + width) / 2;
		before = width;
		width = 0;
		blank = i;
	}
}

static PangoLayout *shape_spread(struct pdf_maker *m, const char *text, size_t len, const struct look *look)
{
	PangoLayout *l = shape_simple(m, text, len, look);

	spread(l, text, look->spread);
	return l;
}

static PangoLayout *shape(struct pdf_maker *m, const char *text, size_t len, const struct look *look)
{
	if (look->spread > 0)
		return shape_spread(m, text, len, look);
	return is_simple(m, text) ? shape_simple(m, text, len, look) : shape_runs(m, "", RUNS(PLAIN(text)), look);
}

PangoLayout *pdf_shape(struct pdf_maker *m, const char *text, const struct look *look)
{
	size_t len = strlen(text);
	struct kept *k;

	if (len >= LONG)
		return shape(m, text, len, look);
	k = keep(m, text, len, look);
	if (!k->layout)
		k->layout = shape(m, text, len, look);
	return g_object_ref(k->layout);
}

/* Mark and runs as one text: a byte that no text has begins each and says how it stands. False: too long to be kept. */
static bool runs_text(char *out, const char *mark, const struct run *runs, size_t n)
{
	size_t len = strlen(mark);

	if (len >= LONG - 2)
		return false;
	*out = '\1';
	memcpy(out + 1, mark, ++len);
	for (size_t i = 0; i < n; i++) {
		size_t more = strlen(runs[i].text);

		if (more >= LONG - 2 - len)
			return false;
		out[len++] = (char)(2 + runs[i].bold + 2 * runs[i].italic);
		memcpy(out + len, runs[i].text, more);
		len += more;
	}
	out[len] = 0;
	return true;
}

PangoLayout *pdf_shape_runs(struct pdf_maker *m, const char *mark, const struct run *runs, size_t n, const struct look *look)
{
	char text[LONG];
	struct kept *k;

	if (!runs_text(text, mark, runs, n))
		return shape_runs(m, mark, runs, n, look);
	k = keep(m, text, strlen(text), look);
	if (!k->layout)
		k->layout = shape_runs(m, mark, runs, n, look);
	return g_object_ref(k->layout);
}

double pdf_high(PangoLayout *l)
{
	PangoRectangle r;

	pango_layout_get_extents(l, NULL, &r);
	return (double)r.height / PANGO_SCALE;
}

double pdf_wide(PangoLayout *l)
{
	PangoRectangle r;

	pango_layout_get_extents(l, NULL, &r);
	return (double)r.width / PANGO_SCALE;
}
