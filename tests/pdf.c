#include "tests/pdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/test.h"

const char *pdf_tool(struct arena *a, struct bytes file, const char *before, const char *after)
{
	char path[] = "/tmp/hoctap-paper-XXXXXX.pdf";
	int fd = mkstemps(path, 4);
	struct buf out = BUF(a);
	char piece[4096];
	FILE *pipe;
	size_t n;

	CHECK(fd >= 0 && write(fd, file.ptr, file.len) == (ssize_t)file.len && close(fd) == 0);
	pipe = popen(arena_format(a, "%s %s %s 2>&1", before, path, after), "r");
	CHECK(pipe != NULL);
	while ((n = fread(piece, 1, sizeof piece, pipe)) > 0)
		buf_add(&out, piece, n);
	CHECK_INT(0, pclose(pipe));
	unlink(path);
	return buf_cstr(&out);
}

int pdf_pages(struct arena *a, struct bytes pdf)
{
	const char *at = strstr(pdf_tool(a, pdf, "pdfinfo", ""), "Pages:");

	CHECK(at != NULL);
	return (int)strtol(at + 6, NULL, 10);
}
