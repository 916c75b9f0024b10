/* Pictures that the demo draws itself: an open notebook and a row of books, another one for each person, sent through the same
 * path as
 * a citizen's photo (sandbox, clean copy, store). PNG with stored (uncompressed) data: no encoder is needed to write one. */
#include "app/demo/demo_evidence.h"

#include <string.h>

#include "base/buf.h"

#include "db/transaction.h"
#include "demo_evidence_sql.h"
#include "sandbox/client.h"
#include "title/evidence/evidence.h"
#include "title/evidence/evidence_page.h"

enum { WIDTH = 480, HEIGHT = 320, ROW = 1 + WIDTH * 3, PEOPLE = 24, STORED_MAX = 65535 };

struct colour { unsigned char r, g, b; };

static void box(unsigned char *rows, int x0, int y0, int x1, int y1, struct colour c)
{
	for (int y = y0 < 0 ? 0 : y0; y < y1 && y < HEIGHT; y++)
		for (int x = x0 < 0 ? 0 : x0; x < x1 && x < WIDTH; x++)
			memcpy(rows + y * ROW + 1 + x * 3, &c, 3);
}

static void draw(unsigned char *rows, struct chance *c)
{
	static const struct colour covers[] = { { 15, 91, 71 }, { 23, 72, 155 }, { 163, 32, 29 }, { 244, 187, 42 }, { 106, 42,
		134 }, { 63, 141, 109 } };
	int at = 20 + chance_below(c, 30);

	box(rows, 0, 0, WIDTH, HEIGHT, (struct colour){ 214, 196, 160 });
	box(rows, 40, 120, 440, 300, (struct colour){ 252, 252, 247 });
	for (int y = 140; y < 296; y += 14)
		box(rows, 44, y, 436, y + 1, (struct colour){ 190, 210, 200 });
	box(rows, 80, 120, 82, 300, (struct colour){ 163, 32, 29 });
	box(rows, 239, 120, 241, 300, (struct colour){ 200, 200, 195 });
	for (int i = 0; i < 9 && at < 440; i++) {               /* books of the shelf behind it */
		int wide = 18 + chance_below(c, 26), high = 50 + chance_below(c, 45);

		box(rows, at, 110 - high, at + wide, 110, covers[chance_below(c, (int)COUNT(covers))]);
		box(rows, at + 4, 118 - high, at + wide - 4, 122 - high, (struct colour){ 250, 240, 220 });
		at += wide + 3;
	}
	for (int y = 148; y < 290; y += 14)                     /* handwriting */
		for (int x = 92; x < 225 + chance_below(c, 190); x += 6 + chance_below(c, 6))
			if (x < 232 || x > 250)
				box(rows, x, y - chance_below(c, 6), x + 3 + chance_below(c, 4), y + 1, (struct colour){ 40, 60,
					120 });
}

static uint32_t crc(const unsigned char *p, size_t n)
{
	uint32_t c = 0xffffffff;

	while (n--) {
		c ^= *p++;
		for (int k = 0; k < 8; k++)
			c = c & 1 ? 0xedb88320 ^ c >> 1 : c >> 1;
	}
	return ~c;
}

static void put32(struct buf *out, uint32_t v)
{
	unsigned char b[] = { (unsigned char)(v >> 24), (unsigned char)(v >> 16), (unsigned char)(v >> 8), (unsigned char)v };

	buf_add(out, b, 4);
}

static void chunk(struct buf *out, struct arena *arena, const char *type, struct bytes data)
{
	struct buf body = BUF(arena, .max = 2 * MiB);

	buf_text(&body, type);
	buf_add(&body, data.ptr, data.len);
	put32(out, (uint32_t)data.len);
	buf_add(out, body.ptr, body.len);
	put32(out, crc((const unsigned char *)body.ptr, body.len));
}

static struct bytes deflated(struct arena *arena, const unsigned char *data, size_t n)
{
	struct buf z = BUF(arena, .max = 2 * MiB);
	uint32_t a = 1, b = 0;

	buf_add(&z, "\x78\x01", 2);
	for (size_t at = 0; at < n; at += STORED_MAX) {
		size_t len = n - at < STORED_MAX ? n - at : STORED_MAX;
		unsigned char head[] = { at + len == n, (unsigned char)len, (unsigned char)(len >> 8), (unsigned char)~len,
			(unsigned char)(~len >> 8) };

		buf_add(&z, head, sizeof head);
		buf_add(&z, data + at, len);
	}
	for (size_t i = 0; i < n; i++) {
		a = (a + data[i]) % 65521;
		b = (b + a) % 65521;
	}
	put32(&z, b << 16 | a);
	return buf_bytes(&z);
}

static struct bytes picture(struct arena *arena, struct chance *c)
{
	static const unsigned char head[] = { 0, 0, WIDTH >> 8, WIDTH & 255, 0, 0, HEIGHT >> 8, HEIGHT & 255, 8, 2, 0, 0, 0 };
	unsigned char *rows = arena_alloc(arena, (size_t)ROW * HEIGHT);
	struct buf png = BUF(arena, .max = 2 * MiB);

	draw(rows, c);
	buf_add(&png, "\x89PNG\r\n\x1a\n", 8);
	chunk(&png, arena, "IHDR", (struct bytes){ head, sizeof head });
	chunk(&png, arena, "IDAT", deflated(arena, rows, (size_t)ROW * HEIGHT));
	chunk(&png, arena, "IEND", (struct bytes){ "", 0 });
	return buf_bytes(&png);
}

static OUTCOME send_picture(struct demo *d, int64_t person_id, int64_t leaf_id, int which)
{
	struct arena *keep = d->ask->arena, *work = arena_new(64 * MiB);
	struct chance c = chance_of(d->seed, 60 + (uint64_t)which, (uint64_t)person_id);
	struct upload upload = { .name = arena_format(work, "goc-hoc-tap-%d.png", which + 1), .content = picture(work, &c) };
	struct evidence_files files;
	enum outcome done;

	upload.size = (int64_t)upload.content.len;
	d->ask->arena = work;
	done = evidence_prepare(d->ask, &(struct upload_list){ 1, &upload }, &files);
	if (done == OK && files.n_good)          /* none when this machine cannot lock a worker: the demo goes on without */
		done = evidence_add_files(d->ask, person_id, leaf_id, d->rounds[DEMO_ROUNDS - 1].id, which ? 5 : 4, &files);
	d->ask->arena = keep;
	arena_free(work);
	return done;
}

OUTCOME demo_add_evidence(struct demo *d, int64_t leaf_id)
{
	DB_TRANSACTION(tx, d->ask->db);
	struct sql_demo_senders_row *people;
	size_t n;

	TRY(sql_demo_senders(d->ask, d->rounds[DEMO_ROUNDS - 1].id, leaf_id, PEOPLE, &people, &n));
	for (size_t i = 0; i < n; i++)
		for (int which = 0; which <= (int)(i % 2); which++)
			TRY(send_picture(d, people[i].person_id, leaf_id, which));
	return db_commit(&tx);
}
