#include "title/roster/exchange.h"

#include <string.h>

#include "base/day.h"
#include "crypto/keyring.h"
#include "exchange_sql.h"
#include "json/json.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "registry/people/people.h"
#include "registry/tree/tree.h"
#include "text/format.h"
#include "text/parse.h"
#include "title/assessments/assessments.h"
#include "title/rounds/rounds.h"

enum { HEAD_MAX = 100, NOTE_MAX = 1000 };

const struct choices exchange_kinds = CHOICES({"congdanhoctap", "congdanhoctap.vn"}, {"trung-uong", "Hội Khuyến học Việt Nam"});

OUTCOME exchange_columns(struct ask *ask, int kind, struct exchange_columns *out)
{
	struct problems problems = PROBLEMS(ask->arena);
	const struct json *root, *list;

	*out = (struct exchange_columns){ 0 };
	if (json_parse(ask->arena, kind ? shipped_exchange_trung_uong() : shipped_exchange_congdanhoctap(), &problems, &root) !=
	    OK)
		return FAILED;
	out->title = json_text(json_member(root, "title"), HEAD_MAX);
	out->note = json_text(json_member(root, "note"), NOTE_MAX);
	list = json_member(root, "columns");
	for (size_t i = 0; i < json_count(list) && i < EXCHANGE_COLUMNS; i++, out->n++) {
		out->at[i].head = json_text(json_member(json_item(list, i), "head"), HEAD_MAX);
		out->at[i].value = json_text(json_member(json_item(list, i), "value"), HEAD_MAX);
	}
	return problems_none(&problems) && out->n ? OK : FAILED;
}

struct source { struct ask *ask; const struct sql_exchange_people_row *row; struct scores scores; size_t number; };

static OUTCOME number_of(struct ask *ask, struct bytes sealed, const char **out)
{
	struct bytes plain;

	*out = "";
	if (!sealed.ptr)
		return OK;
	if (keyring_decrypt(ask->keys, ask->arena, sealed, &plain) != OK)
		return FAILED;
	*out = arena_textn(ask->arena, plain.ptr, plain.len);
	return OK;
}

static const char *score_of(struct arena *a, const struct scores *s, const char *value)
{
	int64_t i;

	if (strncmp(value, "score_", 6) != 0 || !text_to_int(value + 6, 1, SCORES_MAX, &i) || i > s->n || !s->at[i - 1].is)
		return "";
	return arena_format(a, "%lld", (long long)s->at[i - 1].value);
}

static OUTCOME cell(const struct source *s, const char *value, const char **out)
{
	static const char *const sexes[] = { "", "Nam", "Nữ" };
	const struct sql_exchange_people_row *r = s->row;
	struct arena *a = s->ask->arena;
	const struct {
		const char *value, *text;
	} texts[] = {{"number", arena_format(a, "%zu", s->number)},
		     {"name", r->name},
		     {"birth", format_date(a, r->birth)},
		     {"birth_year", arena_textn(a, r->birth, 4)},
		     {"sex", sexes[r->sex]},
		     {"phone", r->phone},
		     {"leaf", r->leaf_name},
		     {"commune", r->commune_name},
		     {"province", r->province_name},
		     {"unit_code", r->leaf_code},
		     {"group", person_group_label(r->group_code)},
		     {"total", arena_format(a, "%lld", (long long)r->total)},
		     {"state", sheet_state_words((enum sheet_state)r->state)}};

	if (!strcmp(value, "national_id"))
		return number_of(s->ask, r->national_id, out);
	for (size_t i = 0; i < COUNT(texts); i++)
		if (!strcmp(texts[i].value, value)) {
			*out = texts[i].text;
			return OK;
		}
	*out = score_of(a, &s->scores, value);
	return OK;
}

OUTCOME exchange_read(struct ask *ask, int kind, int64_t unit_id, int64_t round_id, struct exchange *out)
{
	const char *today = arena_text(ask->arena, day_of(ask->now).text);
	struct sql_exchange_people_row *rows;
	struct exchange_row *made;
	struct round round;
	struct unit unit;

	*out = (struct exchange){ 0 };
	TRY(access_require(ask, PERMIT_PERSON_EDIT, unit_id));
	TRY(tree_get(ask, unit_id, today, &unit));
	if (unit.level < LEVEL_COMMUNE)
		return NOT_FOUND;
	TRY(round_id ? round_get(ask, round_id, &round) : round_newest(ask, &round));
	TRY(exchange_columns(ask, kind, &out->columns));
	TRY(sql_exchange_people(ask, today, round.id, unit_id, &rows, &out->n));
	made = ARENA_ARRAY(ask->arena, struct exchange_row, out->n);
	for (size_t i = 0; i < out->n; i++) {
		struct source source = { .ask = ask, .row = &rows[i], .number = i + 1 };

		if (!scores_read(rows[i].scores, &source.scores))
			return FAILED;
		for (size_t c = 0; c < out->columns.n; c++)
			TRY(cell(&source, out->columns.at[c].value, &made[i].cells[c]));
	}
	out->unit_name = unit.name;
	out->rows = made;
	return OK;
}

OUTCOME exchange_note(struct ask *ask, int kind, int64_t unit_id)
{
	TRY(access_require(ask, PERMIT_PERSON_EDIT, unit_id));
	return audit_add(ask, &(struct audit_entry){.action = AUDIT_EXPORTED,
						    .subject = "unit",
						    .subject_id = unit_id,
						    .unit_id = unit_id,
						    .new = audit_json(ask->arena, "what", exchange_kinds.at[kind].code, NULL)});
}
