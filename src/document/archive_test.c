#include "tests/test.h"

#include <string.h>
#include <zip.h>

#include "document/archive.h"
#include "document/document_samples.h"

static const char *entry_text(struct arena *a, zip_t *zip, const char *name)
{
	zip_stat_t stat;
	zip_file_t *in;
	char *text;

	CHECK_INT(0, zip_stat(zip, name, ZIP_FL_ENC_UTF_8, &stat));
	text = arena_alloc(a, stat.size + 1);
	in = zip_fopen(zip, name, ZIP_FL_ENC_UTF_8);
	CHECK(in && zip_fread(in, text, stat.size) == (zip_int64_t)stat.size);     /* which checks the sum as well */
	CHECK_INT(0, zip_fclose(in));
	return text;
}

TEST(archive, another_program_reads_back_what_went_in)
{
	struct arena *a = arena_new(64 * MiB);
	struct scratch *spill = scratch_new(a);
	struct archive *z = archive_new(a, SAMPLE_MADE, scratch_sink(spill));
	char *long_text = arena_alloc(a, 200001);
	zip_source_t *source;
	struct bytes file;
	zip_t *zip;

	memset(long_text, 'x', 200000);
	CHECK_OUTCOME(OK, archive_add(z, "Tờ trình.txt", (struct bytes){ "đã ký", strlen("đã ký") }, false));
	CHECK_OUTCOME(OK, archive_add(z, "Giấy chứng nhận/0001: Ẩn.txt", (struct bytes){ long_text, 200000 }, true));
	CHECK_OUTCOME(OK, archive_add(z, "rỗng", (struct bytes){ "", 0 }, true));
	for (int i = 0; i < 1000; i++)
		CHECK_OUTCOME(OK, archive_add(z, arena_format(a, "tệp %04d", i), (struct bytes){ "a", 1 }, false));
	CHECK_OUTCOME(OK, archive_end(z));
	CHECK_OUTCOME(OK, scratch_bytes(spill, &file));
	CHECK(file.len < 200000);
	source = zip_source_buffer_create(file.ptr, file.len, 0, NULL);
	zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
	CHECK(zip != NULL);
	CHECK_INT(1003, zip_get_num_entries(zip, 0));
	CHECK_TEXT("đã ký", entry_text(a, zip, "Tờ trình.txt"));
	CHECK_TEXT(long_text, entry_text(a, zip, "Giấy chứng nhận/0001- Ẩn.txt"));
	CHECK_TEXT("", entry_text(a, zip, "rỗng"));
	CHECK_TEXT("a", entry_text(a, zip, "tệp 0999"));
	zip_discard(zip);
	arena_free(a);
}

static enum outcome full(void *state, const void *ptr, size_t len)
{
	size_t *room = state;

	(void)ptr;
	if (len > *room)
		return FAILED;
	*room -= len;
	return OK;
}

TEST(archive, a_sink_that_fails_ends_it)
{
	struct arena *a = arena_new(4 * MiB);
	size_t room = 100;
	struct archive *z = archive_new(a, SAMPLE_MADE, (struct sink){ full, &room });

	CHECK_OUTCOME(OK, archive_add(z, "a", (struct bytes){ "0123456789", 10 }, false));
	CHECK_OUTCOME(FAILED, archive_add(z, "b", (struct bytes){ "0123456789012345678901234567890123456789", 40 }, false));
	arena_free(a);
}
