#include "html/control.h"

#include <string.h>

#include "base/buf.h"
#include "base/bug.h"

/* Discs go on, squares have stopped, the rhomb waits for the person (web/scss/_states.scss draws them by code). */
static const struct { const char *code, *word, *brief; } states[] = {
	{ "registered", "Đã đăng ký", "Đã đăng ký" },
	{ "draft", "Đang chấm", "Đang chấm" },
	{ "returned", "Cần bổ sung", "Cần bổ sung" },
	{ "submitted", "Đã nộp, chờ xét", "Chờ xét" },
	{ "reviewed", "Chi hội đã xét", "Đã xét" },
	{ "listed", "Vào danh sách xã", "Vào danh sách" },
	{ "posted", "Đang niêm yết", "Niêm yết" },
	{ "proposed", "Đã trình UBND", "Đã trình" },
	{ "recognised", "Được công nhận", "Công nhận" },
	{ "not_met", "Chưa đạt", "Chưa đạt" },
	{ "revoked", "Đã thu hồi", "Đã thu hồi" },
	{ "withdrawn", "Đã rút", "Đã rút" },
	{ "lapsed", "Quá hạn nộp", "Quá hạn" },
};

const char *state_word(const char *code)
{
	for (size_t i = 0; i < COUNT(states); i++)
		if (!strcmp(states[i].code, code))
			return states[i].word;
	return NULL;
}

static size_t state_index(const char *code)
{
	size_t i = 0;

	while (i < COUNT(states) && strcmp(states[i].code, code) != 0)
		i++;
	BUG_ON(i == COUNT(states));
	return i;
}

struct state_mark state_mark(const char *code)
{
	size_t i = state_index(code);

	return (struct state_mark){ states[i].code, states[i].word };
}

struct state_mark state_mark_short(const char *code)
{
	size_t i = state_index(code);

	return (struct state_mark){ states[i].code, states[i].brief };
}

static const char *number(struct arena *arena, int64_t n)
{
	static const char *const words[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10" };

	BUG_ON(n < 0 || n > POINTS_MAX);
	return n < (int64_t)COUNT(words) ? words[n] : arena_format(arena, "%lld", (long long)n);
}

static struct strip_box box_of(struct arena *arena, int i, struct maybe score, struct maybe self, bool here, int least)
{
	bool low = score.is && score.value < least, changed = score.is && self.is && self.value != score.value;
	const char *css = arena_format(arena, "%s%s%s%s", score.is ? "" : " is-empty", low ? " is-low" : "",
		changed ? " is-changed" : "", here ? " is-here" : ""), *value = score.is ? number(arena, score.value) : "";

	return (struct strip_box){
		.number = number(arena, i + 1), .css = css + (*css ? 1 : 0), .value = score.is ? value : "·", .score = value,
		.self = self.is ? number(arena, self.value) : "",
		.note = !score.is ? "chưa chấm" : changed ? arena_format(arena, " (tự chấm %s)", number(arena, self.value)) : "",
	};
}

struct strip strip_of(struct arena *arena, const char *label, const struct maybe *scores, const struct maybe *self,
	size_t n, int here,
	int least)
{
	struct strip strip = { .label = label, .n_boxes = n, .is_ten = n == 10 };

	BUG_ON(n > INDICATORS_MAX);
	for (size_t i = 0; i < n; i++)
		strip.boxes[i] = box_of(arena, (int)i, scores[i], self ? self[i] : NONE, here == (int)i + 1, least);
	return strip;
}

static int sum_of(const struct maybe *scores, size_t n, size_t *scored)
{
	int sum = 0;

	*scored = 0;
	for (size_t i = 0; i < n; i++) {
		if (!scores[i].is)
			continue;
		sum += (int)scores[i].value;
		(*scored)++;
	}
	return sum;
}

static void add_low(struct buf *out, const struct maybe *scores, size_t n, int least, bool first)
{
	const char *before = first ? "Chỉ số " : ", chỉ số ";
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		if (scores[i].value >= least)
			continue;
		buf_format(out, "%s%zu", any ? ", " : before, i + 1);
		any = true;
	}
	if (any)
		buf_format(out, " dưới %d", least);
}

struct verdict verdict_of(struct arena *arena, const struct maybe *scores, size_t n, int pass_sum, int least)
{
	struct buf out = BUF(arena, .max = KiB);
	size_t scored;
	int sum = sum_of(scores, n, &scored);

	if (!scored)
		return (struct verdict){ "Chưa chấm", "wait" };
	if (scored < n)
		return (struct verdict){ arena_format(arena, "Còn %zu chỉ số", n - scored), "wait" };
	if (sum < pass_sum)
		buf_format(&out, "Thiếu %d điểm", pass_sum - sum);
	add_low(&out, scores, n, least, !out.len);
	return out.len ? (struct verdict){ buf_cstr(&out), "fail" } : (struct verdict){ "Đạt", "pass" };
}

struct tally tally_of(struct arena *arena, struct url href, const struct maybe *scores, size_t n, int here,
	int pass_sum, int least)
{
	size_t scored;
	struct tally tally = {
		.href = href, .strip = strip_of(arena, "Điểm từng chỉ số", scores, NULL, n, here, least),
		.verdict = verdict_of(arena, scores, n, pass_sum, least), .pass_sum = pass_sum, .least = least,
		.rule = arena_format(arena, "Đạt khi tổng từ %d, mỗi chỉ số từ %d", pass_sum, least),
	};

	tally.sum = sum_of(scores, n, &scored);
	return tally;
}

/* Between two levels that have words; below the first, above the last. */
static const char *gap_words(struct arena *arena, const char *const *words, int from, int max)
{
	int below = from - 1, above = from;

	while (below >= 0 && !*words[below])
		below--;
	while (above <= max && !*words[above])
		above++;
	if (below < 0)
		return above > max ? "" : arena_format(arena, "Chưa trọn mức %d", above);
	return above > max ? arena_format(arena, "Hơn mức %d", below) : arena_format(arena,
		"Hơn mức %d, chưa trọn mức %d", below, above);
}

/* The step that begins at level `from`: a rung when it has words, else the gap up to the next level that has, or to the
 * pass line.
 * Returns its end. */
static int ladder_step(struct arena *arena, const struct field *field, const char *const *words, int from, int max, int least,
	struct ladder_step *out)
{
	struct ladder_point *points = ARENA_ARRAY(arena, struct ladder_point, (size_t)(max - from) + 1);
	bool rung = *words[from];
	int to = from;

	do {
		const char *value = number(arena, to);

		points[to - from] = (struct ladder_point){ arena_format(arena, "%s-%d", field->name, to), value,
			!strcmp(field->value, value) };
		to++;
	} while (!rung && to <= max && !*words[to] && to != least);
	*out = (struct ladder_step){
		.is_rung = rung, .is_pass = from == least, .points = points, .n_points = (size_t)(to - from),
		.words_id = arena_format(arena, "%s-giua-%d", field->name, from),
		.words = rung ? words[from] : gap_words(arena, words, from, max),
	};
	return to;
}

struct ladder ladder_of(struct arena *arena, const struct field *field, int indicator, const char *const *words,
	int max, int least)
{
	struct ladder_step *steps = ARENA_ARRAY(arena, struct ladder_step, (size_t)max + 1);
	struct ladder ladder = { .name = field->name, .legend = field->label, .hint = field->hint, .error = field->error,
		.indicator = indicator, .steps = steps };

	BUG_ON(max < 1 || max > POINTS_MAX);
	for (int level = 0; level <= max;)
		level = ladder_step(arena, field, words, level, max, least, &steps[ladder.n_steps++]);
	return ladder;
}

/* The older one joins the newer: its text goes first, its time is where the whole began. */
static struct trail_item joined(struct arena *arena, const struct trail_item *first, const struct trail_item *last, size_t n,
	const char *text)
{
	struct trail_item item = *first;

	item.text = text;
	if (n > 1)
		item.when = arena_format(arena, "từ %s đến %s, %zu lần", last->when, first->when, n);
	return item;
}

struct trail trail_of(struct arena *arena, struct trail_item *items, size_t n, const char *title)
{
	size_t out = 0;

	for (size_t i = 0, end; i < n; i = end) {
		const char *text = items[i].text;

		end = i + 1;
		while (end < n && !strcmp(items[i].title, title) && !strcmp(items[end].title, title) &&
		       !strcmp(items[i].by, items[end].by)) {
			text = !*text ? items[end].text : !*items[end].text ? text : arena_format(arena, "%s; %s",
				items[end].text, text);
			end++;
		}
		items[out++] = joined(arena, &items[i], &items[end - 1], end - i, text);
	}
	return (struct trail){ items, out };
}
