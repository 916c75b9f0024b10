#include "title/paper/forms_paper.h"

#include <string.h>

#include "base/day.h"
#include "document/document.h"
#include "text/text.h"
#include "title/paper/forms.h"
#include "title/paper/paper_messages.h"

enum { NAME_MOST = FORM_NAME_MAX + 1, NEAR = 3 };        /* letters that may differ */

/* ---- names ---- */

static const struct paper_field *names_of(enum paper paper, const char *list, size_t *n)
{
	const struct paper_list *lists;
	size_t n_lists;

	if (!*list)
		return paper_fields(n);
	lists = paper_lists(paper, &n_lists);
	for (size_t i = 0; i < n_lists; i++)
		if (!strcmp(lists[i].name, list)) {
			*n = lists[i].n;
			return lists[i].fields;
		}
	*n = 0;
	return NULL;
}

static bool has(const struct paper_field *fields, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(fields[i].name, name))
			return true;
	return false;
}

static bool is_list(enum paper paper, const char *name)
{
	size_t n;
	const struct paper_list *lists = paper_lists(paper, &n);

	for (size_t i = 0; i < n; i++)
		if (!strcmp(lists[i].name, name))
			return true;
	return false;
}

static bool is_known(enum paper paper, const struct form_field *f)
{
	size_t n;
	const struct paper_field *names;

	if (f->use == HOLE_LIST)
		return is_list(paper, f->name);
	names = names_of(paper, f->list, &n);
	if (has(names, n, f->name))
		return true;
	names = paper_fields(&n);
	return has(names, n, f->name);
}

/* Letters to change, add or take away (Levenshtein), over two rows. */
static size_t distance(const char *a, const char *b)
{
	size_t row[NAME_MOST + 1], la = strlen(a), lb = strlen(b);

	if (la > FORM_NAME_MAX || lb > FORM_NAME_MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= lb; j++)
		row[j] = j;
	for (size_t i = 1; i <= la; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= lb; j++) {
			size_t up = row[j], least = corner + (a[i - 1] != b[j - 1]);

			if (up + 1 < least)
				least = up + 1;
			if (row[j - 1] + 1 < least)
				least = row[j - 1] + 1;
			row[j] = least;
			corner = up;
		}
	}
	return row[lb];
}

static void nearest_of(const struct paper_field *fields, size_t n, const char *name, const char **best, size_t *least)
{
	for (size_t i = 0; i < n; i++) {
		size_t d = distance(fields[i].name, name);

		if (d < *least) {
			*least = d;
			*best = fields[i].name;
		}
	}
}

const char *form_nearest(enum paper paper, const char *list, const char *name)
{
	const char *best = "";
	size_t least = NEAR + 1, n;
	const struct paper_field *fields = names_of(paper, list, &n);

	nearest_of(fields, n, name, &best, &least);
	fields = paper_fields(&n);
	nearest_of(fields, n, name, &best, &least);
	return best;
}

/* ---- the check at upload ---- */

static bool said_before(const struct form_field *fields, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!strcmp(fields[k].name, fields[i].name) && fields[k].use == fields[i].use)
			return true;
	return false;
}

bool own_form_check(struct arena *a, struct bytes pieces, enum paper paper, struct problems *problems)
{
	const struct form_field *fields;
	enum form_fault fault;
	struct form *form;
	const char *what;
	size_t n;

	if (!form_open(a, pieces, &fault, &what, &form) || fault) {
		problem(problems, "file", form_fault_words(a, (int)fault, what));
		return false;
	}
	fields = form_fields(form, &n);
	for (size_t i = 0; i < n; i++)
		if (!is_known(paper, &fields[i]) && !said_before(fields, i))
			problem(problems, "file", fields[i].use == HOLE_LIST ? form_list_unknown(a, fields[i].name,
				paper_title(paper))
				: form_field_unknown(a, fields[i].name, form_nearest(paper, fields[i].list, fields[i].name)));
	return problems_none(problems);
}

/* ---- in use ---- */

static OUTCOME content_of(struct ask *ask, enum paper paper, const struct unit *commune, struct bytes *out)
{
	struct unit_list path;

	TRY(tree_path(ask, commune->id, arena_text(ask->arena, day_of(ask->now).text), &path));
	return form_content(ask, path.at[0].id, paper_code(paper), out);
}

OUTCOME form_is_replaced(struct ask *ask, enum paper paper, const struct unit *commune, bool *out)
{
	struct bytes content;
	enum outcome found = content_of(ask, paper, commune, &content);

	*out = found == OK;
	return found == NOT_FOUND ? OK : found;
}

OUTCOME form_make(struct ask *ask, enum paper paper, const struct unit *commune, const struct round *round, struct sink sink,
	bool *replaced)
{
	struct paper_values *values;
	enum form_fault fault;
	struct bytes content;
	struct form *form;
	const char *what;
	enum outcome found = content_of(ask, paper, commune, &content);

	*replaced = found == OK;
	if (found != OK)
		return found == NOT_FOUND ? OK : found;
	BUG_ON(!form_open(ask->arena, content, &fault, &what, &form) || fault);  /* checked when it was taken in */
	TRY(paper_values_open(ask, paper, commune, round, &values));
	return form_fill(form, ask->arena, &(struct form_values){ paper_value, paper_list_begin, paper_list_next, values },
		ask->now,
		sink);
}

/* ---- to begin with ---- */

static void starter_list(struct document *d, const struct paper_list *list)
{
	struct arena *a = document_arena(d);
	struct column *columns = ARENA_ARRAY(a, struct column, list->n);
	struct cell *row = ARENA_ARRAY(a, struct cell, list->n);

	for (size_t i = 0; i < list->n; i++) {
		columns[i] = (struct column){ list->fields[i].words, 20, ALIGN_LEFT };
		row[i] = cell_text(arena_format(a, "%s{%s}%s", i ? "" : arena_format(a, "{#%s}", list->name),
			list->fields[i].name,
			i + 1 < list->n ? "" : arena_format(a, "{/%s}", list->name)));
	}
	document_table(d, &(struct table){ .name = list->name, .caption = list->words, .columns = columns, .n_columns = list->n,
		.rows = row, .n_rows = 1, .size = 10 });
}

OUTCOME form_starter(struct ask *ask, enum paper paper, struct sink sink)
{
	struct document *d = document_new(ask->arena, &(struct document_setup){ .title = paper_title(paper), .made = ask->now });
	size_t n, n_lists;
	const struct paper_field *fields = paper_fields(&n);
	const struct paper_list *lists = paper_lists(paper, &n_lists);

	document_title(d, text_upper(ask->arena, paper_title(paper)),
		"Mẫu để sửa: giữ các chỗ trong ngoặc nhọn cần dùng, bỏ chỗ khác", "");
	for (size_t i = 0; i < n; i++)
		document_line(d, RUNS(PLAIN(arena_format(ask->arena, "%s: {%s}", fields[i].words, fields[i].name))));
	for (size_t i = 0; i < n_lists; i++)
		starter_list(d, &lists[i]);
	return document_render(d, DOCUMENT_DOCX, sink);
}
