#include "tests/test.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "sandbox/client.h"
#include "sandbox/children_test.h"
#include "sandbox/sandbox_messages.h"

/* --- photos ------------------------------------------------------------------------------------------------------------- */

TEST(image, a_photo_comes_out_upright_without_place_or_camera)
{
	struct arena *a = arena_new(64 * MiB);
	struct sandbox *s = real_sandbox((struct sandbox_config){ 0 });
	struct bytes file = fixture(a, "place.jpg");
	struct image_result image = image_of(s, a, file);

	CHECK(memmem(file.ptr, file.len, "SECRETCAMERA", 12) != NULL);
	CHECK_INT(IMAGE_CLEAN, image.kind);
	CHECK_TEXT("image/jpeg", image.type);
	CHECK_INT(480, image.width);
	CHECK_INT(640, image.height);
	CHECK_INT(file.len, image.size);
	CHECK(!memmem(image.clean.ptr, image.clean.len, "SECRETCAMERA", 12));
	CHECK(!memmem(image.clean.ptr, image.clean.len, "Exif", 4));
	CHECK_TEXT("480x640 bands=3 fields=0 blue red blue blue", look(a, image.clean));
	CHECK_TEXT("300x400 bands=3 fields=0 blue red blue blue", look(a, image.thumb));
	CHECK(sandbox_status(s).open);
	CHECK_INT(2, sandbox_status(s).workers);
	sandbox_free(s);
	arena_free(a);
}

#define WHITE "300x200 bands=3 fields=0 white white white white"

TEST(image, every_kind_of_photo_becomes_a_small_srgb_jpeg)
{
	static const struct { const char *name, *clean, *thumb; } files[] = {
		{ "photo.webp", "2000x1000 bands=3 fields=0 red blue blue blue", "400x200 bands=3 fields=0 red blue blue blue" },
		{ "large.webp", "2000x1500 bands=3 fields=0 red blue blue blue", "400x300 bands=3 fields=0 red blue blue blue" },
		{ "photo.heic", "640x480 bands=3 fields=0 red blue blue blue", "400x300 bands=3 fields=0 red blue blue blue" },
		{ "wide.jpg", "300x200 bands=3 fields=0 red blue blue blue", "300x200 bands=3 fields=0 red blue blue blue" },
		{ "clear.png", WHITE, WHITE },
		{ "deep.png", WHITE, WHITE },
	};
	struct sandbox *s = real_sandbox((struct sandbox_config){ 0 });
	struct arena *a = arena_new(64 * MiB);

	for (size_t i = 0; i < COUNT(files); i++) {
		struct image_result image = image_of(s, a, fixture(a, files[i].name));

		if (image.kind != IMAGE_CLEAN)
			fail_msg("%s: %d", files[i].name, image.kind);
		CHECK_TEXT(files[i].clean, look(a, image.clean));
		CHECK_TEXT(files[i].thumb, look(a, image.thumb));
	}
	sandbox_free(s);
	arena_free(a);
}

TEST(image, a_strip_one_pixel_wide_stays_a_picture)
{
	struct arena *a = arena_new(64 * MiB);
	struct sandbox *s = real_sandbox((struct sandbox_config){ 0 });
	struct image_result image = image_of(s, a, fixture(a, "strip.png"));

	CHECK_INT(IMAGE_CLEAN, image.kind);
	CHECK_INT(1, image.width);
	CHECK_INT(2000, image.height);
	sandbox_free(s);
	arena_free(a);
}

static void big_endian(unsigned char *out, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		out[i] = (unsigned char)(value >> (24 - 8 * i));
}

/* A PNG chunk; the checksum is real. */
static void chunk(struct buf *b, const char *type, const void *data, size_t len)
{
	uLong crc = crc32(crc32(0, (const Bytef *)type, 4), data, (uInt)len);
	unsigned char word[4];

	big_endian(word, (uint32_t)len);
	buf_add(b, word, 4);
	buf_text(b, type);
	buf_add(b, data, len);
	big_endian(word, (uint32_t)crc);
	buf_add(b, word, 4);
}

/* All black, of any size: one row packed, and its packed form once for every row (a full flush lets them be set in a row). */
static struct bytes black_png(struct arena *a, uint32_t side)
{
	static unsigned char row[30001], packed[4096];
	struct buf file = BUF(a), data = BUF(a);
	unsigned char head[13] = { [8] = 8 }, word[4];           /* 8 bits, grey, not interlaced */
	z_stream z = { 0 };
	uLong adler = 1, one = adler32(1, row, side + 1);
	size_t n;

	CHECK_INT(Z_OK, deflateInit2(&z, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY));
	z.next_in = row;
	z.avail_in = side + 1;
	z.next_out = packed;
	z.avail_out = sizeof packed;
	CHECK_INT(Z_OK, deflate(&z, Z_FULL_FLUSH));
	n = sizeof packed - z.avail_out;
	deflateEnd(&z);
	buf_add(&data, "\x78\xda", 2);
	for (uint32_t i = 0; i < side; i++) {
		buf_add(&data, packed, n);
		adler = adler32_combine(adler, one, (z_off_t)side + 1);
	}
	buf_add(&data, "\x03\x00", 2);
	big_endian(word, (uint32_t)adler);
	buf_add(&data, word, 4);
	big_endian(head, side);
	big_endian(head + 4, side);
	buf_add(&file, "\x89PNG\r\n\x1a\n", 8);
	chunk(&file, "IHDR", head, sizeof head);
	chunk(&file, "IDAT", data.ptr, data.len);
	chunk(&file, "IEND", "", 0);
	CHECK(!file.failed && !data.failed);
	return buf_bytes(&file);
}

TEST(image, a_picture_of_900_million_pixels_is_refused_from_its_header)
{
	struct arena *a = arena_new(64 * MiB);
	struct sandbox *s = real_sandbox((struct sandbox_config){ .seconds = 2 });       /* decoding the bomb takes longer */
	struct image_result image;

	CHECK_INT(IMAGE_CLEAN, image_of(s, a, black_png(a, 7000)).kind);         /* 49 million: the bomb is made well */
	image = image_of(s, a, black_png(a, 30000));
	CHECK_INT(IMAGE_TOO_MANY_PIXELS, image.kind);
	CHECK_INT(0, image.clean.len + image.thumb.len);
	sandbox_free(s);
	arena_free(a);
}

TEST(image, what_is_cut_off_or_broken_or_no_picture_says_so)
{
	static const char *const names[] = { "place.jpg", "clear.png", "photo.webp", "photo.heic" };
	struct arena *a = arena_new(64 * MiB);
	struct sandbox *s = real_sandbox((struct sandbox_config){ 0 });
	struct bytes file;
	char *broken;

	for (size_t i = 0; i < COUNT(names); i++) {
		file = fixture(a, names[i]);
		for (size_t part = 1; part <= 3; part++)
			if (image_of(s, a, (struct bytes){ file.ptr, file.len * (10 - part) / 10 - 3 }).kind != IMAGE_TRUNCATED)
				fail_msg("%s without %zu tenths", names[i], part);
	}
	file = fixture(a, "clear.png");
	broken = (char *)(uintptr_t)arena_bytes(a, file).ptr;
	memset(broken + file.len / 2, 0x55, 20);
	CHECK_INT(IMAGE_DAMAGED, image_of(s, a, (struct bytes){ broken, file.len }).kind);
	CHECK_INT(IMAGE_NOT_AN_IMAGE, image_of(s, a, BYTES("\x7f" "ELF\x02\x01\x01")).kind);
	CHECK_INT(IMAGE_NOT_AN_IMAGE, image_of(s, a, BYTES("MZ\x90\x00\x03 This program cannot be run in DOS mode")).kind);
	CHECK_INT(IMAGE_NOT_AN_IMAGE, image_of(s, a, BYTES("GIF89a\x01\x00\x01\x00\x00\x00\x00;")).kind);
	CHECK_INT(IMAGE_NOT_AN_IMAGE, image_of(s, a, BYTES("<svg xmlns='http://www.w3.org/2000/svg'/>")).kind);
	CHECK_INT(IMAGE_NOT_AN_IMAGE, image_of(s, a, BYTES("\x89PNG")).kind);
	CHECK_INT(IMAGE_EMPTY, image_of(s, a, BYTES("")).kind);
	file = (struct bytes){ arena_alloc(a, IMAGE_INPUT_MAX + 1), IMAGE_INPUT_MAX + 1 };
	CHECK_INT(IMAGE_TOO_LARGE, image_of(s, a, file).kind);
	CHECK_INT(0, sandbox_status(s).died);
	sandbox_free(s);
	arena_free(a);
}

TEST(image, a_good_pdf_is_kept_byte_for_byte)
{
	struct arena *a = arena_new(1 * MiB);
	struct sandbox *s = real_sandbox((struct sandbox_config){ 0 });
	struct bytes file = BYTES("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n");
	struct image_result image = image_of(s, a, file);

	CHECK_INT(PDF_CLEAN, image.kind);
	CHECK_TEXT("application/pdf", image.type);
	CHECK(image.clean.ptr == file.ptr && image.clean.len == file.len && image.thumb.len == 0);
	image = image_of(s, a, BYTES("%PDF-1.7\n1 0 obj\n<< /Encrypt 7 0 R >>\nendobj\n%%EOF\n"));
	CHECK_INT(PDF_LOCKED, image.kind);
	CHECK_TEXT("", image.type);
	CHECK_INT(0, image.clean.len);
	sandbox_free(s);
	arena_free(a);
}

/* --- words -------------------------------------------------------------------------------------------------------------- */

TEST(image, every_refusal_names_the_file_and_says_what_to_do)
{
	struct arena *a = arena_new(1 * MiB);

	for (int kind = 0; kind < IMAGE_KINDS; kind++) {
		struct image_result image = { .kind = (enum image_kind)kind, .size = 11 * 1024 * 1024 };
		const char *text = sandbox_message(a, &image, "anh.jpg");

		if (image_is_clean(image.kind)) {
			CHECK_TEXT("", text);
			continue;
		}
		CHECK_HAS(text, "“anh.jpg”");
		CHECK(strstr(text, "ửi") || strstr(text, "hụp lại"));
		CHECK(!strchr(text, '!') && text[strlen(text) - 1] == '.');
	}
	CHECK_TEXT("Tệp “anh.jpg” không phải ảnh. Gửi ảnh JPG, PNG hoặc tệp PDF.",
		sandbox_message(a, &(struct image_result){ .kind = IMAGE_NOT_AN_IMAGE }, "anh.jpg"));
	CHECK_TEXT("Ảnh “IMG_2041.jpg” nặng 14 MB, quá 10 MB. Chụp lại ở cỡ nhỏ hơn, hoặc gửi ảnh khác.",
		sandbox_message_too_large(a, "IMG_2041.jpg", 14 * 1024 * 1024, 10 * 1024 * 1024));
	CHECK_HAS(sandbox_message_too_large(a, "Giấy khen.PDF", 10 * 1024 * 1024 + 1, 10 * 1024 * 1024),
		"Tệp “Giấy khen.PDF” nặng 10,1 MB, quá 10 MB");
	arena_free(a);
}
