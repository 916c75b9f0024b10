/* The image worker: one file in, a clean picture and its thumbnail out, or the reason why not; a PDF is only looked over.
 *
 * A photo is never passed on: it is decoded and written anew, so that nothing that was hidden in it (place, camera, a second file
 * behind its end) leaves with it. JPEG for all: it shows on the oldest phone, and goes into PDF and DOCX as it is.
 *
 * Order (README.md): libvips first, then the locks, then the first byte. Its own way of finding modules is turned off and the
 * HEIC one loaded by name: Magick, Poppler and OpenSlide are never in this process. */
#include "sandbox/worker.h"

#include <dlfcn.h>
#include <gmodule.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <vips/vips.h>
#include <vips/vector.h>

#include "base/bug.h"
#include "sandbox/client.h"
#include "sandbox/pdfscan.h"
#include "sandbox/wire.h"

enum { QUALITY = 80, TAIL = 4096 };

enum format { FORMAT_NONE, FORMAT_JPEG, FORMAT_PNG, FORMAT_WEBP, FORMAT_HEIC, FORMAT_PDF };

struct coded {
	void *ptr;               /* libvips's, g_free */
	size_t len;
};

static bool has(struct bytes b, size_t at, const char *magic, size_t len)
{
	return b.len >= at + len && !memcmp((const char *)b.ptr + at, magic, len);
}

static bool heic_is_readable(void)
{
	return vips_type_find("VipsOperation", "heifload_buffer") != 0;
}

static enum format format_of(struct bytes b)
{
	static const char *const brands[] = { "heic", "heix", "heim", "heis", "mif1" };

	if (has(b, 0, "\xff\xd8\xff", 3))
		return FORMAT_JPEG;
	if (has(b, 0, "\x89PNG\r\n\x1a\n", 8))
		return FORMAT_PNG;
	if (has(b, 0, "RIFF", 4) && has(b, 8, "WEBP", 4))
		return FORMAT_WEBP;
	if (pdf_begins(b))
		return FORMAT_PDF;
	for (size_t i = 0; i < COUNT(brands); i++)
		if (has(b, 4, "ftyp", 4) && has(b, 8, brands[i], 4) && heic_is_readable())
			return FORMAT_HEIC;
	return FORMAT_NONE;
}

static uint32_t big_endian(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* After decoding failed: is it the end that is missing? Only the container is looked at. */
static bool is_cut_short(enum format format, struct bytes b)
{
	const unsigned char *p = b.ptr;
	size_t tail = b.len < TAIL ? b.len : TAIL, at = 0;

	switch (format) {
	case FORMAT_JPEG:
		return !memmem(p + b.len - tail, tail, "\xff\xd9", 2);
	case FORMAT_PNG:
		return !memmem(p + b.len - tail, tail, "IEND", 4);
	case FORMAT_WEBP:
		return ((size_t)p[4] | (size_t)p[5] << 8 | (size_t)p[6] << 16 | (size_t)p[7] << 24) + 8 > b.len;
	case FORMAT_HEIC:
		while (b.len - at >= 8) {
			uint32_t box = big_endian(p + at);

			if (box > b.len - at)
				return true;
			if (box < 8)
				return false;
			at += box;
		}
		return at != b.len;
	case FORMAT_PDF:
	case FORMAT_NONE:
		break;
	}
	return false;
}

/* Top to bottom where the format can, else in memory: from 100 MB on libvips would take a file in /tmp, which the cage forbids.
 * A missing end is an error, not a grey stripe. */
#define WHOLE "fail_on", VIPS_FAIL_ON_TRUNCATED, "access", VIPS_ACCESS_SEQUENTIAL, "memory", TRUE

/* The header only; pixels come when they are asked for. NULL when there is none. `shrink` (1, 2, 4, 8) is JPEG's own. */
static VipsImage *load(enum format format, struct bytes b, int shrink)
{
	void *ptr = (void *)(uintptr_t)b.ptr;
	VipsImage *im = NULL;
	int bad = -1;

	if (format == FORMAT_JPEG)
		bad = vips_jpegload_buffer(ptr, b.len, &im, WHOLE, "shrink", shrink, NULL);
	else if (format == FORMAT_PNG)
		bad = vips_pngload_buffer(ptr, b.len, &im, WHOLE, NULL);
	else if (format == FORMAT_WEBP)
		bad = vips_webpload_buffer(ptr, b.len, &im, WHOLE, NULL);
	else if (format == FORMAT_HEIC)
		bad = vips_heifload_buffer(ptr, b.len, &im, WHOLE, NULL);
	return bad ? NULL : im;
}

/* Goes on to `next`, the result of one operation on *im. */
static bool step(VipsImage **im, int bad, VipsImage **next)
{
	if (bad)
		return false;
	g_object_unref(*im);
	*im = *next;
	*next = NULL;
	return true;
}

static int long_side(const VipsImage *im)
{
	return im->Xsize > im->Ysize ? im->Xsize : im->Ysize;
}

/* At most `side` pixels long; a strip one pixel wide stays one pixel wide. Whole steps first (gap), then cubic: on a thumbnail
 * nine times as fast as libvips's defaults, and the eye does not see it. */
static bool fit(VipsImage **im, int side)
{
	double scale = (double)side / long_side(*im), h = 1.0 / (*im)->Xsize, v = 1.0 / (*im)->Ysize;
	VipsImage *next = NULL;

	if (scale >= 1)
		return true;
	return step(im, vips_resize(*im, &next, h > scale ? h : scale, "vscale", v > scale ? v : scale,
		"kernel", VIPS_KERNEL_CUBIC, "gap", 1.0, NULL), &next);
}

/* Transparent becomes white: black, libvips's own choice, would swallow the writing of a screenshot. */
static bool flatten(VipsImage **im)
{
	double white = (*im)->BandFmt == VIPS_FORMAT_USHORT ? 65535 : 255;
	VipsArrayDouble *background;
	VipsImage *next = NULL;
	bool done;

	if (!vips_image_hasalpha(*im))
		return true;
	background = vips_array_double_new(&white, 1);
	done = step(im, vips_flatten(*im, &next, "background", background, NULL), &next);
	vips_area_unref(VIPS_AREA(background));
	return done;
}

/* To sRGB by the picture's own profile, which the clean copy does not carry on; a profile that is broken is passed over. */
static bool to_srgb(VipsImage **im)
{
	VipsImage *next = NULL;

	if (vips_image_get_typeof(*im, VIPS_META_ICC_NAME) &&
	    step(im, vips_icc_transform(*im, &next, "srgb", "embedded", TRUE, NULL), &next))
		return true;
	return step(im, vips_colourspace(*im, &next, VIPS_INTERPRETATION_sRGB, NULL), &next);
}

static bool encode(VipsImage *im, struct coded *out)
{
	return !vips_jpegsave_buffer(im, &out->ptr, &out->len, "Q", QUALITY, "strip", TRUE, NULL);
}

/* Small, sRGB, in memory, upright: pixels are decoded here. */
static bool make(VipsImage **im, struct coded *clean, struct coded *thumb, struct wire_image *answer)
{
	VipsImage *next = NULL;
	bool done;

	if (!flatten(im) || !fit(im, IMAGE_SIDE_MAX) || !to_srgb(im))
		return false;
	next = vips_image_copy_memory(*im);
	if (!step(im, next ? 0 : -1, &next) || !step(im, vips_autorot(*im, &next, NULL), &next) || !encode(*im, clean))
		return false;
	answer->width = (*im)->Xsize;
	answer->height = (*im)->Ysize;
	done = fit(im, IMAGE_THUMB_MAX) && encode(*im, thumb);
	return done;
}

/* The largest of JPEG's own shrinks that leaves enough pixels: its decoder then does a quarter of the work, or less. */
static int shrink_for(const VipsImage *im)
{
	int shrink = 1;

	while (shrink < 8 && long_side(im) / (shrink * 2) >= IMAGE_SIDE_MAX)
		shrink *= 2;
	return shrink;
}

static enum image_kind read_photo(enum format format, struct bytes b, struct coded *clean, struct coded *thumb,
	struct wire_image *answer)
{
	VipsImage *im = load(format, b, 1);
	int shrink;
	bool made;

	if (!im)
		return is_cut_short(format, b) ? IMAGE_TRUNCATED : IMAGE_DAMAGED;
	if ((int64_t)im->Xsize * im->Ysize > IMAGE_PIXELS_MAX) {
		g_object_unref(im);
		return IMAGE_TOO_MANY_PIXELS;
	}
	shrink = format == FORMAT_JPEG ? shrink_for(im) : 1;
	if (shrink > 1) {
		g_object_unref(im);
		im = load(format, b, shrink);
	}
	made = im && make(&im, clean, thumb, answer);
	g_clear_object(&im);
	if (made)
		return IMAGE_CLEAN;
	return is_cut_short(format, b) ? IMAGE_TRUNCATED : IMAGE_DAMAGED;
}

static void image_read(struct worker *w, const struct worker_job *job)
{
	struct coded clean = { 0 }, thumb = { 0 };
	struct wire_image answer = { 0 };
	enum format format = format_of(job->input);
	enum image_kind kind;
	struct bytes parts[3] = { { &answer, sizeof answer } };
	bool whole;

	if (format == FORMAT_NONE)
		kind = IMAGE_NOT_AN_IMAGE;
	else if (format == FORMAT_PDF)
		kind = pdf_scan(job->input);
	else
		kind = read_photo(format, job->input, &clean, &thumb, &answer);
	answer.kind = kind;
	whole = kind == IMAGE_CLEAN;
	if (whole) {
		parts[1] = (struct bytes){ clean.ptr, clean.len };
		parts[2] = (struct bytes){ thumb.ptr, thumb.len };
		answer.clean = (uint32_t)clean.len;
		answer.thumb = (uint32_t)thumb.len;
	}
	worker_end(w, parts, whole ? 3 : 1);
	g_free(clean.ptr);
	g_free(thumb.ptr);
	vips_error_clear();
}

/* GLib would look for a terminal and a journal to write to; the reason we send says enough. */
static void silent(const gchar *domain, GLogLevelFlags level, const gchar *text, gpointer data)
{
	(void)domain;
	(void)level;
	(void)text;
	(void)data;
}

/* HEIC is a module of its own beside libvips: …/libvips.so.42 → …/vips-modules-8.14/vips-heif.so. Without it HEIC is refused. */
static void load_heic(void)
{
	Dl_info self;
	const char *slash;
	char *path;
	void *symbol = (void *)(uintptr_t)vips_init;

	if (!dladdr(symbol, &self) || !self.dli_fname || !(slash = strrchr(self.dli_fname, '/')))
		return;
	path = g_strdup_printf("%.*s/vips-modules-%d.%d/vips-heif.so", (int)(slash - self.dli_fname), self.dli_fname,
		VIPS_MAJOR_VERSION, VIPS_MINOR_VERSION);
	g_module_open(path, 0);
	g_free(path);
}

int image_worker_main(int fd)
{
	setenv("VIPSHOME", "/nonexistent", 1);
	g_log_set_default_handler(silent, NULL);
	if (vips_init("hoctap"))
		_exit(1);
	load_heic();
	vips_block_untrusted_set(TRUE);
	vips_concurrency_set(1);
	vips_cache_set_max(0);
	vips_vector_set_enabled(FALSE);          /* it would write machine code while running: the cage forbids it */
	worker_run(fd, image_read, 0);
}
