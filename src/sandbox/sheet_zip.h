/* sheet_zip.h (private): the container of XLSX and ODS, read with bounds, and its XML, read without DOCTYPE. The bytes that are
 * really unpacked are counted: what the container declares may lie. */
#ifndef SANDBOX_SHEET_ZIP_H
#define SANDBOX_SHEET_ZIP_H

#include <expat.h>
#include <zip.h>

#include "sandbox/sheet_out.h"

enum { SHEET_ZIP_ENTRIES = 5000, SHEET_UNPACKED_RATIO = 240 };
#define SHEET_UNPACKED_FREE (96 * MiB)           /* whatever the ratio; a sheet is unpacked twice */
#define SHEET_UNPACKED_MAX (6144ull * MiB)

struct sheet_zip {
	zip_t *zip;
	struct sheet_out *out;
	struct bytes mapped;             /* the file, when it is a mapping; len 0: it is not */
	uint64_t unpacked, unpacked_max;
};

bool sheet_zip_open(struct sheet_zip *, struct sheet_out *, const struct sheet_input *);  /* false: out->kind says why */
void sheet_zip_close(struct sheet_zip *);
bool sheet_zip_has(const struct sheet_zip *, const char *name);
bool sheet_zip_has_under(const struct sheet_zip *, const char *folder);          /* "Basic/": some entry begins so */

/* Reads an entry to its end, piece by piece, while `take` gives true. False: out->kind says why. */
bool sheet_zip_each(struct sheet_zip *, const char *name, bool (*take)(void *state, const char *piece, size_t len, bool last),
	void *state);

/* An entry's XML through expat. Handlers stop by sheet_stop and XML_StopParser(parser, XML_FALSE). */
struct sheet_xml {
	XML_Parser parser;
	struct sheet_out *out;
	void *state;
};
struct sheet_xml_handlers {
	void (*start)(struct sheet_xml *, const char *name, const char **attributes);    /* names without their prefix */
	void (*end)(struct sheet_xml *, const char *name);
	void (*text)(struct sheet_xml *, const char *text, size_t len);                  /* NULL: not wanted */
};
bool sheet_xml_read(struct sheet_zip *, const char *entry, const struct sheet_xml_handlers *, void *state);
/* Without its prefix the name is one of these; NULL when absent. */
const char *sheet_attribute(const char **attributes, const char *name);
const char *sheet_local(const char *name);               /* "x:row" → "row" */

/* Text that grows to a bound and is used again. */
struct sheet_text { char *at; size_t len, cap; };
void sheet_text_add(struct sheet_text *, const char *, size_t len);      /* past SHEET_TEXT * 2 bytes nothing is added */
void sheet_text_unescape(struct sheet_text *);           /* _x000D_, as Office writes control characters, is a space */
void sheet_text_free(struct sheet_text *);

#endif
