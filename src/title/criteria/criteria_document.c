/* Reads straight through the document: every fault of the file is said at its place, and rules between places are asked where the
 * places themselves are sound. */
#include "title/criteria/criteria_document.h"

#include <string.h>

#include "json/json.h"
#include "text/text.h"

enum { CODE_LEN = 60, RELEASE_LEN = 20, TITLE_LEN = 300, WORDS_LEN = 2000, LIST_MAX = 50, POINTS_MAX = SCORE_POINTS_MAX };

struct reader {
	struct arena *scratch, *keep;
	struct criteria *c;
	int level_points[CRITERIA_LEVELS], n_level_points;
};

OUTCOME criteria_text(struct arena *arena, struct bytes file, struct problems *problems, const char **out)
{
	struct buf text = BUF(arena, .max = CRITERIA_BYTES + 1);
	const struct json *root;
	const char *p;
	bool quoted = false;

	*out = "";
	if (file.len > CRITERIA_BYTES) {
		problem(problems, "", "Tệp nặng quá 2 MB. Kiểm tra lại: bộ tiêu chí thường dưới 300 kB.");
		return INVALID;
	}
	TRY(json_parse(arena, file, problems, &root));
	p = arena_textn(arena, file.ptr, file.len);      /* parsed: UTF-8 without a NUL inside */
	if (!strncmp(p, "\xEF\xBB\xBF", 3))
		p += 3;
	for (; *p; p++) {
		if (*p == '"')
			quoted = !quoted;
		if (quoted || !strchr(" \t\r\n", *p))
			buf_char(&text, *p);
		if (quoted && *p == '\\')
			buf_char(&text, *++p);
	}
	*out = text_nfc(arena, buf_cstr(&text));
	return OK;
}

/* ---- pieces ---- */

static const char *kept(struct reader *r, const char *text)
{
	return arena_text(r->keep, text_nfc(r->scratch, text));
}

static const char *needed(struct reader *r, const struct json *at, size_t max)
{
	const char *text = json_text(at, max);

	if (json_has(at) && !text[strspn(text, " ")])
		json_problem(at, "còn trống. Ghi lời vào đây.");
	return kept(r, text);
}

/* A code of small letters, digits and signs; `also` are further characters. */
static const char *code_of(struct reader *r, const struct json *at, size_t max, const char *also)
{
	const char *code = json_text(at, max);

	for (const char *p = code; *p; p++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", *p) && !strchr(also, *p)) {
			json_problem(at, "mã chỉ gồm chữ không dấu, chữ số và dấu nối. Sửa “%s” lại.", code);
			return "";
		}
	if (json_has(at) && !*code)
		json_problem(at, "còn trống. Ghi mã vào đây.");
	return arena_text(r->keep, code);
}

static size_t count_of(const struct json *list, size_t min, size_t max)
{
	size_t n = json_count(list);

	if (json_has(list) && (n < min || n > max)) {
		json_problem(list, "có %zu mục, cần từ %zu đến %zu.", n, min, max);
		return n < max ? n : max;
	}
	return n;
}

static const char *const *texts_of(struct reader *r, const struct json *list, size_t min, size_t *n)
{
	const char **texts;

	*n = 0;
	if (!min && !json_has(list))
		return NULL;
	*n = count_of(list, min, LIST_MAX);
	texts = ARENA_ARRAY(r->keep, const char *, *n);
	for (size_t i = 0; i < *n; i++)
		texts[i] = needed(r, json_item(list, i), WORDS_LEN);
	return texts;
}

/* ---- parts of the document ---- */

static void read_competences(struct reader *r, const struct json *list)
{
	static const char *const keys[] = { "code", "title", "description" };
	size_t n = count_of(list, 1, SCORES_MAX);
	struct criteria_competence *at = ARENA_ARRAY(r->keep, struct criteria_competence, n);

	for (size_t i = 0; i < n; i++) {
		const struct json *item = json_item(list, i);

		json_only(item, keys, COUNT(keys));
		at[i] = (struct criteria_competence){ code_of(r, json_member(item, "code"), CODE_LEN, "-."),
			needed(r, json_member(item, "title"), TITLE_LEN),
			kept(r, json_text_or(json_member(item, "description"), WORDS_LEN, "")) };
		for (size_t j = 0; j < i; j++)
			if (*at[i].code && !strcmp(at[i].code, at[j].code))
				json_problem(json_member(item, "code"), "mã “%s” đã có ở mục trước. Mỗi mã chỉ dùng một lần.", at[i].code);
	}
	r->c->competences = at;
	r->c->n_competences = n;
}

static int skill_points(const struct json *skill, const char *name, int max)
{
	static const char *const keys[] = { "min_points", "label", "meaning", "used_by" };
	const struct json *at = json_member(skill, name);

	json_only(at, keys, COUNT(keys));
	return (int)json_int(json_member(at, "min_points"), 0, max);
}

static void read_skill(struct reader *r, const struct json *skill, const struct criteria_indicator *indicator)
{
	static const char *const keys[] = { "status", "has_digital_skill", "proficient_self_update", "score_used", "assumption",
		"assumption_note" };

	if (!json_has(skill))
		return;
	json_only(skill, keys, COUNT(keys));
	if (r->c->digital_indicator) {
		json_problem(skill, "kỹ năng số đã gắn với chỉ số %d. Chỉ gắn một chỉ số.", r->c->digital_indicator);
		return;
	}
	r->c->digital_indicator = indicator->number;
	r->c->digital_min = skill_points(skill, "has_digital_skill", indicator->max);
	r->c->proficient_min = skill_points(skill, "proficient_self_update", indicator->max);
	if (r->c->proficient_min < r->c->digital_min)
		json_problem(json_member(json_member(skill, "proficient_self_update"), "min_points"),
			"thành thạo cần từ %d điểm trở lên, vì có kỹ năng số đã từ %d.", r->c->digital_min, r->c->digital_min);
}

static size_t competence_of(struct reader *r, const struct json *at)
{
	const char *code = json_text(at, CODE_LEN);

	for (size_t i = 0; i < r->c->n_competences; i++)
		if (!strcmp(code, r->c->competences[i].code))
			return i;
	if (*code)
		json_problem(at, "không có năng lực “%s”. Ghi một mã trong mục competences.", code);
	return 0;
}

static void read_indicators(struct reader *r, const struct json *list)
{
	static const char *const keys[] = { "code", "competence", "title", "short_title", "max", "evidence", "digital_skill" };
	size_t n = count_of(list, 1, SCORES_MAX);
	struct criteria_indicator *at = ARENA_ARRAY(r->keep, struct criteria_indicator, n);

	for (size_t i = 0; i < n; i++) {
		const struct json *item = json_item(list, i);
		struct criteria_indicator *x = &at[i];

		json_only(item, keys, COUNT(keys));
		x->code = code_of(r, json_member(item, "code"), CODE_LEN, "-.");
		x->title = needed(r, json_member(item, "title"), TITLE_LEN);
		x->short_title = needed(r, json_member(item, "short_title"), 60);
		x->number = (int)i + 1;
		x->max = (int)json_int(json_member(item, "max"), 1, POINTS_MAX);
		x->competence = competence_of(r, json_member(item, "competence"));
		x->evidence = texts_of(r, json_member(item, "evidence"), 1, &x->n_evidence);
		read_skill(r, json_member(item, "digital_skill"), x);
		if (i && x->competence < at[i - 1].competence)
			json_problem(json_member(item, "competence"), "các chỉ số của một năng lực phải đứng liền nhau, theo thứ tự năng lực.");
		for (size_t j = 0; j < i; j++)
			if (*x->code && !strcmp(x->code, at[j].code))
				json_problem(json_member(item, "code"), "mã “%s” đã có ở mục trước. Mỗi mã chỉ dùng một lần.", x->code);
	}
	r->c->indicators = at;
	r->c->n_indicators = n;
}

static void read_groups(struct reader *r, const struct json *list)
{
	static const char *const keys[] = { "code", "title", "who", "official_group_244", "in_plan_2188" };
	size_t n = count_of(list, 1, CRITERIA_GROUPS);
	struct criteria_group *at = ARENA_ARRAY(r->keep, struct criteria_group, n);

	for (size_t i = 0; i < n; i++) {
		const struct json *item = json_item(list, i);

		json_only(item, keys, COUNT(keys));
		at[i] = (struct criteria_group){ code_of(r, json_member(item, "code"), CODE_LEN, ""),
			needed(r, json_member(item, "title"), 100), needed(r, json_member(item, "who"), WORDS_LEN),
			kept(r, json_text_or(json_member(item, "official_group_244"), 100, "")),
			json_bool_or(json_member(item, "in_plan_2188"), false) };
		for (size_t j = 0; j < i; j++)
			if (*at[i].code && !strcmp(at[i].code, at[j].code))
				json_problem(json_member(item, "code"), "mã “%s” đã có ở mục trước. Mỗi mã chỉ dùng một lần.", at[i].code);
	}
	r->c->groups = at;
	r->c->n_groups = n;
}

static void read_rule(struct reader *r, const struct json *rule)
{
	static const char *const keys[] = { "total_min", "each_min", "total_max", "text" };
	int sum = 0, least = POINTS_MAX;

	json_only(rule, keys, COUNT(keys));
	r->c->total_min = (int)json_int(json_member(rule, "total_min"), 0, SCORES_MAX * POINTS_MAX);
	r->c->each_min = (int)json_int(json_member(rule, "each_min"), 0, POINTS_MAX);
	r->c->total_max = (int)json_int(json_member(rule, "total_max"), 1, SCORES_MAX * POINTS_MAX);
	r->c->pass_text = needed(r, json_member(rule, "text"), TITLE_LEN);
	for (size_t i = 0; i < r->c->n_indicators; i++) {
		int max = r->c->indicators[i].max;

		if (!max)
			return;                  /* already said */
		sum += max;
		least = max < least ? max : least;
		if (max % r->c->step)
			json_problem(json_member(rule, "total_max"), "điểm tối đa của chỉ số %zu (%d) không chia hết cho bước điểm %d.", i + 1, max,
				r->c->step);
	}
	if (r->c->total_max && r->c->total_max != sum)
		json_problem(json_member(rule, "total_max"), "ghi %d, nhưng cộng điểm tối đa các chỉ số là %d.", r->c->total_max, sum);
	if (r->c->total_min > sum)
		json_problem(json_member(rule, "total_min"), "cần %d điểm, nhưng cao nhất chỉ được %d. Không ai đạt được.", r->c->total_min, sum);
	if (r->c->each_min > least)
		json_problem(json_member(rule, "each_min"), "cần %d điểm, nhưng có chỉ số chỉ tối đa %d. Không ai đạt được.", r->c->each_min,
			least);
}

static void read_level_points(struct reader *r, const struct json *list)
{
	size_t n = count_of(list, 2, CRITERIA_LEVELS);

	for (size_t i = 0; i < n; i++) {
		int points = (int)json_int(json_item(list, i), 0, POINTS_MAX);

		if (i && points <= r->level_points[i - 1])
			json_problem(json_item(list, i), "phải lớn hơn %d của mục trước.", r->level_points[i - 1]);
		if (points % r->c->step)
			json_problem(json_item(list, i), "không chia hết cho bước điểm %d.", r->c->step);
		r->level_points[r->n_level_points++] = points;
	}
}

/* ---- variants ---- */

static void read_levels(struct reader *r, const struct json *list, int max, struct criteria_variant *v)
{
	static const char *const keys[] = { "points", "text" };
	size_t n = count_of(list, 2, CRITERIA_LEVELS);
	struct criteria_level *at = ARENA_ARRAY(r->keep, struct criteria_level, n);

	for (size_t i = 0; i < n; i++) {
		const struct json *item = json_item(list, i), *points = json_member(item, "points");

		json_only(item, keys, COUNT(keys));
		at[i] = (struct criteria_level){ (int)json_int(points, 0, POINTS_MAX), needed(r, json_member(item, "text"), WORDS_LEN) };
		if (i && at[i].points <= at[i - 1].points)
			json_problem(points, "điểm các mức phải tăng dần: %d không lớn hơn %d.", at[i].points, at[i - 1].points);
		else if (i < (size_t)r->n_level_points && at[i].points != r->level_points[i])
			json_problem(points, "mức này phải là %d điểm như level_points.", r->level_points[i]);
	}
	if (n != (size_t)r->n_level_points)
		json_problem(list, "có %zu mức, level_points có %d. Ghi đủ các mức.", n, r->n_level_points);
	if (n && at[0].points)
		json_problem(list, "mức đầu phải là 0 điểm.");
	if (n && max && at[n - 1].points != max)
		json_problem(list, "mức cuối phải là %d điểm, điểm tối đa của chỉ số.", max);
	v->levels = at;
	v->n_levels = n;
}

/* Which of the table this variant is; NULL with a problem when there is no such place or it is taken. */
static struct criteria_variant *variant_place(struct reader *r, const struct json *item, struct criteria_variant *table, size_t *indicator)
{
	const struct json *g = json_member(item, "group"), *x = json_member(item, "indicator");
	const char *group = json_text(g, CODE_LEN), *code = json_text(x, CODE_LEN);
	int at = criteria_group_index(r->c, group);

	for (*indicator = 0; *indicator < r->c->n_indicators; (*indicator)++)
		if (!strcmp(code, r->c->indicators[*indicator].code))
			break;
	if (at < 0 && *group)
		json_problem(g, "không có nhóm “%s”. Ghi một mã trong mục groups.", group);
	if (*indicator == r->c->n_indicators && *code)
		json_problem(x, "không có chỉ số “%s”. Ghi một mã trong mục indicators.", code);
	if (at < 0 || *indicator == r->c->n_indicators)
		return NULL;
	table += (size_t)at * r->c->n_indicators + *indicator;
	if (!table->question)
		return table;
	json_problem(item, "nhóm “%s”, chỉ số %s đã có ở mục trước. Mỗi cặp chỉ ghi một lần.", group, code);
	return NULL;
}

static void say_missing(struct reader *r, const struct json *list, const struct criteria_variant *table)
{
	struct buf missing = BUF(r->scratch, .max = 64 * KiB);

	for (size_t g = 0; g < r->c->n_groups; g++)
		for (size_t i = 0, said = 0; i < r->c->n_indicators; i++) {
			if (table[g * r->c->n_indicators + i].question)
				continue;
			if (!said++)
				buf_format(&missing, "%snhóm %s chỉ số", missing.len ? "; " : "", r->c->groups[g].code);
			buf_format(&missing, " %s", r->c->indicators[i].code);
		}
	if (missing.len)
		json_problem(list, "thiếu lời của %s. Mỗi nhóm cần lời riêng cho mọi chỉ số.", buf_cstr(&missing));
}

static void read_variants(struct reader *r, const struct json *list)
{
	static const char *const keys[] = { "group", "indicator", "question", "levels", "evidence_examples" };
	size_t n = json_count(list), indicator;
	struct criteria_variant *table = ARENA_ARRAY(r->keep, struct criteria_variant, r->c->n_groups * r->c->n_indicators);

	for (size_t i = 0; i < n; i++) {
		const struct json *item = json_item(list, i);
		struct criteria_variant *v = variant_place(r, item, table, &indicator);

		json_only(item, keys, COUNT(keys));
		if (!v)
			continue;
		v->question = needed(r, json_member(item, "question"), WORDS_LEN);
		read_levels(r, json_member(item, "levels"), r->c->indicators[indicator].max, v);
		v->examples = texts_of(r, json_member(item, "evidence_examples"), 1, &v->n_examples);
	}
	say_missing(r, list, table);
	r->c->variants = table;
}

OUTCOME criteria_parse(struct arena *scratch, struct arena *keep, const char *text, struct problems *problems, struct criteria *out)
{
	static const char *const keys[] = { "id", "title", "version", "language", "legal_basis", "status", "status_notes", "score_step",
		"level_points", "pass_rule", "scoring_guide", "competences", "indicators", "groups", "groups_note", "variants" };
	struct reader r = { .scratch = scratch, .keep = keep, .c = out };
	size_t before = problems->n;
	const struct json *root;

	*out = (struct criteria){ 0 };
	TRY(json_parse(scratch, (struct bytes){ text, strlen(text) }, problems, &root));
	json_only(root, keys, COUNT(keys));
	out->code = code_of(&r, json_member(root, "id"), CODE_LEN, "-");
	out->release = code_of(&r, json_member(root, "version"), RELEASE_LEN, "-.");
	out->title = needed(&r, json_member(root, "title"), TITLE_LEN);
	out->status = kept(&r, json_text_or(json_member(root, "status"), TITLE_LEN, ""));
	out->groups_note = kept(&r, json_text_or(json_member(root, "groups_note"), WORDS_LEN, ""));
	out->step = (int)json_int(json_member(root, "score_step"), 1, 10);
	out->step = out->step ? out->step : 1;
	out->basis = texts_of(&r, json_member(root, "legal_basis"), 0, &out->n_basis);
	out->notes = texts_of(&r, json_member(root, "status_notes"), 0, &out->n_notes);
	out->guide = texts_of(&r, json_member(root, "scoring_guide"), 0, &out->n_guide);
	read_level_points(&r, json_member(root, "level_points"));
	read_competences(&r, json_member(root, "competences"));
	read_indicators(&r, json_member(root, "indicators"));
	read_groups(&r, json_member(root, "groups"));
	read_rule(&r, json_member(root, "pass_rule"));
	read_variants(&r, json_member(root, "variants"));
	return problems->n == before ? OK : INVALID;
}
