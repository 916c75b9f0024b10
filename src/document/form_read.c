/* A DOCX into pieces: its archive, entry by entry. Runs in the locked-down worker; every bound is here and in form_flow.c. */
#include <expat.h>
#include <string.h>
#include <zip.h>

#include "document/form_reading.h"

void form_refuse(struct form_refusal *r, enum form_fault fault, const char *what, size_t len)
{
	if (r->fault)
		return;
	r->fault = fault;
	len = len > FAULT_TEXT ? FAULT_TEXT : len;
	while (len && ((unsigned char)what[len] & 0xc0) == 0x80)         /* not inside a letter */
		len--;
	memcpy(r->what, what, len);
	r->what[len] = '\0';
}

static void refuse(struct form_refusal *r, enum form_fault fault, const char *what)
{
	form_refuse(r, fault, what, strlen(what));
}

static bool begins(const char *text, const char *with) { return !strncmp(text, with, strlen(with)); }

static bool ends(const char *text, const char *with)
{
	return strlen(text) >= strlen(with) && !strcmp(text + strlen(text) - strlen(with), with);
}

/* Parts of a document, under plain names; what runs or was put in from elsewhere is named. */
static bool check_name(struct form_refusal *r, const char *name)
{
	static const char *const folders[] = { "_rels/", "docProps/", "word/", "customXml/" };
	bool known = !strcmp(name, "[Content_Types].xml");

	for (size_t i = 0; i < COUNT(folders); i++)
		known = known || begins(name, folders[i]);
	if (strstr(name, "vbaProject") || strstr(name, "vbaData") || strstr(name, "activeX"))
		refuse(r, FORM_MACRO, name);
	else if (strstr(name, "embeddings/"))
		refuse(r, FORM_OBJECT, name);
	else if (!known || strstr(name, "..") || strstr(name, "//") || strpbrk(name, "\\:*?\"<>|") || strlen(name) > 200)
		refuse(r, FORM_NOT_DOCX, name);
	return !r->fault;
}

/* A relation to something outside that a reader would fetch by itself; a hyperlink waits to be clicked. */
static void on_relation(void *state, const char *name, const char **attributes)
{
	bool outside = false, link = false;

	(void)name;
	for (; *attributes; attributes += 2) {
		outside = outside || (!strcmp(attributes[0], "TargetMode") && !strcmp(attributes[1], "External"));
		link = link || (!strcmp(attributes[0], "Type") && ends(attributes[1], "/hyperlink"));
		if (!strcmp(attributes[0], "ContentType") && strstr(attributes[1], "macroEnabled"))
			refuse(state, FORM_MACRO, attributes[1]);
	}
	if (outside && !link)
		refuse(state, FORM_OUTSIDE, "");
}

static void on_doctype(void *state, const char *name, const char *system, const char *public, int internal)
{
	(void)name, (void)system, (void)public, (void)internal;
	refuse(state, FORM_DAMAGED, "DOCTYPE");
}

static void check_relations(struct form_refusal *r, struct bytes part, const char *name)
{
	XML_Parser parser = XML_ParserCreate(NULL);

	if (!parser) {
		refuse(r, FORM_DAMAGED, name);
		return;
	}
	XML_SetUserData(parser, r);
	XML_SetStartElementHandler(parser, on_relation);
	XML_SetStartDoctypeDeclHandler(parser, on_doctype);
	if (XML_Parse(parser, part.ptr, (int)part.len, 1) != XML_STATUS_OK)
		refuse(r, FORM_DAMAGED, name);
	XML_ParserFree(parser);
}

static bool is_flow(const char *name)
{
	return !strcmp(name, "word/document.xml") || ((begins(name, "word/header") || begins(name, "word/footer")) &&
		ends(name, ".xml"));
}

/* All of an entry, counted as it comes: declared sizes lie. */
static bool unpack(struct arena *arena, struct form_refusal *r, zip_t *zip, zip_uint64_t i, size_t *left, struct bytes *out)
{
	zip_file_t *in = zip_fopen_index(zip, i, 0);
	struct buf all = BUF(arena, .max = FORM_UNPACKED_MAX + 1);
	char piece[16384];
	zip_int64_t n = -1;

	while (in && (n = zip_fread(in, piece, sizeof piece)) > 0 && (size_t)n <= *left) {
		buf_add(&all, piece, (size_t)n);
		*left -= (size_t)n;
	}
	if (in)
		zip_fclose(in);
	if (n)
		refuse(r, n > 0 ? FORM_TOO_LARGE : FORM_DAMAGED, "");
	*out = buf_bytes(&all);
	return n == 0;
}

static void read_entry(struct arena *arena, struct form_refusal *r, zip_t *zip, zip_uint64_t i, size_t *left, struct buf *out)
{
	const char *name = zip_get_name(zip, i, ZIP_FL_ENC_GUESS);
	zip_stat_t stat;
	struct bytes part;

	if (!name || zip_stat_index(zip, i, 0, &stat) < 0 || zip_name_locate(zip, name, 0) != (zip_int64_t)i || ends(name, "/")
		|| !check_name(r, name)) {
		if (!r->fault)
			refuse(r, FORM_DAMAGED, "");
		return;
	}
	if (stat.valid & ZIP_STAT_ENCRYPTION_METHOD && stat.encryption_method != ZIP_EM_NONE) {
		refuse(r, FORM_LOCKED, "");
		return;
	}
	if (!unpack(arena, r, zip, i, left, &part))
		return;
	if (ends(name, ".rels") || !strcmp(name, "[Content_Types].xml"))
		check_relations(r, part, name);
	if (r->fault)
		return;
	if (is_flow(name)) {
		form_flow(arena, name, part, r, out);
		return;
	}
	put_text(out, name, strlen(name));
	put_number(out, part.len != 0);
	if (part.len) {
		put_number(out, PIECE_TEXT);
		put_text(out, part.ptr, part.len);
	}
}

/* A Word file behind a passphrase is no ZIP but an OLE container. */
static enum form_fault look(struct bytes docx)
{
	if (docx.len > FORM_INPUT_MAX)
		return FORM_TOO_LARGE;
	if (docx.len > 8 && !memcmp(docx.ptr, "\xd0\xcf\x11\xe0", 4))
		return FORM_LOCKED;
	return docx.len < 30 || memcmp(docx.ptr, "PK", 2) ? FORM_NOT_DOCX : FORM_GOOD;
}

static void read_archive(struct arena *arena, struct form_refusal *r, struct bytes docx, struct buf *out)
{
	zip_source_t *source = zip_source_buffer_create(docx.ptr, docx.len, 0, NULL);
	zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;
	zip_int64_t n = zip ? zip_get_num_entries(zip, 0) : 0;
	size_t left = FORM_UNPACKED_MAX;

	if (!zip) {
		if (source)
			zip_source_free(source);
		refuse(r, FORM_DAMAGED, "");
		return;
	}
	if (n > FORM_PARTS_MAX)
		refuse(r, FORM_TOO_LARGE, "");
	else if (zip_name_locate(zip, "word/document.xml", 0) < 0 || zip_name_locate(zip, "[Content_Types].xml", 0) < 0)
		refuse(r, FORM_NOT_DOCX, "");
	put_number(out, (size_t)n);
	for (zip_int64_t i = 0; i < n && !r->fault; i++)
		read_entry(arena, r, zip, (zip_uint64_t)i, &left, out);
	zip_discard(zip);
}

void form_read(struct arena *arena, struct bytes docx, struct buf *out)
{
	struct form_refusal r = { 0 };
	struct buf taken = BUF(arena, .max = FORM_TAKEN_MAX + FORM_UNPACKED_MAX);
	enum form_fault seen = look(docx);

	if (seen)
		refuse(&r, seen, "");
	else
		read_archive(arena, &r, docx, &taken);
	if (taken.failed || taken.len > FORM_TAKEN_MAX)
		refuse(&r, FORM_TOO_LARGE, "");
	buf_text(out, FORM_MARK);
	put_number(out, r.fault);
	if (r.fault)
		put_text(out, r.what, strlen(r.what));
	else
		buf_add(out, taken.ptr, taken.len);
}
