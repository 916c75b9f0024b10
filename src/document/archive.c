#include "document/archive.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/day.h"
#include "base/log.h"

enum { LOCAL_SIGN = 0x04034b50, CENTRAL_SIGN = 0x02014b50, END_SIGN = 0x06054b50, VERSION = 20, UTF8_NAMES = 1 << 11, DEFLATED
	= 8,
	FILES_MAX = 65000, NAME_MAX_BYTES = 1000 };
#define ARCHIVE_MAX (3ull * 1024 * MiB)

struct archive {
	struct arena *arena;
	struct sink sink;
	struct buf directory;
	uint64_t at;                     /* bytes written */
	unsigned n;
	uint16_t time, day;              /* as DOS wrote them */
};

/* ---- bytes of the format, least significant first ---- */

static void put16(struct buf *b, unsigned v)
{
	buf_char(b, (char)(v & 255));
	buf_char(b, (char)(v >> 8 & 255));
}

static void put32(struct buf *b, uint64_t v)
{
	put16(b, (unsigned)(v & 0xffff));
	put16(b, (unsigned)(v >> 16 & 0xffff));
}

static void put_name(struct buf *b, const char *name)
{
	for (; *name; name++)
		buf_char(b, strchr("\\:*?\"<>|", *name) ? '-' : *name);
}

/* What a file's own head and its line in the directory have in common. */
struct entry { unsigned method; uint32_t crc; uint64_t packed, size; const char *name; };

static void put_entry(struct buf *b, const struct archive *z, const struct entry *e)
{
	put16(b, VERSION);
	put16(b, UTF8_NAMES);
	put16(b, e->method);
	put16(b, z->time);
	put16(b, z->day);
	put32(b, e->crc);
	put32(b, e->packed);
	put32(b, e->size);
	put16(b, (unsigned)strlen(e->name));
	put16(b, 0);
}

/* ---- the archive ---- */

struct archive *archive_new(struct arena *a, int64_t made, struct sink sink)
{
	struct archive *z = ARENA_NEW(a, struct archive);
	struct day day = day_of(made);
	int year, month, of_month, at = (int)(made - day_start(day.text));

	year = day_year(day.text);
	month = (day.text[5] - '0') * 10 + day.text[6] - '0';
	of_month = (day.text[8] - '0') * 10 + day.text[9] - '0';
	z->arena = a;
	z->sink = sink;
	z->directory = BUF(a, .max = 32 * MiB);
	z->time = (uint16_t)(at / 3600 << 11 | at / 60 % 60 << 5 | at % 60 / 2);
	z->day = (uint16_t)((year < 1980 ? 0 : year - 1980) << 9 | month << 5 | of_month);
	return z;
}

static OUTCOME refuse(const char *why)
{
	log_line(LOG_ERROR, "", "archive", "%s", why);
	return FAILED;
}

static OUTCOME send(struct archive *z, struct bytes b)
{
	z->at += b.len;
	return b.len ? z->sink.write(z->sink.state, b.ptr, b.len) : OK;
}

/* Through a nameless file: a list of 12,000 rows is 30 MB of XML. */
static OUTCOME deflate_all(struct archive *z, struct bytes in, struct bytes *out)
{
	struct scratch *spill = scratch_new(z->arena);
	struct sink sink = scratch_sink(spill);
	z_stream s = { .next_in = (Bytef *)(uintptr_t)in.ptr, .avail_in = (uInt)in.len };
	unsigned char piece[16384];
	enum outcome result = OK;

	if (deflateInit2(&s, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return refuse("zlib cannot begin");
	do {
		s.next_out = piece;
		s.avail_out = sizeof piece;
		deflate(&s, Z_FINISH);           /* with all input given it only ever asks for more room */
		result = sink.write(sink.state, piece, sizeof piece - s.avail_out);
	} while (result == OK && !s.avail_out);
	deflateEnd(&s);
	TRY(result);
	return scratch_bytes(spill, out);
}

OUTCOME archive_add(struct archive *z, const char *name, struct bytes content, bool pack)
{
	struct buf head = BUF(z->arena, .max = 4 * KiB);
	struct entry e = { .size = content.len, .crc = (uint32_t)crc32_z(0, content.ptr, content.len), .name = name };
	uint64_t from = z->at;

	if (z->n == FILES_MAX || z->at + content.len > ARCHIVE_MAX || strlen(name) > NAME_MAX_BYTES)
		return refuse("too many files, or too large");
	if (pack)
		TRY(deflate_all(z, content, &content));
	e.method = pack ? DEFLATED : 0;
	e.packed = content.len;
	put32(&head, LOCAL_SIGN);
	put_entry(&head, z, &e);
	put_name(&head, name);
	put32(&z->directory, CENTRAL_SIGN);
	put16(&z->directory, VERSION);
	put_entry(&z->directory, z, &e);
	for (int i = 0; i < 5; i++)              /* no comment, first disk, no attributes */
		put16(&z->directory, 0);
	put32(&z->directory, from);
	put_name(&z->directory, name);
	z->n++;
	if (head.failed || z->directory.failed)
		return refuse("names too long");
	TRY(send(z, buf_bytes(&head)));
	return send(z, content);
}

OUTCOME archive_end(struct archive *z)
{
	uint64_t from = z->at, len = z->directory.len;

	put32(&z->directory, END_SIGN);
	put32(&z->directory, 0);                 /* one disk */
	put16(&z->directory, z->n);
	put16(&z->directory, z->n);
	put32(&z->directory, len);
	put32(&z->directory, from);
	put16(&z->directory, 0);
	return send(z, buf_bytes(&z->directory));
}

/* ---- on disk ---- */

struct scratch {
	FILE *file;                      /* NULL: could not be made */
	struct sink_file to;
	void *map;
	size_t len;
};

static void scratch_release(void *spill)
{
	struct scratch *s = spill;

	if (s->map)
		munmap(s->map, s->len);
	if (s->file)
		fclose(s->file);
}

struct scratch *scratch_new(struct arena *a)
{
	struct scratch *s = ARENA_NEW(a, struct scratch);

	s->file = tmpfile();
	s->to.fd = s->file ? fileno(s->file) : -1;
	if (!s->file)
		log_line(LOG_ERROR, "", "scratch", "%s", strerror(errno));
	arena_on_release(a, scratch_release, s);
	return s;
}

struct sink scratch_sink(struct scratch *s)
{
	return sink_fd(&s->to);
}

OUTCOME scratch_bytes(struct scratch *s, struct bytes *out)
{
	off_t len = s->file ? lseek(s->to.fd, 0, SEEK_END) : -1;

	*out = (struct bytes){ "", 0 };
	if (len == 0)
		return OK;
	s->len = len < 0 ? 0 : (size_t)len;
	s->map = len < 0 ? MAP_FAILED : mmap(NULL, s->len, PROT_READ, MAP_PRIVATE, s->to.fd, 0);
	if (s->map == MAP_FAILED) {
		s->map = NULL;
		log_line(LOG_ERROR, "", "scratch", "%s", strerror(errno));
		return FAILED;
	}
	*out = (struct bytes){ s->map, s->len };
	return OK;
}
