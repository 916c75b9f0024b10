/* DOCX: the same blocks as a Word document of our own making, for officers who must change a word before they sign. Real tables
 * (head repeated, rows whole), a real page number, real sections; no macros, no outside links. Words and margins as in the PDF,
 * pages may break elsewhere. The font is asked for as Times New Roman, which every office has. Corner marks are left out: a
 * sheet to be scanned is printed from the PDF. */
#include "document/docx.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/day.h"
#include "base/log.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define WORDS "application/vnd.openxmlformats-officedocument.wordprocessingml."

static const char content_types[] = HEAD "<Types xmlns=\"" PACKAGE "content-types\">"
	"<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
	"<Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>"
	"<Override PartName=\"/word/document.xml\" ContentType=\"" WORDS "document.main+xml\"/>"
	"<Override PartName=\"/word/styles.xml\" ContentType=\"" WORDS "styles+xml\"/>"
	"<Override PartName=\"/word/header1.xml\" ContentType=\"" WORDS "header+xml\"/>"
	"<Override PartName=\"/word/header2.xml\" ContentType=\"" WORDS "header+xml\"/>"
	"<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";

static const char relations[] = HEAD "<Relationships xmlns=\"" PACKAGE "relationships\">"
	"<Relationship Id=\"rId1\" Type=\"" R "/officeDocument\" Target=\"word/document.xml\"/>"
	"<Relationship Id=\"rId2\" Type=\"" PACKAGE "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>";

static const char styles[] = HEAD "<w:styles xmlns:w=\"" W "\"><w:docDefaults><w:rPrDefault><w:rPr>"
	"<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/>"
	"<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/><w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>"
	"<w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>"
	"<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/>"
	"<w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/></w:rPr></w:style></w:styles>";

void xml(struct docx *w, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vfprintf(w->body, format, args);
	va_end(args);
}

void xml_escaped(FILE *out, const char *text)
{
	for (; *text; text++)
		switch (*text) {
		case '<': fputs("&lt;", out); break;
		case '>': fputs("&gt;", out); break;
		case '&': fputs("&amp;", out); break;
		case '"': fputs("&quot;", out); break;
		default:
			if ((unsigned char)*text >= ' ')
				fputc(*text, out);
		}
}

int docx_body(const struct docx *w)
{
	return (int)((w->landscape ? 252 : 165) * TWIPS_MM);
}

void docx_open(struct docx *w, const struct way *way)
{
	xml(w, "<w:p><w:pPr>");
	if (way->heading)
		xml(w, "<w:pStyle w:val=\"Heading1\"/>");
	if (way->keep_next)
		xml(w, "<w:keepNext/>");
	xml(w, "<w:spacing w:before=\"%d\"/><w:ind w:left=\"%d\"", way->before, way->left + way->hanging);
	if (way->hanging)
		xml(w, " w:hanging=\"%d\"", way->hanging);
	else if (way->first)
		xml(w, " w:firstLine=\"%d\"", way->first);
	xml(w, "/>");
	if (way->align)
		xml(w, "<w:jc w:val=\"%s\"/>", way->align);
	xml(w, "</w:pPr>");
	w->begun = true;
}

/* ☐ and the circled digits: the only letters that Times New Roman does not have. Bytes of the first one, or 0. */
static size_t sign_len(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;
	bool sign = u[0] == 0xE2 && ((u[1] == 0x98 && u[2] == 0x90) || (u[1] == 0x91 && u[2] >= 0xA0 && u[2] <= 0xA9) ||
				     (u[1] == 0x93 && u[2] == 0xAA));

	return sign ? 3 : 0;
}

static void one_run(struct docx *w, const char *text, size_t len, bool sign, const struct way *way)
{
	int half = (int)(way->size * 2);
	const char *line = arena_textn(w->scratch, text, len), *end;

	xml(w, "<w:r><w:rPr>");
	if (sign)
		xml(w, "<w:rFonts w:ascii=\"Segoe UI Symbol\" w:hAnsi=\"Segoe UI Symbol\" w:eastAsia=\"Segoe UI Symbol\" w:cs=\"Segoe UI Symbol\"/>");
	xml(w, "%s%s", way->bold ? "<w:b/>" : "", way->italic ? "<w:i/>" : "");
	if (way->colour)
		xml(w, "<w:color w:val=\"%s\"/>", way->colour);
	xml(w, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/></w:rPr>", half, half);
	for (; (end = strchr(line, '\n')); line = end + 1) {
		xml(w, "<w:t xml:space=\"preserve\">");
		xml_escaped(w->body, arena_textn(w->scratch, line, (size_t)(end - line)));
		xml(w, "</w:t><w:br/>");
	}
	xml(w, "<w:t xml:space=\"preserve\">");
	xml_escaped(w->body, line);
	xml(w, "</w:t></w:r>");
}

void docx_words(struct docx *w, const char *text, const struct way *way)
{
	while (*text) {
		size_t len = sign_len(text);
		bool sign = len > 0;

		while (text[len] && !sign && !sign_len(text + len))
			len++;
		one_run(w, text, len, sign, way);
		text += len;
		if (sign && !strncmp(text - len, BOX, len) && *text == ' ') {    /* a box stays with its words */
			one_run(w, "\xC2\xA0", 2, false, way);
			text++;
		}
	}
}

void docx_close(struct docx *w)
{
	xml(w, "</w:p>");
}

void docx_line(struct docx *w, const char *text, const struct way *way)
{
	if (!*text)
		return;
	docx_open(w, way);
	docx_words(w, text, way);
	docx_close(w);
}

void docx_section(struct docx *w)
{
	int wide = (int)(210 * TWIPS_MM), high = (int)(297 * TWIPS_MM);

	xml(w, "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/><w:headerReference w:type=\"first\" r:id=\"rId3\"/>"
	       "<w:pgSz w:w=\"%d\" w:h=\"%d\"%s/><w:pgMar w:top=\"1134\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"540\" "
	       "w:footer=\"540\" w:gutter=\"0\"/>", w->landscape ? high : wide, w->landscape ? wide : high,
	    w->landscape ? " w:orient=\"landscape\"" : "", w->has_certificate ? 1276 : 850, w->has_certificate ? 850 : 1134,
	    w->has_certificate ? 1275 : 1701);
	if (w->has_certificate) {
		static const char *const sides[] = { "top", "left", "bottom", "right" };

		xml(w, "<w:pgBorders w:offsetFrom=\"page\">");
		for (size_t i = 0; i < COUNT(sides); i++)
			xml(w, "<w:%s w:val=\"thickThinMediumGap\" w:sz=\"24\" w:space=\"24\" w:color=\"0F5B47\"/>", sides[i]);
		xml(w, "</w:pgBorders>");
	}
	if (!w->first_section_done)
		xml(w, "<w:titlePg/>");
	xml(w, "</w:sectPr>");
	w->first_section_done = true;
}

static void paragraph(struct docx *w, const struct block *b)
{
	const struct paragraph *p = &b->paragraph;
	const double size = w->document->setup.size;
	struct way way = { .size = size, .before = size < 13 ? 60 : 120 };
	const int centimetre = (int)(10 * TWIPS_MM);

	switch (p->kind) {
	case PARAGRAPH_TEXT: way.align = "both"; way.first = centimetre; break;
	case PARAGRAPH_CENTER: way.align = "center"; break;
	case PARAGRAPH_HEADING: way.heading = true; way.first = size < 13 ? 0 : centimetre; break;
	case PARAGRAPH_NOTE: way.align = "both"; way.size -= 2; break;
	case PARAGRAPH_ITEM: way.left = p->level * centimetre; way.hanging = (int)(strlen(p->mark) * 100 + 140); break;
	case PARAGRAPH_LINE: break;
	}
	way.keep_next = b->next && b->next->kind == BLOCK_ENDING;        /* NĐ 30: no signature alone on a page */
	docx_open(w, &way);
	if (p->kind == PARAGRAPH_ITEM) {
		docx_words(w, p->mark, &way);
		xml(w, "<w:r><w:tab/></w:r>");
	}
	for (size_t i = 0; i < p->n; i++) {
		way.bold = p->runs[i].bold;
		way.italic = p->runs[i].italic;
		docx_words(w, p->runs[i].text, &way);
	}
	docx_close(w);
}

static void title(struct docx *w, const char *kind, const char *about, const char *note)
{
	struct way way = { .size = 14, .bold = true, .align = "center", .before = 320, .keep_next = true };

	docx_line(w, kind, &way);
	way.before = 0;
	docx_line(w, about, &way);
	way.bold = false;
	way.italic = true;
	way.size = 13;
	docx_line(w, note, &way);
	if (*about)
		docx_rule(w, (int)(44 * TWIPS_MM), docx_body(w));
}

static void picture(struct docx *w, const struct block *b)
{
	static const char *const names[] = { "left", "center", "right" };
	const unsigned char *u = b->picture.png.ptr;
	struct way way = { .size = 14, .align = names[b->picture.align], .before = 60 };
	double wide, high;

	if (b->picture.png.len < 24)
		return;
	wide = u[16] << 24 | u[17] << 16 | u[18] << 8 | u[19];   /* of the PNG's IHDR */
	high = u[20] << 24 | u[21] << 16 | u[22] << 8 | u[23];
	if (wide < 1 || high < 1)
		return;
	docx_open(w, &way);
	docx_picture(w, b->picture.png, b->picture.width_mm, b->picture.width_mm * high / wide, "Hình");
	docx_close(w);
}

static void qr(struct docx *w, const struct block *b)
{
	static const char *const names[] = { "left", "center", "right" };
	struct way way = { .size = 14, .align = names[b->qr.align], .before = 60 };

	docx_open(w, &way);
	docx_qr(w, b->qr.text, b->qr.side_mm);
	docx_close(w);
}

static void page(struct docx *w, bool landscape)
{
	xml(w, "<w:p><w:pPr>");
	docx_section(w);
	xml(w, "</w:pPr></w:p>");
	w->landscape = landscape;
	w->begun = false;
}

static void question(struct docx *w, const struct question *q, const struct way *bubbles)
{
	const struct way way = { .size = 12, .before = 100, .keep_next = true }, done = { .size = 11 };

	docx_open(w, &way);
	docx_words(w, arena_format(w->scratch, "%lld. %s", (long long)q->key, q->words), &way);
	docx_close(w);
	docx_line(w, BUBBLES_TEXT, bubbles);
	docx_open(w, &done);
	docx_words(w, arena_format(w->scratch, "%s: " DOCUMENT_BLANK "    %s: " DOCUMENT_BLANK, q->done, q->reviewer), &done);
	docx_close(w);
}

static void slip(struct docx *w, const struct cut_slip *s)
{
	const struct way name = { .size = 12, .bold = true, .before = 280, .keep_next = true }, code = { .size = 18, .bold = true,
		.keep_next = true }, words = { .size = 10 };

	docx_line(w, arena_format(w->scratch, "%s, %s", s->name, s->about), &name);
	docx_line(w, s->code, &code);
	docx_line(w, s->words, &words);
}

static enum outcome put(struct docx *w, const struct block *b)
{
	struct way bubbles = { .size = 13, .align = "center", .before = 60 }, space = { .size = 1 };

	switch (b->kind) {
	case BLOCK_HEADER: docx_header(w, &b->header); break;
	case BLOCK_TITLE: title(w, b->title.kind, b->title.about, b->title.note); break;
	case BLOCK_PARAGRAPH: paragraph(w, b); break;
	case BLOCK_TABLE: return docx_table(w, &b->table.of);
	case BLOCK_ENDING: docx_ending(w, &b->ending); break;
	case BLOCK_PICTURE: picture(w, b); break;
	case BLOCK_QR: qr(w, b); break;
	case BLOCK_BUBBLES: docx_line(w, BUBBLES_TEXT, &bubbles); break;
	case BLOCK_SPACE:
		space.before = (int)(b->space.mm * TWIPS_MM);
		docx_open(w, &space);
		docx_close(w);
		break;
	case BLOCK_PAGE: page(w, b->page.landscape); break;
	case BLOCK_LEAF: page(w, w->landscape); break;
	case BLOCK_SLIP: slip(w, &b->slip); break;
	case BLOCK_QUESTION: question(w, &b->question, &bubbles); break;
	case BLOCK_CERTIFICATE: docx_certificate(w, &b->certificate); break;
	case BLOCK_NEED:                         /* these are the PDF's */
	case BLOCK_SIDES:
	case BLOCK_STREAM: break;
	}
	return OK;
}

static enum outcome visit(void *state, const struct block *b)
{
	struct docx *w = state;
	enum outcome result = put(w, b);

	arena_reset(w->scratch);
	if (!w->failed && ferror(w->body)) {
		log_line(LOG_ERROR, "", "document_docx", "the temporary file cannot be written");
		w->failed = true;
	}
	return result != OK ? result : w->failed ? FAILED : OK;
}

/* The parts around the body. */

static void add_part(struct docx *w, const char *name, zip_source_t *source)
{
	zip_int64_t at = source ? zip_file_add(w->zip, name, source, ZIP_FL_ENC_UTF_8) : -1;

	if (at < 0) {
		if (source)
			zip_source_free(source);
		if (!w->failed)
			log_line(LOG_ERROR, "", "document_docx", "%s: %s", name, zip_strerror(w->zip));
		w->failed = true;
		return;
	}
	zip_file_set_dostime(w->zip, (zip_uint64_t)at, 0, 33, 0);        /* 1980-01-01: the same document, the same bytes */
}

static void add_text(struct docx *w, const char *name, const char *text)
{
	char *copy = strdup(text);

	BUG_ON(!copy);
	add_part(w, name, zip_source_buffer(w->zip, copy, strlen(copy), 1));
}

#define BIG "<w:rPr><w:sz w:val=\"26\"/></w:rPr>"
static const char page_number[] = "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>"
	"<w:r>" BIG "<w:fldChar w:fldCharType=\"begin\"/></w:r>"
	"<w:r>" BIG "<w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>"
	"<w:r>" BIG "<w:fldChar w:fldCharType=\"separate\"/></w:r>"
	"<w:r>" BIG "<w:t>2</w:t></w:r>"
	"<w:r>" BIG "<w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
static const char draft_words[] = "<w:p><w:r><w:rPr><w:b/><w:sz w:val=\"24\"/></w:rPr><w:t>DỰ THẢO</w:t></w:r></w:p>";

/* The first is of all pages but the first, whose is the second. */
static void add_headers(struct docx *w)
{
	static const char header[] = HEAD "<w:hdr xmlns:w=\"" W "\">%s%s</w:hdr>";
	const struct document_setup *s = &w->document->setup;
	const char *draft = s->draft ? draft_words : "", *empty = s->draft ? "" : "<w:p/>";

	add_text(w, "word/header1.xml", arena_format(w->scratch, header, s->no_numbers ? empty : page_number, draft));
	add_text(w, "word/header2.xml", arena_format(w->scratch, header, empty, draft));
}

static void add_core(struct docx *w)
{
	struct day day = day_of(w->document->setup.made - DAY_ZONE);     /* this part counts in UTC */
	int64_t at = w->document->setup.made - (day_start(day.text) + DAY_ZONE);
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	BUG_ON(!out);
	fputs(HEAD "<cp:coreProperties xmlns:cp=\"" PACKAGE "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
		   "xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>", out);
	xml_escaped(out, w->document->setup.title);
	fputs("</dc:title><cp:keywords>", out);
	xml_escaped(out, text_or_empty(w->document->setup.keywords));
	fprintf(out, "</cp:keywords><dc:language>vi-VN</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">%sT%02d:%02d:%02dZ"
		     "</dcterms:created></cp:coreProperties>", day.text, (int)(at / 3600), (int)(at / 60 % 60), (int)(at % 60));
	BUG_ON(fclose(out));
	add_part(w, "docProps/core.xml", zip_source_buffer(w->zip, text, len, 1));
}

static void add_relations(struct docx *w)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	BUG_ON(!out);
	fputs(HEAD "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" R "/styles\" Target=\"styles.xml\"/>"
		   "<Relationship Id=\"rId2\" Type=\"" R "/header\" Target=\"header1.xml\"/>"
		   "<Relationship Id=\"rId3\" Type=\"" R "/header\" Target=\"header2.xml\"/>", out);
	for (int i = 1; i <= w->n_pictures; i++)
		fprintf(out, "<Relationship Id=\"rIdP%d\" Type=\"" R "/image\" Target=\"media/picture%d.png\"/>", i, i);
	fputs("</Relationships>", out);
	BUG_ON(fclose(out));
	add_part(w, "word/_rels/document.xml.rels", zip_source_buffer(w->zip, text, len, 1));
}

static enum outcome body(struct docx *w)
{
	xml(w, HEAD "<w:document xmlns:w=\"" W "\" xmlns:r=\"" R "\" "
	       "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
	       "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
	       "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>");
	TRY(document_each(w->document, visit, w));
	docx_section(w);
	xml(w, "</w:body></w:document>");
	if (fseek(w->body, 0, SEEK_SET) == 0)    /* flushes too; libzip reads from where the file stands */
		return OK;
	log_line(LOG_ERROR, "", "document_docx", "%s", strerror(errno));
	return FAILED;
}

static enum outcome pass_on(zip_source_t *archive, struct sink sink)
{
	char piece[16 << 10];
	zip_int64_t n;
	enum outcome result = OK;

	if (zip_source_open(archive) < 0)
		return FAILED;
	while (result == OK && (n = zip_source_read(archive, piece, sizeof piece)) > 0)
		result = sink.write(sink.state, piece, (size_t)n);
	zip_source_close(archive);
	return result == OK && n < 0 ? FAILED : result;
}

static enum outcome pack(struct docx *w, zip_source_t *archive, struct sink sink)
{
	enum outcome result;

	add_text(w, "[Content_Types].xml", content_types);
	add_text(w, "_rels/.rels", relations);
	result = body(w);
	add_part(w, "word/document.xml", zip_source_filep(w->zip, w->body, 0, -1));      /* which closes the file */
	add_text(w, "word/styles.xml", styles);
	add_headers(w);
	add_relations(w);
	add_core(w);
	if (result == OK && w->failed)
		result = FAILED;
	if (result != OK) {
		zip_discard(w->zip);
		return result;
	}
	zip_source_keep(archive);
	if (zip_close(w->zip) < 0) {
		log_line(LOG_ERROR, "", "document_docx", "%s", zip_strerror(w->zip));
		zip_discard(w->zip);
		result = FAILED;
	} else {
		result = pass_on(archive, sink);
	}
	zip_source_free(archive);
	return result;
}

enum outcome docx_render(const struct document *d, struct sink sink)
{
	struct docx w = { .document = d, .landscape = d->setup.landscape };
	zip_source_t *archive = zip_source_buffer_create(NULL, 0, 0, NULL);
	enum outcome result;

	BUG_ON(!archive);
	w.zip = zip_open_from_source(archive, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	BUG_ON(!w.zip);
	w.body = tmpfile();
	if (!w.body) {
		log_line(LOG_ERROR, "", "document_docx", "no temporary file: %s", strerror(errno));
		zip_discard(w.zip);
		return FAILED;
	}
	w.scratch = arena_new(4 * MiB);
	result = pack(&w, archive, sink);
	arena_free(w.scratch);
	return result;
}
