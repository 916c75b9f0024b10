/* archive.h: many files in one: a ZIP written as its parts come, and a file that may be too large for memory.
 *
 *	struct scratch *spill = scratch_new(arena);
 *	struct archive *zip = archive_new(arena, ask->now, scratch_sink(spill));
 *	TRY(archive_add(zip, "Tờ trình.pdf", pdf, false)); …
 *	TRY(archive_end(zip));
 *	TRY(scratch_bytes(spill, &file));
 *
 * ZIP as of APPNOTE 6.3 without its 64-bit extension: up to 65,000 files and 3 GiB (FAILED beyond, logged), names in UTF-8.
 * The same
 * parts and time give the same bytes. Only the directory is held: some 100 bytes a file. */
#ifndef DOCUMENT_ARCHIVE_H
#define DOCUMENT_ARCHIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/outcome.h"
#include "document/sink.h"

struct archive;

struct archive *archive_new(struct arena *, int64_t made, struct sink);
/* `name` may hold folders ("Giấy chứng nhận/0001.pdf"); what file systems forbid in names (\ : * ? " < > |) becomes "-". pack:
 * deflate it (text, XML); PDF, DOCX and XLSX are packed already. */
OUTCOME archive_add(struct archive *, const char *name, struct bytes, bool pack);
OUTCOME archive_end(struct archive *);

/* A nameless file on disk, mapped for reading when it is whole; gone with the arena. */
struct scratch;
struct scratch *scratch_new(struct arena *);
struct sink scratch_sink(struct scratch *);                          /* FAILED, logged: no file, or the disk is full */
OUTCOME scratch_bytes(struct scratch *, struct bytes *out);

#endif
