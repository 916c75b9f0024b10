/* The sheet as it is stored, its states, and the one function that writes it. */
#include "title/assessments/assessments.h"

#include <string.h>

#include "assessments_sql.h"
#include "base/id.h"
#include "crypto/crypto.h"
#include "db/ids.h"
#include "db/transaction.h"
#include "json/json.h"
#include "registry/access/access.h"
#include "registry/tree/tree.h"

enum { CODE_TRIES = 5, TRAIL_MAX = 100 };

/* ---- states ---- */

#define IN(state) (1u << SHEET_##state)
#define OFFICER (HAND_BRANCH | HAND_COMMUNE)
#define BEFORE_RECOGNISED \
	(IN(REGISTERED) | IN(DRAFT) | IN(RETURNED) | IN(SUBMITTED) | IN(REVIEWED) | IN(LISTED) | IN(POSTED) | IN(PROPOSED))

/* model.md 4, a line a line */
static const struct { unsigned from, to, hands; } ways[] = {
	{ IN(NONE), IN(REGISTERED), HAND_CITIZEN | OFFICER },
	{ IN(REGISTERED), IN(DRAFT), HAND_CITIZEN | OFFICER },
	{ IN(DRAFT) | IN(RETURNED), IN(SUBMITTED), HAND_CITIZEN | OFFICER },
	{ IN(SUBMITTED), IN(DRAFT), HAND_CITIZEN },
	{ IN(SUBMITTED) | IN(REVIEWED), IN(RETURNED) | IN(REVIEWED), OFFICER },
	{ IN(REVIEWED), IN(LISTED) | IN(NOT_MET), HAND_COMMUNE },
	{ IN(LISTED), IN(POSTED), HAND_COMMUNE },
	{ IN(LISTED) | IN(POSTED) | IN(NOT_MET), IN(REVIEWED), HAND_COMMUNE },
	{ IN(LISTED) | IN(POSTED), IN(PROPOSED), HAND_COMMUNE },
	{ IN(PROPOSED), IN(RECOGNISED) | IN(NOT_MET) | IN(REVIEWED), HAND_AUTHORITY },
	{ IN(RECOGNISED), IN(REVOKED), HAND_AUTHORITY },
	{ BEFORE_RECOGNISED, IN(WITHDRAWN), HAND_CITIZEN | OFFICER },
	{ IN(REGISTERED) | IN(DRAFT) | IN(RETURNED), IN(LAPSED), HAND_JOB },
	{ IN(LAPSED), IN(REGISTERED) | IN(DRAFT) | IN(RETURNED), OFFICER | HAND_JOB },
	{ IN(WITHDRAWN), BEFORE_RECOGNISED, OFFICER },
};

bool sheet_may_go(enum sheet_state from, enum sheet_state to, unsigned hands)
{
	for (size_t i = 0; i < COUNT(ways); i++)
		if (ways[i].from >> from & ways[i].to >> to & 1 && ways[i].hands & hands)
			return true;
	return false;
}

const char *sheet_state_words(enum sheet_state state)
{
	static const char *const words[SHEET_STATE_N] = {
		[SHEET_NONE] = "Chưa đăng ký", [SHEET_REGISTERED] = "Đã đăng ký", [SHEET_DRAFT] = "Đang chấm",
		[SHEET_RETURNED] = "Cần bổ sung", [SHEET_SUBMITTED] = "Đã nộp, chờ xét", [SHEET_REVIEWED] = "Chi hội đã xét",
		[SHEET_LISTED] = "Vào danh sách xã", [SHEET_POSTED] = "Đang niêm yết", [SHEET_PROPOSED] = "Đã trình UBND",
		[SHEET_RECOGNISED] = "Được công nhận", [SHEET_NOT_MET] = "Chưa đạt", [SHEET_REVOKED] = "Đã thu hồi",
		[SHEET_WITHDRAWN] = "Đã rút", [SHEET_LAPSED] = "Quá hạn nộp",
	};

	return words[state];
}

/* ---- reading ---- */

static struct scores scores_of(const char *text)
{
	struct scores s;

	BUG_ON(!scores_read(text, &s));          /* only scores_write writes there */
	return s;
}

/* The three statements that read a sheet have the same columns. */
#define SHEET_OF(r) \
	((struct sheet){ .key = { (r).person_id, (r).round_id }, .version = (r).version, .code = (r).code, \
			.state = (enum sheet_state)(r).state, .state_before = (enum sheet_state)(r).state_before, \
			.criteria_id = (r).criteria_id, .leaf_id = (r).leaf_id, .group = (r).group_code, \
			.self = scores_of((r).self), .reviewed = scores_of((r).reviewed), .final = scores_of((r).final), \
			.remark = (r).remark, .wishes = (r).wishes, .assisted = (r).assisted != 0, \
			.no_posting = (r).no_posting != 0, .helper = (r).helper, .consent = (r).consent, \
			.guardian = (r).guardian, .state_reason = (r).state_reason, .told_on = (r).told_on, \
			.due_day = (r).due_day, .registered_at = (r).registered_at, .submitted_at = (r).submitted_at, \
			.reviewed_at = (r).reviewed_at, .reviewed_by = (r).reviewed_by })

OUTCOME sheet_get(struct ask *ask, struct sheet_key key, struct sheet *out)
{
	struct sql_assessment_get_row row;

	TRY(sql_assessment_get(ask, key.person_id, key.round_id, &row));
	*out = SHEET_OF(row);
	return OK;
}

OUTCOME sheets_of_person(struct ask *ask, int64_t person_id, struct sheet_list *out)
{
	struct sql_assessment_of_person_row *rows;
	struct sheet *list;

	TRY(sql_assessment_of_person(ask, person_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct sheet, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = SHEET_OF(rows[i]);
	out->at = list;
	return OK;
}

OUTCOME sheet_by_code(struct ask *ask, const char *code, struct sheet_key *out)
{
	TRY(unique_find(ask, UNIQUE_SHEET_CODE, (struct bytes){ code, strlen(code) }, &out->person_id));
	return sql_assessment_of_code(ask, out->person_id, code, &out->round_id);
}

OUTCOME sheet_reasons(struct ask *ask, struct sheet_key key, struct sheet_reasons *out)
{
	struct sql_sheet_reasons_row *rows;
	struct sheet_reason *list;

	TRY(sql_sheet_reasons(ask, key.person_id, key.round_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct sheet_reason, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = (struct sheet_reason){ .indicator = (int)rows[i].indicator, .was = rows[i].was,
			.became = rows[i].became, .at = rows[i].at, .reason = rows[i].reason, .actor = rows[i].actor };
	out->at = list;
	return OK;
}

OUTCOME sheet_trail(struct ask *ask, struct sheet_key key, struct audit_list *out)
{
	struct audit_list rows;
	struct audit_row *list;

	TRY(audit_of_person(ask, key.person_id, NULL, &rows));
	list = ARENA_ARRAY(ask->arena, struct audit_row, rows.n);
	out->n = 0;
	for (size_t i = 0; i < rows.n; i++)
		if (rows.at[i].subject_id == key.round_id && !strcmp(rows.at[i].subject, "assessment"))
			list[out->n++] = rows.at[i];
	out->at = list;
	return OK;
}

const struct scores *sheet_scores(const struct sheet *s)
{
	return s->final.n ? &s->final : s->reviewed.n ? &s->reviewed : &s->self;
}

/* ---- writing ---- */

static OUTCOME claim_code(struct ask *ask, int64_t person_id, const char **out)
{
	unsigned char random[CODE_SHEET_LEN];
	char *code = arena_alloc(ask->arena, CODE_SHEET_LEN + 1);
	enum outcome claimed = CONFLICT;

	for (int i = 0; i < CODE_TRIES && claimed == CONFLICT; i++) {
		random_bytes(random, sizeof random);
		code_make(code, CODE_SHEET_LEN, random);
		claimed = unique_claim(ask, UNIQUE_SHEET_CODE, (struct bytes){ code, CODE_SHEET_LEN }, person_id);
	}
	*out = code;
	return claimed;
}

static OUTCOME insert(struct ask *ask, const struct sheet *s, int64_t version)
{
	struct arena *a = ask->arena;
	const char *code;

	TRY(claim_code(ask, s->key.person_id, &code));
	return sql_assessment_insert(ask, &(struct sql_assessment_insert_in){ .person_id = s->key.person_id,
		.round_id = s->key.round_id, .code = code, .state = s->state, .state_before = s->state_before,
		.criteria_id = s->criteria_id, .group_code = s->group, .leaf_id = s->leaf_id, .self = scores_write(a, &s->self),
		.reviewed = scores_write(a, &s->reviewed), .final = scores_write(a, &s->final), .remark = s->remark,
		.wishes = s->wishes, .assisted = s->assisted, .helper = s->helper, .consent = s->consent,
		.no_posting = s->no_posting, .guardian = s->guardian, .state_reason = s->state_reason, .told_on = s->told_on,
		.due_day = s->due_day, .registered_at = s->registered_at, .submitted_at = s->submitted_at,
		.reviewed_at = s->reviewed_at, .reviewed_by = s->reviewed_by, .version = version });
}

static OUTCOME update(struct ask *ask, const struct sheet *s, int64_t version)
{
	struct arena *a = ask->arena;

	return sql_assessment_update(ask, &(struct sql_assessment_update_in){ .person_id = s->key.person_id,
		.round_id = s->key.round_id, .state = s->state, .state_before = s->state_before, .group_code = s->group,
		.leaf_id = s->leaf_id, .self = scores_write(a, &s->self), .reviewed = scores_write(a, &s->reviewed),
		.final = scores_write(a, &s->final), .remark = s->remark, .wishes = s->wishes, .assisted = s->assisted,
		.helper = s->helper, .consent = s->consent, .no_posting = s->no_posting, .guardian = s->guardian,
		.state_reason = s->state_reason, .told_on = s->told_on, .due_day = s->due_day,
		.registered_at = s->registered_at, .submitted_at = s->submitted_at, .reviewed_at = s->reviewed_at,
		.reviewed_by = s->reviewed_by, .version = version });
}

/* The standing row follows in state, group and scores; where it is counted stays standing's own business. */
static OUTCOME follow(struct ask *ask, const struct sheet *s, const struct sheet_write *w)
{
	struct standing_batch *batch = w->batch ? w->batch : standing_batch_new(ask);
	struct standing before, after;
	enum outcome had = standing_get(ask, s->key.person_id, s->key.round_id, &before);

	if (had == NOT_FOUND)
		TRY(standing_of_person(ask, s->key.person_id, s->key.round_id, &after));
	else
		TRY(had);
	if (had == OK)
		after = before;
	if (had == OK && s->leaf_id != before.leaf_id) {         /* sheets_follow_person: it goes where its person is */
		struct standing person;

		TRY(standing_of_person(ask, s->key.person_id, s->key.round_id, &person));
		BUG_ON(person.leaf_id != s->leaf_id);
		after.leaf_id = person.leaf_id;
		after.commune_id = person.commune_id;
		after.province_id = person.province_id;
	}
	after.state = s->state;
	after.group = s->group;
	after.scores = *sheet_scores(s);
	after.flags =
		(after.flags & ~(w->clear_flags | STANDING_ASSISTED)) | w->set_flags | (s->assisted ? STANDING_ASSISTED : 0);
	TRY(standing_batch_change(batch, had == OK ? &before : NULL, &after));
	return w->batch ? OK : standing_batch_end(batch);
}

static void put_text(struct json_out *out, const char *name, const char *mine, const char *other)
{
	if (!strcmp(mine, other))
		return;
	json_put_key(out, name);
	json_put_text(out, mine);
}

static void put_scores(struct json_out *out, struct arena *a, const char *name, const struct scores *mine,
	const struct scores *other)
{
	if (scores_equal(mine, other))
		return;
	json_put_key(out, name);
	json_put_text(out, scores_write(a, mine));
}

/* What of `s` is not as in `other`; always its round and state. */
static const char *changed(struct arena *a, const struct sheet *s, const struct sheet *other)
{
	struct buf text = BUF(a, .max = 64 * KiB);
	struct json_out out = { .out = &text };

	json_begin_object(&out);
	json_put_key(&out, "round");
	json_put_int(&out, s->key.round_id);
	json_put_key(&out, "state");
	json_put_text(&out, sheet_state_code(s->state));
	if (s->leaf_id != other->leaf_id) {
		json_put_key(&out, "leaf");
		json_put_int(&out, s->leaf_id);
	}
	put_text(&out, "group", s->group, other->group);
	put_scores(&out, a, "self", &s->self, &other->self);
	put_scores(&out, a, "reviewed", &s->reviewed, &other->reviewed);
	put_scores(&out, a, "final", &s->final, &other->final);
	put_text(&out, "remark", s->remark, other->remark);
	put_text(&out, "wishes", s->wishes, other->wishes);
	put_text(&out, "helper", s->helper, other->helper);
	put_text(&out, "consent", s->consent, other->consent);
	put_text(&out, "guardian", s->guardian, other->guardian);
	put_text(&out, "no_posting", s->no_posting ? "1" : "0", other->no_posting ? "1" : "0");
	put_text(&out, "told_on", s->told_on, other->told_on);
	put_text(&out, "due_day", s->due_day, other->due_day);
	json_end(&out);
	return buf_cstr(&text);
}

OUTCOME sheet_write(struct ask *ask, const struct sheet *before, const struct sheet *after, const struct sheet_write *w)
{
	DB_TRANSACTION(tx, ask->db);

	int64_t version = before->version + 1;

	BUG_ON(before->key.person_id != after->key.person_id || before->key.round_id != after->key.round_id);
	if (!before->version) {
		TRY(sql_assessment_last_version(ask, after->key.person_id, after->key.round_id, &version));
		TRY(insert(ask, after, ++version));
	} else {
		TRY(update(ask, after, before->version));
	}
	TRY(follow(ask, after, w));
	TRY(audit_add(ask, &(struct audit_entry){ .action = w->action, .subject = "assessment", .subject_id = after->key.round_id,
		.version = version, .person_id = after->key.person_id, .unit_id = after->leaf_id,
		.old = before->version ? changed(ask->arena, before, after) : NULL, .new = changed(ask->arena, after, before),
		.reason = w->reason }));
	return db_commit(&tx);
}

/* The sheet and its code go; the standing row is again what the person alone makes it. */
static OUTCOME take_away(struct ask *ask, const struct sheet *s, int64_t version, const char *reason)
{
	struct standing_batch *batch = standing_batch_new(ask);
	struct standing before, after;

	TRY(sql_assessment_delete(ask, s->key.person_id, s->key.round_id, version));
	TRY(unique_release(ask, UNIQUE_SHEET_CODE, (struct bytes){ s->code, strlen(s->code) }, s->key.person_id));
	TRY(standing_get(ask, s->key.person_id, s->key.round_id, &before));
	TRY(standing_of_person(ask, s->key.person_id, s->key.round_id, &after));
	after.flags |= before.flags & (STANDING_LEARNING_HOME | STANDING_LEARNING_UNIT);
	TRY(standing_batch_change(batch, &before, &after));
	TRY(standing_batch_end(batch));
	return audit_add(ask, &(struct audit_entry){ .action = AUDIT_SHEET_UNDONE, .subject = "assessment",
		.subject_id = s->key.round_id, .version = version + 1, .person_id = s->key.person_id, .unit_id = s->leaf_id,
		.old = changed(ask->arena, s, &(struct sheet){ .code = "", .group = "", .remark = "", .wishes = "", .helper = "",
			.consent = "", .guardian = "", .told_on = "", .due_day = "" }), .reason = reason });
}

OUTCOME sheet_undo(struct ask *ask, struct sheet_key key, int64_t version, const struct sheet *before, enum permit permit,
	const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	struct sheet now, after;

	TRY(sheet_get(ask, key, &now));
	TRY(access_require_person(ask, permit, key.person_id, now.leaf_id));
	if (now.version != version)
		return CONFLICT;
	if (!before) {
		TRY(take_away(ask, &now, version, reason));
		return db_commit(&tx);
	}
	after = *before;
	after.leaf_id = now.leaf_id;             /* where it is judged is the standing's business */
	TRY(sheet_write(ask, &now, &after, &(struct sheet_write){ .action = AUDIT_SHEET_UNDONE, .reason = reason }));
	return db_commit(&tx);
}

OUTCOME sheet_add_reason(struct ask *ask, struct sheet_key key, int indicator, int64_t was, int64_t became, const char *reason)
{
	int64_t id;

	TRY(id_next(ask->db, "sheet_reason", id_register(key.person_id), &id));
	return sql_sheet_reason_insert(ask,
		&(struct sql_sheet_reason_insert_in){ .person_id = key.person_id, .round_id = key.round_id, .id = id,
		.indicator = indicator, .was = was, .became = became, .reason = reason,
		.account_id = ask->actor ? ask->actor->account_id : 0, .actor = ask->actor ? ask->actor->name : "",
		.at = ask->now });
}

/* ---- jobs ---- */

static OUTCOME move_late(struct ask *ask, int64_t round_id, int64_t commune_id, enum sheet_state from, const char *today,
	int64_t limit, int64_t *moved)
{
	struct sql_assessment_late_row *rows;
	struct standing_batch *batch = standing_batch_new(ask);
	size_t n;

	TRY(sql_assessment_late(ask, round_id, commune_id, from, today, limit - *moved, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct sheet before = SHEET_OF(rows[i]), after = before;

		after.state = from == SHEET_LAPSED ? before.state_before : SHEET_LAPSED;
		after.state_before = from == SHEET_LAPSED ? SHEET_NONE : from;
		BUG_ON(!sheet_may_go(from, after.state, HAND_JOB));
		TRY(sheet_write(ask, &before, &after, &(struct sheet_write){ .batch = batch,
			.action = from == SHEET_LAPSED ? AUDIT_SHEET_RESTORED : AUDIT_SHEET_LAPSED }));
	}
	*moved += (int64_t)n;
	return standing_batch_end(batch);
}

OUTCOME sheet_lapse(struct ask *ask, int64_t round_id, int64_t commune_id, int64_t limit, int64_t *lapsed)
{
	static const enum sheet_state late[] = { SHEET_REGISTERED, SHEET_DRAFT, SHEET_RETURNED };
	DB_TRANSACTION(tx, ask->db);
	const char *today = arena_text(ask->arena, day_of(ask->now).text);

	*lapsed = 0;
	TRY(access_require(ask, PERMIT_ROUND_EDIT, commune_id));
	for (size_t i = 0; i < COUNT(late) && *lapsed < limit; i++)
		TRY(move_late(ask, round_id, commune_id, late[i], today, limit, lapsed));
	return db_commit(&tx);
}

OUTCOME sheet_unlapse(struct ask *ask, int64_t round_id, int64_t commune_id, int64_t limit, int64_t *restored)
{
	DB_TRANSACTION(tx, ask->db);

	*restored = 0;
	TRY(access_require(ask, PERMIT_ROUND_EDIT, commune_id));
	TRY(move_late(ask, round_id, commune_id, SHEET_LAPSED, DAY_OPEN, limit, restored));
	return db_commit(&tx);
}
