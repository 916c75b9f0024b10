/* Prints the page of the case named on the command line. */
#include <stdio.h>
#include <string.h>

#include "blocks_html.h"
#include "constants_html.h"
#include "layout_html.h"
#include "parts_html.h"
#include "space_html.h"
#include "values_html.h"

static const char *const tags[] = { "một", "h<i" };
static const struct child children[] = {
	{ "Ấp 1 & ấp 2", { "/a?x=1&y=2" }, 2, tags },
	{ "Ấp 3", { "/b" }, 0, NULL },
};
static const struct group groups[] = { { "Đông", children, 2 }, { "Tây", NULL, 0 } };
static const struct cases_view view = {
	.text = "<b>\"Bà\" & 'ông'</b>", .empty = "", .number = -5, .count = 7, .yes = true,
	.url = { "/x?a=1&b=\"2\"" }, .svg = { "<svg></svg>" },
	.group = { "Đông", children, 2 }, .nobody = { "Tây", NULL, 0 }, .groups = groups, .n_groups = 2,
	.form = { .name = { .name = "ten", .label = "Tên", .hint = "", .value = "\nNguyễn \"An\"", .error = "", .ticked = true } },
	.token = { "t0" },
};
static const struct { const char *name; void (*page)(struct buf *, const struct cases_view *); } cases[] = {
	{ "blocks", blocks_html }, { "constants", constants_html }, { "layout", layout_html }, { "parts", parts_html },
	{ "space", space_html }, { "values", values_html },
};

int main(int argc, char **argv)
{
	struct arena *arena = arena_new(1 * MiB);
	struct buf out = BUF(arena, .max = 512 * KiB);

	for (size_t i = 0; i < COUNT(cases); i++)
		if (argc == 2 && !strcmp(argv[1], cases[i].name))
			cases[i].page(&out, &view);
	fwrite(out.ptr, 1, out.len, stdout);
	arena_free(arena);
	return out.failed || !out.len;
}
