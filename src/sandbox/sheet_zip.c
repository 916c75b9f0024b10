#include "sandbox/sheet_zip.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/bug.h"

enum { BLOCK = 64 * 1024, FORGET = 16 << 20 };

bool sheet_zip_open(struct sheet_zip *z, struct sheet_out *out, const struct sheet_input *input)
{
	struct bytes file = input->file;
	zip_error_t error;
	zip_source_t *source;

	*z = (struct sheet_zip){ .out = out, .mapped = { NULL, input->is_mapped ? file.len : 0 },
		.unpacked_max = SHEET_UNPACKED_FREE + (uint64_t)file.len * SHEET_UNPACKED_RATIO };
	if (z->unpacked_max > SHEET_UNPACKED_MAX)
		z->unpacked_max = SHEET_UNPACKED_MAX;
	z->mapped.ptr = file.ptr;
	zip_error_init(&error);
	source = zip_source_buffer_create(file.ptr, file.len, 0, &error);
	if (source)
		z->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
	if (!z->zip && source)
		zip_source_free(source);
	zip_error_fini(&error);
	if (!z->zip)             /* its list of contents stands at the end: without it the end is missing */
		return sheet_stop(out, SHEET_TRUNCATED);
	if (zip_get_num_entries(z->zip, 0) <= SHEET_ZIP_ENTRIES)
		return true;
	sheet_zip_close(z);
	return sheet_stop(out, SHEET_BOMB);
}

void sheet_zip_close(struct sheet_zip *z)
{
	if (z->zip)
		zip_discard(z->zip);
	z->zip = NULL;
}

bool sheet_zip_has(const struct sheet_zip *z, const char *name)
{
	return zip_name_locate(z->zip, name, ZIP_FL_NOCASE) >= 0;
}

bool sheet_zip_has_under(const struct sheet_zip *z, const char *folder)
{
	zip_int64_t n = zip_get_num_entries(z->zip, 0);

	for (zip_int64_t i = 0; i < n; i++) {
		const char *name = zip_get_name(z->zip, (zip_uint64_t)i, 0);

		if (name && !strncmp(name, folder, strlen(folder)) && name[strlen(folder)])
			return true;
	}
	return false;
}

static bool read_all(struct sheet_zip *z, zip_file_t *f, bool (*take)(void *, const char *, size_t, bool), void *state)
{
	char *block = malloc(BLOCK);
	zip_int64_t n = 0;
	bool good = true;

	BUG_ON(!block);
	while (good && (n = zip_fread(f, block, BLOCK)) > 0) {
		z->unpacked += (uint64_t)n;
		/* What was read of the file need not stay resident. */
		if (z->mapped.len && z->unpacked / FORGET != (z->unpacked - (uint64_t)n) / FORGET)
			madvise((void *)(uintptr_t)z->mapped.ptr, z->mapped.len, MADV_DONTNEED);
		if (z->unpacked > z->unpacked_max)
			good = sheet_stop(z->out, SHEET_BOMB);
		else
			good = take(state, block, (size_t)n, false);
	}
	free(block);
	if (n < 0)
		return sheet_stop(z->out, SHEET_DAMAGED);
	return good && take(state, "", 0, true);
}

bool sheet_zip_each(struct sheet_zip *z, const char *name, bool (*take)(void *, const char *, size_t, bool), void *state)
{
	zip_int64_t at = zip_name_locate(z->zip, name, ZIP_FL_NOCASE);
	zip_stat_t stat;
	zip_file_t *f;
	bool good;

	if (at < 0 || zip_stat_index(z->zip, (zip_uint64_t)at, 0, &stat))
		return sheet_stop(z->out, SHEET_DAMAGED);
	if (stat.valid & ZIP_STAT_ENCRYPTION_METHOD && stat.encryption_method != ZIP_EM_NONE)
		return sheet_stop(z->out, SHEET_LOCKED);
	f = zip_fopen_index(z->zip, (zip_uint64_t)at, 0);
	if (!f)
		return sheet_stop(z->out, SHEET_DAMAGED);
	good = read_all(z, f, take, state);
	zip_fclose(f);
	return good;
}

/* ---- XML ---- */

struct reading { struct sheet_xml xml; const struct sheet_xml_handlers *on; };

const char *sheet_local(const char *name)
{
	const char *colon = name[1] ? strchr(name, ':') : NULL;

	return colon ? colon + 1 : name;
}

static void XMLCALL started(void *data, const XML_Char *name, const XML_Char **attributes)
{
	struct reading *r = data;

	r->on->start(&r->xml, sheet_local(name), attributes);
}

static void XMLCALL ended(void *data, const XML_Char *name)
{
	struct reading *r = data;

	r->on->end(&r->xml, sheet_local(name));
}

static void XMLCALL said(void *data, const XML_Char *text, int len)
{
	struct reading *r = data;

	r->on->text(&r->xml, text, (size_t)len);
}

/* Entities live in a DOCTYPE: no workbook has one. */
static void XMLCALL doctype(void *data, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal)
{
	struct reading *r = data;

	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	sheet_stop(r->xml.out, SHEET_BOMB);
	XML_StopParser(r->xml.parser, XML_FALSE);
}

static bool feed(void *state, const char *piece, size_t len, bool last)
{
	struct reading *r = state;
	enum XML_Status status = XML_Parse(r->xml.parser, piece, (int)len, last);

	if (r->xml.out->kind != SHEET_READ)
		return false;
	return status == XML_STATUS_OK || sheet_stop(r->xml.out, SHEET_DAMAGED);
}

bool sheet_xml_read(struct sheet_zip *z, const char *entry, const struct sheet_xml_handlers *on, void *state)
{
	struct reading r = { .xml = { .parser = XML_ParserCreate(NULL), .out = z->out, .state = state }, .on = on };
	bool good;

	BUG_ON(!r.xml.parser);
	XML_SetUserData(r.xml.parser, &r);
	XML_SetElementHandler(r.xml.parser, started, ended);
	if (on->text)
		XML_SetCharacterDataHandler(r.xml.parser, said);
	XML_SetStartDoctypeDeclHandler(r.xml.parser, doctype);
	good = sheet_zip_each(z, entry, feed, &r);
	XML_ParserFree(r.xml.parser);
	return good;
}

const char *sheet_attribute(const char **attributes, const char *name)
{
	for (; *attributes; attributes += 2)
		if (!strcmp(attributes[0], name) || !strcmp(sheet_local(attributes[0]), name))
			return attributes[1];
	return NULL;
}

void sheet_text_add(struct sheet_text *t, const char *text, size_t len)
{
	if (len > SHEET_TEXT * 2 - t->len)
		len = SHEET_TEXT * 2 - t->len;
	if (t->len + len + 1 > t->cap) {
		t->cap = SHEET_TEXT * 2 + 1;
		t->at = realloc(t->at, t->cap);
		BUG_ON(!t->at);
	}
	memcpy(t->at + t->len, text, len);
	t->len += len;
	t->at[t->len] = '\0';
}

void sheet_text_free(struct sheet_text *t)
{
	free(t->at);
	*t = (struct sheet_text){ 0 };
}

/* Office writes a control character as _x000D_. */
void sheet_text_unescape(struct sheet_text *t)
{
	char *to, *from, *end, *stop;

	if (!t->len || !memmem(t->at, t->len, "_x00", 4))
		return;
	to = from = t->at;
	end = t->at + t->len;
	while (from < end) {
		if (end - from >= 7 && !memcmp(from, "_x00", 4) && from[6] == '_') {
			char digits[3] = { from[4], from[5], '\0' };
			unsigned long c = strtoul(digits, &stop, 16);

			if (!*stop && c < 0x80) {
				*to++ = (char)(c < 0x20 ? ' ' : c);
				from += 7;
				continue;
			}
		}
		*to++ = *from++;
	}
	t->len = (size_t)(to - t->at);
	t->at[t->len] = '\0';
}
