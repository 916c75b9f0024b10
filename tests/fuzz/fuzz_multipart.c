/* The same body in any pieces gives the same verdict and the same fields. The first byte chooses the pieces. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "http/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_FORM(FIELD) FIELD(text, a, .label = "A", .max = 99) FIELD(files, f, .label = "F", .max_bytes = 40)
FORM(fuzz_form, FUZZ_FORM)
FORM_DEFINE(fuzz_form, FUZZ_FORM)

static enum multipart_state receive(struct input *in, const char *data, size_t size, size_t piece)
{
	struct multipart *m;

	*in = (struct input){ .arena = arena_new(64 * MiB) };
	m = multipart_new(in, &fuzz_form_def, "multipart/form-data; boundary=B", P_tmpdir);
	for (size_t at = 0; at < size; at += piece)
		multipart_feed(m, data + at, piece < size - at ? piece : size - at);
	return multipart_end(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input whole, pieces;
	enum multipart_state a, b;

	if (!size)
		return 0;
	a = receive(&whole, (const char *)data + 1, size - 1, size);
	b = receive(&pieces, (const char *)data + 1, size - 1, data[0] % 64 + 1u);
	BUG_ON(a == MULTIPART_GOING || a != b || (a == MULTIPART_DONE && (whole.n != pieces.n || whole.n_uploads != pieces.n_uploads)));
	for (size_t i = 0; a == MULTIPART_DONE && i < whole.n; i++)
		BUG_ON(strcmp(whole.pairs[i].name, pieces.pairs[i].name) != 0 || strcmp(whole.pairs[i].value, pieces.pairs[i].value) != 0);
	for (size_t i = 0; a == MULTIPART_DONE && i < whole.n_uploads; i++) {
		const struct upload *x = &whole.uploads[i].upload, *y = &pieces.uploads[i].upload;

		BUG_ON(x->size != y->size || x->content.len != y->content.len || (x->size > 40 && x->content.len));
		BUG_ON(x->content.len && memcmp(x->content.ptr, y->content.ptr, x->content.len) != 0);
	}
	arena_free(whole.arena);
	arena_free(pieces.arena);
	return 0;
}
