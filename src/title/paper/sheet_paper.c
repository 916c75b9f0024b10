#include "title/paper/sheet_paper.h"

#include <string.h>

#include "base/day.h"
#include "registry/access/accounts.h"
#include "title/review/review.h"

enum { KEY_MAX = 512, CHANGED_ROWS = 3 };
static const double QR_MM = 21, CHANGED_MM = 7, SIZE = 12;
/* What the signatures of the person, and the branch's part, take: each stands whole on one side. */
static const double OWN_FOOT_MM = 74, BRANCH_MM = 100;

/* How the sheets of a group are laid out. sides 0: not asked yet */
struct shape { int sides; bool parted; };

/* What all sheets of one printing share. */
struct printing {
	struct ask ask;                  /* with the page's arena */
	struct arena *keep;              /* of the criteria: outlives the page */
	const struct criteria *criteria; /* of the last sheet */
	struct shape shapes[CRITERIA_GROUPS];    /* of its groups */
	const char *leaf;
	int year;
	int64_t round_id, leaf_id;
	struct paper_sheet_list page;
	size_t at;
	bool more, begun;
	struct paper_sheet last;
	unsigned char last_key[KEY_MAX];
};

/* ---- words ---- */

static const char *blank_line(void)
{
	return "……………………………………………………………………………………………………";
}

/* The guide to the points in one line is that of the reference levels; other levels have their words on the loose leaf. */
static bool has_reference_levels(const struct criteria_variant *v)
{
	static const int points[] = { 0, 3, 5, 7, 8, 10 };
	bool same = v->n_levels == COUNT(points);

	for (size_t i = 0; same && i < COUNT(points); i++)
		same = v->levels[i].points == points[i];
	return same;
}

static void front_head(struct document *d, const struct printing *p, const struct paper_sheet *s, const char *title, size_t group)
{
	struct arena *a = document_arena(d);
	const struct criteria *c = p->criteria;

	document_qr_corner(d, arena_format(a, "%s/1", s->code), QR_MM);
	document_header(d, &(struct letterhead){ 0 });
	document_title(d, "PHIẾU TỰ ĐÁNH GIÁ", arena_format(a, "Danh hiệu “Công dân học tập” năm %d", p->year),
		arena_format(a, "Nhóm: %s", title));
	document_line(d, RUNS(PLAIN("Họ và tên: "), BOLD(s->name), PLAIN(arena_format(a, "    Năm sinh: %d",
		day_year(s->birth)))));
	document_line(d, RUNS(PLAIN("Mã phiếu: "), BOLD(code_show(a, s->code)), PLAIN(arena_format(a,
		"    Ấp, khu phố (đơn vị): %s", p->leaf))));
	document_text(d, RUNS(BOLD("Cách làm. "), PLAIN(arena_format(a,
		"Đọc từng câu, nhớ lại việc mình đã làm trong năm, tô kín một vòng tròn. Tô nhầm thì gạch chéo vòng cũ, tô vòng "
		"mới. Không cần bằng cấp; một tấm ảnh hoặc lời xác nhận của ấp, của tổ là đủ. Muốn đạt: tổng từ %d điểm trở "
		"lên và "
		"không câu nào dưới %d điểm.", c->total_min, c->each_min))));
	if (!has_reference_levels(&c->variants[group * c->n_indicators])) {
		document_line(d, RUNS(ITALIC("Mỗi mức điểm nghĩa là gì: xem tờ rời “Mức điểm của từng câu” kèm theo.")));
		return;
	}
	document_line(d, RUNS(ITALIC("0 = chưa làm; 3 = mới bắt đầu, còn nhờ người; 5 = làm được mức cần thiết; 7 = làm đều; 8 = "
		"làm tốt, có kết quả; 10 = làm tốt và giúp được người khác.")));
}

static void questions(struct document *d, const struct criteria *c, size_t group, size_t competence)
{
	document_heading(d, arena_format(document_arena(d), "%s. %s", c->competences[competence].code,
		c->competences[competence].title));
	for (size_t i = 0; i < c->n_indicators; i++)
		if (c->indicators[i].competence == competence)
			document_question(d, &(struct question){ .key = c->indicators[i].number,
				.words = c->variants[group * c->n_indicators + i].question, .done = "Việc đã làm, minh chứng",
				.reviewer = "Chi hội" });
}

static void own_foot(struct document *d, const struct criteria *c, const struct paper_sheet *s)
{
	const struct signature signatures[] = {
		{ .authority = "Người viết giúp (nếu có)", .words = "Tôi đã đọc lại cho người tự đánh giá nghe và ghi đúng lời.",
		  .hint = "(Ký, ghi rõ họ tên)" },
		{ .authority = "Người tự đánh giá", .words = "Tôi cam đoan những điều ghi trên là đúng.",
		  .hint = "(Ký hoặc điểm chỉ, ghi rõ họ tên)", .name = s->name } };

	document_need(d, OWN_FOOT_MM);
	document_space(d, 2);
	document_line(d, RUNS(PLAIN(arena_format(document_arena(d), "Tổng điểm tự chấm: ……… / %d        Câu thấp nhất: ………",
		c->total_max))));
	document_line(d, RUNS(PLAIN("Ý kiến của tôi (nếu có): ………………………………………………………………………")));
	document_line(d, RUNS(PLAIN(blank_line())));
	document_ending(d, &(struct ending){ .signatures = signatures, .n_signatures = COUNT(signatures) });
}

static void branch_part(struct document *d, const struct criteria *c)
{
	static const struct column columns[] = { { "Câu", 14, ALIGN_CENTER }, { "Tự chấm", 20, ALIGN_CENTER },
		{ "Thống nhất", 24, ALIGN_CENTER }, { "Lý do", 107, ALIGN_LEFT } };
	static const struct cell rows[CHANGED_ROWS * COUNT(columns)];
	static const struct signature branch = { .authority = "TM. CHI HỘI", .hint = "(Ký, ghi rõ họ tên)" };

	document_need(d, BRANCH_MM);
	document_heading(d, "PHẦN CỦA CHI HỘI, TỔ HOẶC ĐƠN VỊ");
	document_item(d, 0, "-", RUNS(PLAIN(arena_format(document_arena(d),
		"Ngày xét: ……/……/…………    Tổng điểm thống nhất: ……… / %d", c->total_max))));
	document_item(d, 0, "-", RUNS(PLAIN("Kết quả: ☐ Đề nghị công nhận   ☐ Chưa đề nghị   ☐ Trả lại để bổ sung")));
	document_item(d, 0, "-", RUNS(PLAIN("Câu có điểm khác với tự chấm (bắt buộc ghi lý do):")));
	document_table(d, &(struct table){ .columns = columns, .n_columns = COUNT(columns), .rows = rows, .n_rows = CHANGED_ROWS,
		.row_mm = CHANGED_MM });
	document_item(d, 0, "-", RUNS(PLAIN(
		"Đã báo cho người tự đánh giá: ☐ gặp trực tiếp  ☐ điện thoại  ☐ tin nhắn; ngày …/…/……")));
	document_item(d, 0, "-", RUNS(PLAIN("Ý kiến của người tự đánh giá: ☐ đồng ý   ☐ không đồng ý (ghi Mẫu CDHT-09)")));
	document_ending(d, &(struct ending){ .signatures = &branch, .n_signatures = 1 });
}

/* What every side after the first begins with. */
static void later_sides(struct document *d, const struct printing *p, const struct paper_sheet *s)
{
	struct arena *a = document_arena(d);
	const struct run code[] = { PLAIN("Mã phiếu: "), BOLD(code_show(a, s->code)), PLAIN(arena_format(a, "    Năm sinh: %d",
		day_year(s->birth))) };
	const struct run name[] = { PLAIN("Họ và tên: "), BOLD(s->name) };   /* short: the code's square stands beside it */
	const struct run criteria[] = { ITALIC(arena_format(a, "%s, bản %s", p->criteria->title, p->criteria->release)) };

	document_sides(d, &(struct side_head){ .code = s->code, .side = "    Mặt ", .qr_mm = QR_MM, .below_mm = 5,
		.lines = { { code, COUNT(code) }, { name, COUNT(name) }, { criteria, COUNT(criteria) } } });
}

/* parted: the last competence begins a new side, as form CDHT-02 has it; else one question comes after the other. */
static void sides(struct document *d, const struct printing *p, const struct paper_sheet *s, size_t group, bool parted)
{
	const struct criteria *c = p->criteria;

	front_head(d, p, s, c->groups[group].title, group);
	later_sides(d, p, s);
	for (size_t i = 0; i < c->n_competences; i++) {
		if (parted && i + 1 == c->n_competences)
			document_page(d, false);
		questions(d, c, group, i);
	}
	own_foot(d, c, s);
	branch_part(d, c);
}

static struct document *paper_new(struct arena *a, int64_t made, const char *title, const struct document_setup *more)
{
	struct document_setup setup = *more;

	setup.title = title;
	setup.made = made;
	setup.corner_marks = setup.no_numbers = true;
	setup.size = SIZE;
	return document_new(a, &setup);
}

static OUTCOME pages_of(struct printing *p, const struct paper_sheet *s, size_t group, bool parted, int *out)
{
	struct arena *a = arena_new(4 * MiB);
	struct document *d = paper_new(a, p->ask.now, "", &(struct document_setup){ 0 });
	enum outcome counted;

	sides(d, p, s, group, parted);
	counted = document_pages(d, out);
	arena_free(a);
	return counted;
}

/* Parted where that takes no side more: with the reference criteria, and those of like length. Asked once a group and
 * printing. */
static OUTCOME shape_of(struct printing *p, const struct paper_sheet *s, size_t group, struct shape *out)
{
	int parted, flowing;

	if (!p->shapes[group].sides) {
		TRY(pages_of(p, s, group, false, &flowing));
		parted = flowing + 1;
		if (p->criteria->n_competences > 1)
			TRY(pages_of(p, s, group, true, &parted));
		p->shapes[group] = (struct shape){ parted <= flowing ? parted : flowing, parted <= flowing };
	}
	*out = p->shapes[group];
	return OK;
}

/* The criteria of a sheet, and its group: one that they do not know (they changed) is asked in the words of the first. */
static OUTCOME criteria_of(struct printing *p, const struct paper_sheet *s, size_t *group)
{
	struct ask ask = p->ask;
	int found;

	ask.arena = p->keep;
	if (!p->criteria || p->criteria->id != s->criteria_id) {
		TRY(criteria_get(&ask, s->criteria_id, &p->criteria));
		memset(p->shapes, 0, sizeof p->shapes);
	}
	found = criteria_group_index(p->criteria, s->group);
	*group = found < 0 ? 0 : (size_t)found;
	return OK;
}

static OUTCOME add_sheet(struct printing *p, struct document *d, const struct paper_sheet *s)
{
	struct shape shape;
	size_t group;

	TRY(criteria_of(p, s, &group));
	TRY(shape_of(p, s, group, &shape));
	document_leaf(d);
	sides(d, p, s, group, shape.parted);
	return OK;
}

/* ---- a branch's sheets, one after the other ---- */

/* The last row's key outlives its page. */
static void keep_last(struct printing *p)
{
	p->last = p->page.at[p->page.n - 1];
	p->last.name_key.len = p->last.name_key.len < KEY_MAX ? p->last.name_key.len : KEY_MAX;
	memcpy(p->last_key, p->last.name_key.ptr, p->last.name_key.len);
	p->last.name_key.ptr = p->last_key;
	p->begun = true;
}

static enum outcome next_sheet(void *state, struct document *part, bool *done)
{
	struct printing *p = state;

	if (p->at == p->page.n && p->more) {
		if (p->page.n)
			keep_last(p);
		arena_reset(p->ask.arena);
		p->at = p->page.n = 0;
		TRY(paper_sheets(&p->ask, p->round_id, p->leaf_id, p->begun ? &p->last : NULL, &p->page));
		p->more = p->page.n == PAPER_SHEETS_PAGE;
	}
	*done = p->at == p->page.n;
	return *done ? OK : add_sheet(p, part, &p->page.at[p->at++]);
}

static void free_arena(void *arena) { arena_free(arena); }

static struct printing *printing_new(struct ask *ask, const struct unit *leaf, const struct round *round)
{
	struct printing *p = ARENA_NEW(ask->arena, struct printing);

	*p = (struct printing){ .ask = *ask, .keep = ask->arena, .leaf = unit_in_sentence(ask->arena, leaf->name),
		.year = round->year, .round_id = round->id, .leaf_id = leaf->id, .more = true };
	p->ask.arena = arena_new(4 * MiB);
	arena_on_release(ask->arena, free_arena, p->ask.arena);
	return p;
}

OUTCOME sheets_paper(struct ask *ask, const struct unit *leaf, const struct round *round, struct document **out)
{
	*out = paper_new(ask->arena, ask->now, arena_format(ask->arena, "Phiếu tự đánh giá năm %d, %s", round->year, leaf->name),
		&(struct document_setup){ 0 });
	document_stream(*out, next_sheet, printing_new(ask, leaf, round));
	return OK;
}

OUTCOME sheet_paper(struct ask *ask, const struct unit *leaf, const struct round *round, const struct paper_sheet *sheet,
	struct document **out)
{
	*out = paper_new(ask->arena, ask->now, arena_format(ask->arena, "Phiếu tự đánh giá năm %d, mã %s", round->year,
		sheet->code),
		&(struct document_setup){ 0 });
	return add_sheet(printing_new(ask, leaf, round), *out, sheet);
}

OUTCOME sheet_paper_sides(struct ask *ask, const struct unit *leaf, const struct round *round, const struct paper_sheet *sheet,
	int *out)
{
	struct printing *p = printing_new(ask, leaf, round);
	struct shape shape;
	size_t group;

	TRY(criteria_of(p, sheet, &group));
	TRY(shape_of(p, sheet, group, &shape));
	*out = shape.sides;
	return OK;
}

/* ---- where the bubbles are ---- */

static void see_bubbles(void *state, int64_t key, int page, double x0_mm, double x10_mm, double y_mm)
{
	struct sheet_geometry *g = state;

	if (g->n < SCORES_MAX)
		g->at[g->n++] = (struct sheet_bubbles){ (int)key, page, x0_mm, x10_mm, y_mm };
}

static enum outcome forget(void *state, const void *ptr, size_t len)
{
	(void)state, (void)ptr, (void)len;
	return OK;
}

OUTCOME sheet_geometry(struct ask *ask, const struct unit *leaf, const struct round *round, const struct paper_sheet *sheet,
	struct sheet_geometry *out)
{
	struct document *d;

	*out = (struct sheet_geometry){ 0 };
	d = paper_new(ask->arena, ask->now, "", &(struct document_setup){ .on_bubbles = see_bubbles, .on_bubbles_state = out });
	TRY(add_sheet(printing_new(ask, leaf, round), d, sheet));
	return document_render(d, DOCUMENT_PDF, (struct sink){ forget, NULL });
}

/* ---- the loose leaf ---- */

OUTCOME levels_paper(struct ask *ask, const struct criteria *c, size_t group, struct document **out)
{
	static const struct column columns[] = { { "Điểm", 15, ALIGN_CENTER }, { "Chọn khi", 150, ALIGN_LEFT } };
	struct arena *a = ask->arena;

	*out = document_new(a, &(struct document_setup){ .title = arena_format(a, "Mức điểm của từng câu, %s",
		c->groups[group].title), .made = ask->now, .size = SIZE });
	document_title(*out, "MỨC ĐIỂM CỦA TỪNG CÂU", arena_format(a, "Nhóm: %s", c->groups[group].title),
		arena_format(a, "(%s, bản %s)", c->title, c->release));
	for (size_t i = 0; i < c->n_guide; i++)
		document_item(*out, 0, "-", RUNS(PLAIN(c->guide[i])));
	for (size_t i = 0; i < c->n_indicators; i++) {
		const struct criteria_variant *v = &c->variants[group * c->n_indicators + i];
		struct cell *rows = ARENA_ARRAY(a, struct cell, v->n_levels * COUNT(columns));

		for (size_t k = 0; k < v->n_levels; k++) {
			rows[k * COUNT(columns)] = cell_whole(v->levels[k].points);
			rows[k * COUNT(columns) + 1] = cell_text(v->levels[k].words);
		}
		document_table(*out, &(struct table){ .name = arena_format(a, "Câu %d", c->indicators[i].number),
			.caption = arena_format(a, "Câu %d. %s", c->indicators[i].number, v->question), .columns = columns,
			.n_columns = COUNT(columns), .rows = rows, .n_rows = v->n_levels });
	}
	return OK;
}
