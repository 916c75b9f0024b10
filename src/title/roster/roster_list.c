/* Lists as they are kept: sent in, read, decided about. What a list does to people is roster_apply.c. */
#include "title/roster/roster_list.h"

#include <string.h>

#include "base/day.h"
#include "crypto/keyring.h"
#include "db/transaction.h"
#include "registry/access/access.h"
#include "registry/jobs/jobs.h"
#include "registry/tree/tree.h"
#include "roster_list_sql.h"
#include "text/text.h"
#include "title/roster/roster_judge.h"
#include "title/roster/roster_content.h"
#include "title/roster/roster_messages.h"

static int64_t account_of(const struct ask *ask)
{
	return ask->actor ? ask->actor->account_id : 0;
}

static int64_t day_began(const struct ask *ask)
{
	return day_start(day_of(ask->now).text);
}

/* ---- kept and found ---- */

static OUTCOME trim(struct ask *ask)
{
	struct sql_list_old_row *old;
	size_t n;

	TRY(sql_list_old(ask, account_of(ask), day_began(ask), &old, &n));
	for (size_t i = 0; i < n; i++) {         /* never more than were sent in since the last time: one */
		TRY(sql_list_remove_rows(ask, old[i].id));
		TRY(sql_list_remove(ask, old[i].id));
	}
	return OK;
}

static OUTCOME add_job(struct ask *ask, const char *kind, const char *title, int64_t list_id, int64_t unit_id, int64_t *job_id)
{
	return job_add(ask, &(struct job_new){ .kind = kind, .title = title, .unit_id = unit_id,
		.input = arena_format(ask->arena, "{\"list\":%lld}", (long long)list_id) }, job_id);
}

static OUTCOME keep(struct ask *ask, int64_t unit_id, int64_t from_round, const char *name, struct bytes file, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	int64_t job_id;

	TRY(access_require(ask, PERMIT_ROSTER, unit_id));
	TRY(roster_unit_takes_lists(ask, unit_id));
	TRY(tree_new_id(ask, "roster", id));
	TRY(add_job(ask, "roster_read", arena_format(ask->arena, "Đọc danh sách %s", name), *id, unit_id, &job_id));
	TRY(sql_list_insert(ask, &(struct sql_list_insert_in){ .id = *id, .account_id = account_of(ask), .unit_id = unit_id,
		.from_round = from_round, .registers = from_round > 0, .name = name,
		.content = keyring_encrypt(ask->keys, ask->arena, file), .shape = { "", 0 }, .job_id = job_id, .at = ask->now }));
	TRY(trim(ask));
	return db_commit(&tx);
}

OUTCOME list_keep(struct ask *ask, int64_t unit_id, const char *name, struct bytes file, int64_t *id)
{
	return keep(ask, unit_id, 0, name, file, id);
}

OUTCOME list_keep_former(struct ask *ask, int64_t unit_id, int64_t *id)
{
	struct round newest, former;
	enum outcome found = round_newest(ask, &newest);

	if (found == OK)
		found = round_get(ask, newest.id - 1, &former);
	if (found == NOT_FOUND) {
		problem(ask->problems, "", ROSTER_NO_FORMER);
		return INVALID;
	}
	TRY(found);
	return keep(ask, unit_id, former.id, arena_format(ask->arena, "Người đã đăng ký đợt %lld", (long long)former.id),
		    (struct bytes){"", 0}, id);
}

#define LIST_OF(r)                                                                                                               \
	((struct list){.id = (r).id,                                                                                             \
		       .version = (r).version,                                                                                   \
		       .account_id = (r).account_id,                                                                             \
		       .unit_id = (r).unit_id,                                                                                   \
		       .round_id = (r).round_id,                                                                                 \
		       .from_round = (r).from_round,                                                                             \
		       .job_id = (r).job_id,                                                                                     \
		       .at = (r).at,                                                                                             \
		       .applied_at = (r).applied_at,                                                                             \
		       .name = (r).name,                                                                                         \
		       .note = (r).note,                                                                                         \
		       .columns = (r).columns,                                                                                   \
		       .choices = (r).choices,                                                                                   \
		       .state = (enum list_state)(r).state,                                                                      \
		       .settings = {.scores_of = (enum list_scores)(r).scores_of,                                                \
				    .consent_day = (r).consent_day,                                                              \
				    .consent_holder = (r).consent_holder,                                                        \
				    .registers = (r).registers != 0,                                                             \
				    .submits = (r).submits != 0,                                                                 \
				    .group = (r).group_code,                                                                     \
				    .leaf_id = (r).leaf_id}})

OUTCOME list_get_any(struct ask *ask, int64_t id, struct list *out)
{
	struct sql_list_get_row row;

	TRY(sql_list_get(ask, id, &row));
	*out = LIST_OF(row);
	if (row.shape.len && keyring_decrypt(ask->keys, ask->arena, row.shape, &out->shape) != OK)
		return FAILED;
	return OK;
}

OUTCOME list_get(struct ask *ask, int64_t id, struct list *out)
{
	TRY(list_get_any(ask, id, out));
	return out->account_id == account_of(ask) ? OK : NOT_FOUND;
}

OUTCOME list_file(struct ask *ask, int64_t id, struct bytes *out)
{
	struct bytes sealed;

	TRY(sql_list_content(ask, id, &sealed));
	return keyring_decrypt(ask->keys, ask->arena, sealed, out) == OK ? OK : FAILED;
}

OUTCOME lists_of_actor(struct ask *ask, struct lists *out)
{
	struct sql_lists_of_account_row *rows;
	struct list *lists;

	TRY(sql_lists_of_account(ask, account_of(ask), &rows, &out->n));
	lists = ARENA_ARRAY(ask->arena, struct list, out->n);
	for (size_t i = 0; i < out->n; i++)
		lists[i] = LIST_OF(rows[i]);
	out->at = lists;
	return OK;
}

OUTCOME list_counts(struct ask *ask, int64_t id, struct list_counts *out)
{
	struct sql_list_counts_row *rows;
	size_t n;

	*out = (struct list_counts){ 0 };
	TRY(sql_list_counts(ask, id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		out->of[rows[i].verdict] = rows[i].n;
		out->waiting += rows[i].waiting;
	}
	return OK;
}

/* ---- rows ---- */

/* The statements that read rows have the same columns. */
#define ROW_OF(r) ((struct list_row){ .line = (r).line, .person_id = (r).person_id, .verdict = (enum list_verdict)(r).verdict, \
	.waits = (r).waits != 0, .codes = (r).codes, .choices = (r).choices })

static OUTCOME open_row(struct ask *ask, struct bytes sealed, struct list_row *row)
{
	struct bytes plain;

	if (keyring_decrypt(ask->keys, ask->arena, sealed, &plain) != OK)
		return FAILED;
	return content_read(ask, plain, row);
}

#define ROWS_INTO(out, rows, n) do { \
		struct list_row *list_ = ARENA_ARRAY(ask->arena, struct list_row, (n)); \
		for (size_t i_ = 0; i_ < (n); i_++) { \
			list_[i_] = ROW_OF((rows)[i_]); \
			TRY(open_row(ask, (rows)[i_].content, &list_[i_])); \
		} \
		*(out) = (struct list_rows){ (n), list_ }; \
	} while (0)

OUTCOME list_rows(struct ask *ask, const struct list *list, int filter, int64_t after, struct list_rows *out)
{
	struct sql_list_rows_all_row *all;
	struct sql_list_rows_of_row *of;
	struct sql_list_rows_waiting_row *waiting;
	size_t n;

	if (filter < 0) {
		TRY(sql_list_rows_all(ask, list->id, after, &all, &n));
		ROWS_INTO(out, all, n);
	} else if (filter == LIST_LEFT) {
		TRY(sql_list_rows_waiting(ask, list->id, after, &waiting, &n));
		ROWS_INTO(out, waiting, n);
	} else {
		TRY(sql_list_rows_of(ask, list->id, filter, after, &of, &n));
		ROWS_INTO(out, of, n);
	}
	return OK;
}

OUTCOME list_row(struct ask *ask, const struct list *list, int64_t line, struct list_row *out)
{
	struct sql_list_row_get_row row;

	TRY(sql_list_row_get(ask, list->id, line, &row));
	*out = ROW_OF(row);
	return open_row(ask, row.content, out);
}

OUTCOME list_codes(struct ask *ask, const struct list *list, struct list_codes *out)
{
	struct sql_list_doubts_row *rows;
	struct list_code *codes;
	size_t n, m = 0;

	TRY(sql_list_doubts(ask, list->id, LIST_DOUBTFUL, &rows, &n));
	codes = ARENA_ARRAY(ask->arena, struct list_code, roster_doubts_n);
	for (size_t d = 0; d < roster_doubts_n; d++) {
		struct list_code code = { .doubt = roster_doubt_at(d) };

		for (size_t i = 0; i < n && code.doubt->may; i++) {
			code.n += roster_has_code(rows[i].codes, code.doubt->code) ? rows[i].n : 0;
			code.waiting += roster_has_code(rows[i].codes, code.doubt->code) ? rows[i].waiting : 0;
		}
		code.choice = roster_chosen(list->choices, code.doubt->code);
		if (code.n)
			codes[m++] = code;
	}
	*out = (struct list_codes){ m, codes };
	return OK;
}

OUTCOME list_refused_for(struct ask *ask, const struct list *list, const char *code, int64_t *out)
{
	struct sql_list_doubts_row *rows;
	size_t n;

	*out = 0;
	TRY(sql_list_doubts(ask, list->id, LIST_REFUSED, &rows, &n));
	for (size_t i = 0; i < n; i++)
		*out += roster_has_code(rows[i].codes, code) ? rows[i].n : 0;
	return OK;
}

/* ---- what the officer says ---- */

/* version 0: whatever it is. */
static OUTCOME open_list(struct ask *ask, int64_t id, int64_t version, struct list *out)
{
	TRY(list_get(ask, id, out));
	TRY(access_require(ask, PERMIT_ROSTER, out->unit_id));
	if (version && out->version != version)
		return CONFLICT;
	if (out->state == LIST_READ)
		return OK;
	problem(ask->problems, "", ROSTER_NOT_OPEN);
	return INVALID;
}

static bool may_choose(const char *code, enum list_choice choice)
{
	const struct doubt *doubt = roster_doubt(code);

	return doubt && doubt->may >> choice & 1;
}

OUTCOME list_decide(struct ask *ask, int64_t id, int64_t line, const char *code, enum list_choice choice)
{
	DB_TRANSACTION(tx, ask->db);
	struct sql_list_row_get_row row;
	const char *choices;
	struct list list;

	TRY(open_list(ask, id, 0, &list));
	TRY(sql_list_row_get(ask, id, line, &row));
	if (choice == CHOICE_PERSON || !may_choose(code, choice) || !roster_has_code(row.codes, code)) {
		problem(ask->problems, "choice", ROSTER_NO_SUCH_CHOICE);
		return INVALID;
	}
	choices = roster_choose(ask->arena, row.choices, code, choice);
	TRY(sql_list_row_choose(ask, choices, roster_waits(ask->arena, row.codes, choices, list.choices), id, line));
	return db_commit(&tx);
}

OUTCOME list_decide_person(struct ask *ask, int64_t id, int64_t line, int64_t person_id)
{
	DB_TRANSACTION(tx, ask->db);
	const char *choices;
	struct list_row row;
	struct list list;
	bool offered = false;

	TRY(open_list(ask, id, 0, &list));
	TRY(list_row(ask, &list, line, &row));
	for (size_t i = 0; i < row.n_alike; i++)
		offered |= row.alike[i].person_id == person_id;
	if (!offered || !roster_has_code(row.codes, "people_alike")) {
		problem(ask->problems, "choice", ROSTER_NO_SUCH_CHOICE);
		return INVALID;
	}
	choices = roster_choose_person(ask->arena, row.choices, "people_alike", person_id);
	TRY(sql_list_row_choose(ask, choices, roster_waits(ask->arena, row.codes, choices, list.choices), id, line));
	return db_commit(&tx);
}

/* Which rows wait, now that something was decided for all. */
static OUTCOME wait_anew(struct ask *ask, int64_t id, const char *choices)
{
	struct sql_list_doubtful_row *rows;
	size_t n;

	TRY(sql_list_doubtful(ask, id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		bool waits = roster_waits(ask->arena, rows[i].codes, rows[i].choices, choices);

		if (waits != (rows[i].waits != 0))
			TRY(sql_list_row_wait(ask, waits, id, rows[i].line));
	}
	return OK;
}

OUTCOME list_decide_all(struct ask *ask, int64_t id, const char *code, enum list_choice choice)
{
	DB_TRANSACTION(tx, ask->db);
	const char *choices;
	struct list list;

	TRY(open_list(ask, id, 0, &list));
	if (choice == CHOICE_PERSON || !may_choose(code, choice)) {
		problem(ask->problems, "choice", ROSTER_NO_SUCH_CHOICE);
		return INVALID;
	}
	choices = roster_choose(ask->arena, list.choices, code, choice);
	TRY(sql_list_set_choices(ask, choices, id, list.version));
	TRY(wait_anew(ask, id, choices));
	return db_commit(&tx);
}

static OUTCOME write_settings(struct ask *ask, int64_t id, int64_t version, const struct list_settings *s)
{
	return sql_list_set(ask, &(struct sql_list_set_in){ .scores_of = s->scores_of, .consent_day = s->consent_day,
		.consent_holder = s->consent_holder, .registers = s->registers, .submits = s->submits, .group_code = s->group,
		.leaf_id = s->leaf_id, .id = id, .version = version });
}

OUTCOME list_set_columns(struct ask *ask, int64_t id, int64_t version, const struct list_columns *c)
{
	DB_TRANSACTION(tx, ask->db);
	struct list_settings settings;
	struct list list;
	int64_t job_id;

	TRY(open_list(ask, id, version, &list));
	settings = list.settings;
	settings.group = c->group;
	settings.leaf_id = c->leaf_id;
	TRY(write_settings(ask, id, version, &settings));
	TRY(sql_list_set_columns(ask, c->all, id, version + 1));
	if (c->moved)
		TRY(sql_list_forget_choices(ask, id));
	if (*c->sheet)
		TRY(sql_columns_keep(ask, list.unit_id, c->headings, c->sheet, ask->now));
	TRY(add_job(ask, "roster_read", arena_format(ask->arena, "Đọc lại danh sách %s", list.name), id, list.unit_id, &job_id));
	TRY(sql_list_go(ask, LIST_READING, "", job_id, 0, id, version + 2));
	return db_commit(&tx);
}

static void check_settings(struct ask *ask, const struct list_settings *s, bool has_scores)
{
	bool enters = has_scores || s->registers;

	if (has_scores && s->scores_of == LIST_SCORES_UNSAID)
		problem(ask->problems, "scores_of", ROSTER_SCORES_UNSAID);
	if (enters && !*s->consent_day)
		problem(ask->problems, "consent_day", ROSTER_CONSENT_DAY);
	else if (enters && strcmp(s->consent_day, day_of(ask->now).text) > 0)
		problem(ask->problems, "consent_day", ROSTER_CONSENT_FUTURE);
	if (enters && !*s->consent_holder)
		problem(ask->problems, "consent_holder", ROSTER_CONSENT_HOLDER);
}

OUTCOME list_apply(struct ask *ask, int64_t id, int64_t version, const struct list_settings *s)
{
	DB_TRANSACTION(tx, ask->db);
	struct list list;
	int64_t job_id;
	bool has_scores;

	TRY(open_list(ask, id, version, &list));
	TRY(shape_has_scores(ask, list.shape, &has_scores));
	check_settings(ask, s, has_scores);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(write_settings(ask, id, version, s));
	TRY(add_job(ask, "roster_apply", arena_format(ask->arena, "Ghi danh sách %s", list.name), id, list.unit_id, &job_id));
	TRY(sql_list_go(ask, LIST_APPLYING, "", job_id, 0, id, version + 1));
	return db_commit(&tx);
}

OUTCOME list_undo(struct ask *ask, int64_t id, int64_t version)
{
	DB_TRANSACTION(tx, ask->db);
	struct list list;
	int64_t job_id;

	TRY(list_get(ask, id, &list));
	TRY(access_require(ask, PERMIT_ROSTER, list.unit_id));
	if (list.version != version)
		return CONFLICT;
	if (list.state != LIST_APPLIED || list.applied_at < day_began(ask)) {
		problem(ask->problems, "", list.state == LIST_APPLIED ? ROSTER_UNDO_LATE : ROSTER_UNDO_NOTHING);
		return INVALID;
	}
	TRY(add_job(ask, "roster_undo", arena_format(ask->arena, "Hoàn lại danh sách %s", list.name), id, list.unit_id, &job_id));
	TRY(sql_list_go(ask, LIST_UNDOING, "", job_id, list.applied_at, id, version));
	return db_commit(&tx);
}

/* ---- for the jobs ---- */

OUTCOME list_end(struct ask *ask, const struct list *list, enum list_state state, const char *note)
{
	int64_t applied_at = state == LIST_APPLIED ? (list->applied_at ? list->applied_at : ask->now) : 0;

	return sql_list_go(ask, state, note, list->job_id, applied_at, list->id, list->version);
}

OUTCOME list_row_choices(struct ask *ask, int64_t id, struct list_row_choices *out)
{
	struct sql_list_row_choices_row *rows;
	struct list_row_choice *list;

	*out = (struct list_row_choices){ 0 };
	TRY(sql_list_row_choices(ask, id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct list_row_choice, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = (struct list_row_choice){ rows[i].line, rows[i].choices };
	out->at = list;
	return OK;
}

const char *list_row_choice(void *state, int64_t line)
{
	struct list_row_choices *c = state;

	while (c->at_last < c->n && c->at[c->at_last].line < line)
		c->at_last++;
	return c->at_last < c->n && c->at[c->at_last].line == line ? c->at[c->at_last].choices : "";
}

static OUTCOME store_row(struct ask *ask, const struct list *list, const struct roster_reading *reading,
			 const struct list_judged *r, int64_t line, const char *choices)
{
	const char *sheet = reading->n_sheets > 1 ? reading->sheets[r->row.read.sheet].name : "";
	struct bytes content = keyring_encrypt(ask->keys, ask->arena, content_write(ask->arena, sheet, &r->row));

	return sql_list_row_insert(
		ask, &(struct sql_list_row_insert_in){.roster_id = list->id,
						      .line = line,
						      .verdict = r->verdict,
						      .waits = r->verdict == LIST_DOUBTFUL &&
							       roster_waits(ask->arena, r->codes, choices, list->choices),
						      .codes = r->codes,
						      .choices = choices,
						      .person_id = r->row.person_id,
						      .content = content,
						      .undo = {"", 0}});
}

static void free_scratch(void *arena) { arena_free(arena); }

OUTCOME list_storing_open(struct ask *ask, const struct list *list, const struct roster_reading *reading,
			  const struct list_rows_judged *rows, struct list_storing *out)
{
	*out = (struct list_storing){ .ask = ask, .row = *ask, .list = list, .reading = reading, .rows = rows };
	out->row.arena = arena_new(1 * MiB);
	arena_on_release(ask->arena, free_scratch, out->row.arena);
	return list_row_choices(ask, list->id, &out->choices);
}

OUTCOME list_storing_row(struct list_storing *s, size_t i)
{
	int64_t line = (int64_t)i + 1;

	arena_reset(s->row.arena);
	TRY(sql_list_remove_row(s->ask, s->list->id, line));
	return store_row(&s->row, s->list, s->reading, &s->rows->at[i], line, list_row_choice(&s->choices, line));
}

OUTCOME list_storing_end(struct list_storing *s)
{
	struct bytes shape = shape_write(s->ask->arena, s->reading, s->rows);

	TRY(sql_list_remove_rows_after(s->ask, s->list->id, (int64_t)s->rows->n));
	return sql_list_set_shape(s->ask, keyring_encrypt(s->ask->keys, s->ask->arena, shape), s->list->id);
}

OUTCOME list_store_rows(struct ask *ask, const struct list *list, const struct roster_reading *reading,
			const struct list_rows_judged *rows)
{
	DB_TRANSACTION(tx, ask->db);
	struct list_storing storing;

	TRY(list_storing_open(ask, list, reading, rows, &storing));
	for (size_t i = 0; i < rows->n; i++)
		TRY(list_storing_row(&storing, i));
	TRY(list_storing_end(&storing));
	return db_commit(&tx);
}
