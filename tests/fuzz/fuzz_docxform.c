/* Whatever a DOCX holds, form_read leaves pieces that form_open takes, or a fault; and what was taken can be filled into a ZIP. An
 * input that begins with "PK" is the file itself; any other is the XML of a document's body, packed here, so that the fuzzer need
 * not learn to make archives. */
#include <stdint.h>
#include <string.h>

#include "base/bug.h"
#include "document/archive.h"
#include "document/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *value(void *state, const char *name)
{
	(void)state;
	return strlen(name) % 3 ? "Trần & <Bình>\nhai" : "";
}

static enum outcome begin(void *state, const char *list)
{
	(void)list;
	*(int *)state = 0;
	return OK;
}

static enum outcome next(void *state, struct arena *row, bool *done)
{
	(void)row;
	*done = ++*(int *)state == 3;
	return OK;
}

static struct bytes packed(struct arena *a, struct bytes xml)
{
	struct buf *out = ARENA_NEW(a, struct buf);
	struct archive *z;

	*out = BUF(a, .max = 16 * MiB);
	z = archive_new(a, 0, sink_buf(out));
	BUG_ON(archive_add(z, "[Content_Types].xml", (struct bytes){ "<Types/>", 8 }, false) != OK ||
	       archive_add(z, "word/document.xml", xml, false) != OK || archive_end(z) != OK);
	return buf_bytes(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(512 * MiB);
	struct bytes file = { data, size };
	struct buf pieces = BUF(a, .max = FORM_TAKEN_MAX + MiB), filled = BUF(a, .max = 64 * MiB);
	enum form_fault fault;
	struct form *form;
	const char *what;
	int rows = 0;

	if (size < 2 || memcmp(data, "PK", 2))
		file = packed(a, file);
	form_read(a, file, &pieces);
	BUG_ON(!form_open(a, buf_bytes(&pieces), &fault, &what, &form));
	if (!fault && pieces.len < 64 * KiB)
		BUG_ON(form_fill(form, a, &(struct form_values){ value, begin, next, &rows }, 0, sink_buf(&filled)) != OK && !filled.failed);
	arena_free(a);
	return 0;
}
