/* The commune's meeting: which sheets it proposes, and its minutes; the posting of their names. */
#include "title/recognition/recognition.h"

#include <string.h>

#include "base/day.h"
#include "db/transaction.h"
#include "json/json.h"
#include "recognition_sql.h"
#include "registry/access/access.h"
#include "registry/tree/tree.h"
#include "text/text.h"
#include "title/recognition/move.h"
#include "title/recognition/recognition_messages.h"

enum { FIELD_COUNT = 10 };

/* ---- minutes ---- */

static const char *const names[FIELD_COUNT] = { "registered", "submitted", "assisted", "reviewed", "listed", "not_met",
	"short_total",
	"short_each", "attendees", "votes_for" };

static const char *minutes_write(struct arena *arena, const struct minutes *m)
{
	const int64_t values[FIELD_COUNT] = { m->registered, m->submitted, m->assisted, m->reviewed, m->listed, m->not_met,
		m->short_total,
		m->short_each, m->attendees, m->votes_for };
	struct buf out = BUF(arena, .max = 4 * KiB);
	struct json_out json = { .out = &out };

	json_begin_object(&json);
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		json_put_key(&json, names[i]);
		json_put_int(&json, values[i]);
	}
	json_end(&json);
	return buf_cstr(&out);
}

static struct minutes minutes_read(struct arena *arena, const char *text)
{
	struct problems problems = PROBLEMS(arena);
	const struct json *root;
	int64_t v[FIELD_COUNT];

	BUG_ON(json_parse(arena, (struct bytes){ text, strlen(text) }, &problems,
		&root) != OK);    /* only minutes_write writes there */
	for (size_t i = 0; i < FIELD_COUNT; i++)
		v[i] = json_int(json_member(root, names[i]), 0, INT32_MAX);
	return (struct minutes){ v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9] };
}

static int64_t lines_in(const char *text)
{
	int64_t n = *text != '\0';

	for (; (text = strchr(text, '\n')); text++)
		n++;
	return n;
}

/* ---- the meeting ---- */

static const char *what_is_missing(struct arena *a, const struct verdict_of_scores *v, const struct criteria *c)
{
	struct buf out = BUF(a, .max = KiB);

	if (v->short_by)
		buf_format(&out, "Tổng %d điểm, thiếu %d điểm", v->total, v->short_by);
	for (int i = 0; i < v->n_low; i++)
		buf_format(&out, "%s %d", i ? "," : out.len ? "; chỉ số" : "Chỉ số", v->low[i]);
	if (v->n_low)
		buf_format(&out, " dưới %d", c->each_min);
	buf_char(&out, '.');
	return buf_cstr(&out);
}

/* Sheets of one round may stand under two releases of the criteria: each is judged under its own. */
static OUTCOME criteria_of(struct ask *ask, int64_t id, const struct criteria **kept)
{
	return *kept && (*kept)->id == id ? OK : criteria_get(ask, id, kept);
}

struct meeting_made {
	const struct meeting_new *new;
	struct exceptions left;
	struct minutes minutes;
	const struct criteria *criteria;
};

static OUTCOME list_one(struct ask *ask, struct move *move, struct meeting_made *made, int64_t person_id)
{
	const struct exception *except = exception_of(&made->left, person_id);
	struct minutes *m = &made->minutes;
	struct sheet sheet;
	struct verdict_of_scores verdict;
	const char *reason = NULL;

	TRY(move_next(move, (struct sheet_key){ person_id, made->new->round_id }, &sheet));
	TRY(criteria_of(ask, sheet.criteria_id, &made->criteria));
	verdict = criteria_judge(made->criteria, &sheet.reviewed);
	if (except)
		reason = except->reason;
	else if (!verdict.passes)
		reason = what_is_missing(move->row.arena, &verdict, made->criteria);
	m->reviewed++;
	m->listed += !reason;
	m->not_met += reason != NULL;
	m->short_total += verdict.short_by > 0;
	m->short_each += verdict.n_low > 0;
	sheet.state = reason ? SHEET_NOT_MET : SHEET_LISTED;
	sheet.state_reason = reason ? reason : "";
	return move_write(move, &sheet, (struct sheet_write){ .action = reason ? AUDIT_SHEET_NOT_MET : AUDIT_SHEET_LISTED,
		.reason = reason });
}

static void check_meeting(struct ask *ask, const struct meeting_new *new, size_t n)
{
	recognition_check_past(ask, "held_on", new->held_on);
	if (!n)
		problem(ask->problems, "", MEETING_NOBODY);
	if (!*new->attendees)
		problem(ask->problems, "attendees", MEETING_NO_ATTENDEES);
	else if (new->votes_for > lines_in(new->attendees))
		problem(ask->problems, "votes_for", MEETING_VOTES_WRONG);
}

static OUTCOME write_meeting(struct ask *ask, const struct meeting_new *new, const struct minutes *m, int64_t *id)
{
	const char *minutes = minutes_write(ask->arena, m);

	TRY(tree_new_id(ask, "meeting", id));
	TRY(sql_meeting_insert(ask, &(struct sql_meeting_insert_in){ .id = *id, .round_id = new->round_id,
		.commune_id = new->commune_id,
		.held_on = new->held_on, .place = new->place, .number = new->number, .chair = new->chair,
		.secretary = new->secretary,
		.attendees = new->attendees, .absent = new->absent, .discussion = new->discussion, .minutes = minutes,
		.made_at = ask->now }));
	return recognition_trace(ask, AUDIT_MEETING_HELD, "meeting", *id, 1, new->commune_id, NULL, minutes, NULL);
}

/* What the minutes count: as of now, before the sheets move. */
static OUTCOME count_all(struct ask *ask, const struct meeting_new *new, struct minutes *m)
{
	struct figure_counts counts;

	TRY(figures_of_unit(ask, new->round_id, new->commune_id, "", &counts));
	*m = (struct minutes){ .registered = counts.registered, .submitted = counts.submitted,
		.attendees = lines_in(new->attendees), .votes_for = new->votes_for };
	return sql_assisted_count(ask, new->round_id, new->commune_id, &m->assisted);
}

OUTCOME meeting_hold(struct ask *ask, const struct meeting_new *new, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	struct leaving leaving = { .step = LEAVING_MEETING, .round_id = new->round_id, .commune_id = new->commune_id };
	struct meeting_made made = { .new = new };
	struct move move;
	struct round round;
	struct sql_people_in_state_row *people;
	size_t n;

	TRY(recognition_begin(ask, PERMIT_LIST_EDIT, new->round_id, new->commune_id, &round));
	TRY(sql_people_in_state(ask, new->round_id, new->commune_id, SHEET_REVIEWED, &people, &n));
	TRY(left_out(ask, &leaving, &made.left));
	if (made.left.n != (size_t)new->left_out)
		return CONFLICT;
	check_meeting(ask, new, n);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(count_all(ask, new, &made.minutes));
	move_begin(&move, ask);
	for (size_t i = 0; i < n; i++)
		TRY(list_one(ask, &move, &made, people[i].person_id));
	TRY(move_end(&move));
	TRY(left_out_end(ask, &leaving, &made.left));
	TRY(write_meeting(ask, new, &made.minutes, id));
	return db_commit(&tx);
}

#define MEETING_OF(arena, r) ((struct meeting){ (r).id, (r).round_id, (r).commune_id, (r).version, (r).held_on, (r).place, \
	(r).number, (r).chair, (r).secretary, (r).attendees, (r).absent, (r).discussion, minutes_read(arena, (r).minutes), \
	(r).began, (r).ended, (r).relatives, (r).copies })

OUTCOME meeting_list(struct ask *ask, int64_t round_id, int64_t commune_id, struct meeting_list *out)
{
	struct sql_meetings_of_row *rows;
	struct meeting *list;

	TRY(sql_meetings_of(ask, commune_id, round_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct meeting, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = MEETING_OF(ask->arena, rows[i]);
	out->at = list;
	return OK;
}

OUTCOME meeting_get(struct ask *ask, int64_t id, struct meeting *out)
{
	struct sql_meeting_get_row row;

	TRY(sql_meeting_get(ask, id, &row));
	*out = MEETING_OF(ask->arena, row);
	return OK;
}

static const char *meeting_words(struct arena *a, const struct meeting *m)
{
	return audit_json(a, "number", m->number, "place", m->place, "chair", m->chair, "secretary", m->secretary, "attendees",
		m->attendees, "absent", m->absent, "discussion", m->discussion, "began", m->began, "ended", m->ended, "relatives",
		m->relatives, "copies", m->copies, NULL);
}

OUTCOME meeting_change(struct ask *ask, const struct meeting *m)
{
	DB_TRANSACTION(tx, ask->db);
	struct meeting old;

	TRY(meeting_get(ask, m->id, &old));
	TRY(access_require(ask, PERMIT_LIST_EDIT, old.commune_id));
	if (lines_in(m->attendees) != old.minutes.attendees)
		problem(ask->problems, "attendees", meeting_attendees_fixed(ask->arena, old.minutes.attendees));
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(sql_meeting_update(ask, &(struct sql_meeting_update_in){ .id = m->id, .version = m->version, .place = m->place,
		.number = m->number, .chair = m->chair, .secretary = m->secretary, .attendees = m->attendees, .absent = m->absent,
		.discussion = m->discussion, .began = m->began, .ended = m->ended, .relatives = m->relatives, .copies =
			m->copies }));
	TRY(recognition_trace(ask, AUDIT_MEETING_CHANGED, "meeting", m->id, m->version + 1, old.commune_id,
		meeting_words(ask->arena, &old), meeting_words(ask->arena, m), NULL));
	return db_commit(&tx);
}

OUTCOME changed_scores(struct ask *ask, int64_t round_id, int64_t commune_id, const struct changed_line *after,
	struct changed_lines *out)
{
	struct bytes key = after ? after->name_key : (struct bytes){ "", 0 };
	struct sql_changed_scores_row *rows;
	struct changed_line *lines;

	TRY(sql_changed_scores(ask, round_id, commune_id, key, after ? after->person_id : 0, after ? after->id : 0,
		&rows, &out->n));
	lines = ARENA_ARRAY(ask->arena, struct changed_line, out->n);
	for (size_t i = 0; i < out->n; i++)
		lines[i] = (struct changed_line){ rows[i].person_id, rows[i].id, rows[i].indicator, rows[i].was, rows[i].became,
			rows[i].name, rows[i].birth, rows[i].reason, rows[i].name_key };
	out->at = lines;
	return OK;
}

/* ---- posting ---- */

int working_days(const char *from, const char *until)
{
	int n = 0, days = day_count(from, until), weekday = day_count("1900-01-01", from) % 7;      /* that day was a Monday */

	for (int i = 0; i <= days; i++)
		n += (weekday + i) % 7 < 5;
	return n;
}

static OUTCOME post_all(struct ask *ask, const struct posting *p, int64_t *posted)
{
	struct move move;
	struct sql_people_in_state_row *people;
	size_t n;

	*posted = 0;
	TRY(sql_people_in_state(ask, p->round_id, p->commune_id, SHEET_LISTED, &people, &n));
	move_begin(&move, ask);
	for (size_t i = 0; i < n; i++) {
		struct sheet sheet;

		TRY(move_next(&move, (struct sheet_key){ people[i].person_id, p->round_id }, &sheet));
		if (sheet.no_posting)
			continue;
		sheet.state = SHEET_POSTED;
		TRY(move_write(&move, &sheet, (struct sheet_write){ .action = AUDIT_SHEET_POSTED }));
		++*posted;
	}
	return move_end(&move);
}

/* held_on: of the newest meeting, "" when there was none. A day that was not typed is the form's to tell. */
static void check_posting(struct ask *ask, const struct posting *p, const struct round *round, const char *held_on)
{
	if (*p->from_day && strcmp(p->from_day, held_on) < 0)
		problem(ask->problems, "from_day", posting_before_meeting(ask->arena, held_on));
	if (!*p->from_day || !*p->until_day)
		return;
	if (strcmp(p->until_day, p->from_day) < 0)
		problem(ask->problems, "until_day", POSTING_BACKWARDS);
	else if (working_days(p->from_day, p->until_day) < round->posting_days)
		problem(ask->problems, "until_day", posting_short(ask->arena, working_days(p->from_day, p->until_day),
			round->posting_days));
}

OUTCOME posting_make(struct ask *ask, const struct posting *p, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	struct meeting_list meetings;
	struct round round;
	int64_t posted;

	TRY(recognition_begin(ask, PERMIT_LIST_EDIT, p->round_id, p->commune_id, &round));
	TRY(meeting_list(ask, p->round_id, p->commune_id, &meetings));
	check_posting(ask, p, &round, meetings.n ? meetings.at[0].held_on : "");
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(post_all(ask, p, &posted));
	if (!posted) {
		problem(ask->problems, "", POSTING_NOBODY);
		return INVALID;
	}
	TRY(tree_new_id(ask, "posting", id));
	TRY(sql_posting_insert(ask, &(struct sql_posting_insert_in){ .id = *id, .round_id = p->round_id,
		.commune_id = p->commune_id,
		.meeting_id = meetings.n ? meetings.at[0].id : 0, .from_day = p->from_day, .until_day = p->until_day,
		.place = p->place,
		.made_at = ask->now }));
	TRY(recognition_trace(ask, AUDIT_POSTING_MADE, "posting", *id, 1, p->commune_id, NULL, audit_json(ask->arena, "from",
		p->from_day, "until",
		p->until_day, "people", arena_format(ask->arena, "%lld", (long long)posted), NULL), NULL));
	return db_commit(&tx);
}

OUTCOME posting_newest(struct ask *ask, int64_t round_id, int64_t commune_id, struct posting *out)
{
	struct sql_posting_newest_row r;

	TRY(sql_posting_newest(ask, commune_id, round_id, &r));
	*out = (struct posting){ r.id, r.round_id, r.commune_id, r.version, r.from_day, r.until_day, r.place };
	return OK;
}
