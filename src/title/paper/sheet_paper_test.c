#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "registry/access/access.h"
#include "tests/framework.h"
#include "tests/pdf.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/paper/paper.h"
#include "title/paper/sheet_paper.h"

#define LONG_NAME "Công Tằng Tôn Nữ Nguyễn Thị Hoàng Thuỳ Dương Bích Phượng"

static int64_t registered(struct world *w, const char *name, const char *group)
{
	struct sheet_new new = { .group = group, .wishes = "", .guardian = "" };
	int64_t id = year_person(w, name, w->hamlet);

	world_as(w, ROLE_BRANCH, w->hamlet);
	CHECK_OUTCOME(OK, sheet_register_as(&w->ask, (struct sheet_key){ id, w->round }, &new,
		&(struct sheet_help){ "Bà Ba", "Nói đồng ý" }));
	return id;
}

static struct bytes pdf_of(struct world *w, struct document *d)
{
	struct buf out = BUF(w->arena, .max = 8 * MiB);

	CHECK_OUTCOME(OK, document_render(d, DOCUMENT_PDF, sink_buf(&out)));
	return buf_bytes(&out);
}

static struct bytes side_of(struct world *w, struct document *d, int side)
{
	struct buf out = BUF(w->arena, .max = 8 * MiB);

	CHECK_OUTCOME(OK, document_render_page(d, side, w->arena, &out));
	return buf_bytes(&out);
}

static void read_place(struct world *w, struct round *round, struct unit *unit)
{
	CHECK_OUTCOME(OK, round_get(&w->ask, w->round, round));
	CHECK_OUTCOME(OK, tree_get(&w->ask, w->hamlet, WORLD_TODAY, unit));
}

TEST(paper, every_groups_sheet_is_two_sides_with_its_own_words)
{
	struct world w;
	const struct criteria *c;
	struct document *d;
	struct round round;
	struct unit unit;

	world_open(&w);
	world_round(&w);
	CHECK_OUTCOME(OK, criteria_get(&w.ask, w.criteria, &c));
	read_place(&w, &round, &unit);
	for (size_t g = 0; g < c->n_groups; g++) {
		struct paper_sheet s = { .person_id = 1, .criteria_id = w.criteria, .name = LONG_NAME, .birth = "1948-05-20",
			.code = "7K2M9QXT4", .group = c->groups[g].code };
		struct bytes pdf;

		CHECK_OUTCOME(OK, sheet_paper(&w.ask, &unit, &round, &s, &d));
		pdf = pdf_of(&w, d);
		CHECK_INT(2, pdf_pages(w.arena, pdf));
		CHECK_HAS(pdf_tool(w.arena, pdf, "pdftotext -f 1 -l 1", "-"), "Họ và tên: " LONG_NAME);
		CHECK_HAS(pdf_tool(w.arena, pdf, "pdftotext -f 2 -l 2", "-"), "PHẦN CỦA CHI HỘI, TỔ HOẶC ĐƠN VỊ");
		CHECK_HAS(pdf_tool(w.arena, pdf, "pdftotext -f 2 -l 2", "- | tr '\\n' ' '"),
			arena_textn(w.arena, c->variants[g * c->n_indicators + 9].question, 60));
		CHECK(!strstr(pdf_tool(w.arena, pdf, "pdffonts", "| tail -n +3 | grep -v LiberationSerif || true"), "+"));
		pdf = side_of(&w, d, 2);
		CHECK_INT(1, pdf_pages(w.arena, pdf));
		CHECK_HAS(pdf_tool(w.arena, pdf, "pdftotext", "-"), "PHẦN CỦA CHI HỘI");
		CHECK_OUTCOME(NOT_FOUND, document_render_page(d, 3, w.arena, &BUF(w.arena)));
		CHECK_OUTCOME(OK, levels_paper(&w.ask, c, g, &d));
		CHECK_HAS(pdf_tool(w.arena, pdf_of(&w, d), "pdftotext", "-"), "MỨC ĐIỂM CỦA TỪNG CÂU");
	}
	world_close(&w);
}

/* How many sides, whether each of them says whose it is and which, and all its questions stand once on one of them. */
static void check_sides(struct world *w, struct paper_sheet *s, struct document *d, int wanted)
{
	struct bytes pdf = pdf_of(w, d);
	struct sheet_geometry g;
	struct round round;
	struct unit unit;

	read_place(w, &round, &unit);
	CHECK_INT(wanted, pdf_pages(w->arena, pdf));
	for (int side = 1; side <= wanted; side++) {
		const char *cut = arena_format(w->arena, "pdftotext -f %d -l %d", side, side);

		CHECK_HAS(pdf_tool(w->arena, pdf, cut, "-"), "Mã phiếu: 7K2M-9QXT-4");
		CHECK_HAS(pdf_tool(w->arena, pdf, cut, "-"), s->name);
		if (side > 1)
			CHECK_HAS(pdf_tool(w->arena, pdf, cut, "-"), arena_format(w->arena, "Mặt %d", side));
		CHECK_HAS(pdf_tool(w->arena, side_of(w, d, side), "pdftotext", "-"), "Mã phiếu: 7K2M-9QXT-4");
	}
	CHECK_OUTCOME(OK, sheet_geometry(&w->ask, &unit, &round, s, &g));
	for (size_t i = 0; i < g.n; i++) {
		CHECK_INT(i + 1, g.at[i].indicator);
		CHECK(g.at[i].side >= 1 && g.at[i].side <= wanted);
	}
	/* neither the person's signature nor the branch's part is cut */
	for (int side = 1; side <= wanted; side++) {
		const char *words = pdf_tool(w->arena, pdf, arena_format(w->arena, "pdftotext -f %d -l %d", side, side), "-");

		CHECK_INT(!strstr(words, "Tổng điểm tự chấm"), !strstr(words, "Tôi cam đoan"));
		CHECK_INT(!strstr(words, "PHẦN CỦA CHI HỘI"), !strstr(words, "TM. CHI HỘI"));
		CHECK_INT(side < wanted, !strstr(words, "PHẦN CỦA CHI HỘI"));
	}
}

TEST(paper, criteria_of_any_number_of_questions_are_printed_each_side_with_code_and_name)
{
	static const struct { int first, second, sides; } sizes[] = { { 4, 3, 2 }, { 6, 6, 3 }, { 7, 0, 2 }, { 11, 9, 3 }, { 1, 0, 2 } };

	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct world w;
		struct paper_sheet s = { .person_id = 1, .name = "Nguyễn Thị Út", .birth = "1948-05-20", .code = "7K2M9QXT4",
			.group = "nong_dan" };
		struct document *d;
		struct round round;
		struct unit unit;
		int sides;

		world_open(&w);
		framework_round(&w, sizes[i].first, sizes[i].second, 10,
			"Trong năm tôi tự tìm học thêm điều mới cho việc làm hoặc đời sống, và kể lại được cho người khác nghe");
		s.criteria_id = w.criteria;
		read_place(&w, &round, &unit);
		CHECK_OUTCOME(OK, sheet_paper(&w.ask, &unit, &round, &s, &d));
		CHECK_OUTCOME(OK, sheet_paper_sides(&w.ask, &unit, &round, &s, &sides));
		CHECK_INT(sizes[i].sides, sides);
		check_sides(&w, &s, d, sides);
		world_close(&w);
	}
}

/* Three sides: the fourth stays empty, so that printed on both sides no sheet of paper is of two people. */
TEST(paper, each_person_begins_a_sheet_of_paper_also_with_three_sides)
{
	struct world w;
	struct document *d;
	struct round round;
	struct unit unit;
	struct bytes pdf;

	world_open(&w);
	framework_round(&w, 6, 6, 10,
		"Trong năm tôi tự tìm học thêm điều mới cho việc làm hoặc đời sống, và kể lại được cho người khác nghe");
	registered(&w, "Lê Văn Bé", "nong_dan");
	registered(&w, "Nguyễn Văn Út", "nong_dan");
	read_place(&w, &round, &unit);
	CHECK_OUTCOME(OK, sheets_paper(&w.ask, &unit, &round, &d));
	pdf = pdf_of(&w, d);
	CHECK_INT(4 + 3, pdf_pages(w.arena, pdf));
	CHECK_HAS(pdf_tool(w.arena, pdf, "pdftotext -f 3 -l 3", "-"), "Lê Văn Bé");
	CHECK_TEXT("\f", pdf_tool(w.arena, pdf, "pdftotext -f 4 -l 4", "-"));
	CHECK_HAS(pdf_tool(w.arena, pdf, "pdftotext -f 5 -l 5", "-"), "Họ và tên: Nguyễn Văn Út");
	CHECK_HAS(pdf_tool(w.arena, pdf, "pdftotext -f 7 -l 7", "-"), "Mặt 3");
	world_close(&w);
}

TEST(paper, sheets_of_a_branch_stand_by_name_and_only_those_not_handed_in)
{
	struct world w;
	struct paper_sheet_list list;
	struct document *d;
	struct round round;
	struct unit unit;
	const char *text;
	struct bytes pdf;

	world_open(&w);
	world_round(&w);
	registered(&w, "Nguyễn Văn Út", "nong_dan");
	registered(&w, "Trần Thị Ánh", "nguoi_cao_tuoi");
	registered(&w, "Lê Văn Bé", "nong_dan");
	year_submitted(&w, "Phạm Thị Nộp", w.hamlet, YEAR_PASS);
	CHECK_OUTCOME(OK, paper_sheets(&w.ask, w.round, w.hamlet, NULL, &list));
	CHECK_INT(3, list.n);
	CHECK_TEXT("Trần Thị Ánh", list.at[0].name);
	CHECK_TEXT("Lê Văn Bé", list.at[1].name);
	CHECK_OUTCOME(OK, paper_sheets(&w.ask, w.round, w.hamlet, &list.at[1], &list));
	CHECK_INT(1, list.n);
	CHECK_TEXT("Nguyễn Văn Út", list.at[0].name);
	read_place(&w, &round, &unit);
	CHECK_OUTCOME(OK, sheets_paper(&w.ask, &unit, &round, &d));
	pdf = pdf_of(&w, d);
	CHECK_INT(6, pdf_pages(w.arena, pdf));
	text = pdf_tool(w.arena, pdf, "pdftotext", "-");
	CHECK(!strstr(text, "Phạm Thị Nộp"));
	CHECK(strstr(text, "Trần Thị Ánh") < strstr(text, "Lê Văn Bé"));
	world_close(&w);
}

/* The picture that a scanner would make: at every bubble's place there is a ring, and at the marks' places they are black. */
TEST(paper, bubbles_and_marks_are_where_the_geometry_says)
{
	enum { DPI = 150 };
	struct world w;
	struct sheet_geometry g;
	struct paper_sheet s = { .person_id = 1, .name = LONG_NAME, .birth = "1948", .code = "7K2M9QXT4", .group = "nong_dan" };
	struct document *d;
	struct round round;
	struct unit unit;
	char path[] = "/tmp/hoctap-paper-XXXXXX.pdf";
	struct bytes pdf;
	int fd = mkstemps(path, 4), first_side = 0;

	world_open(&w);
	world_round(&w);
	s.criteria_id = w.criteria;
	read_place(&w, &round, &unit);
	CHECK_OUTCOME(OK, sheet_geometry(&w.ask, &unit, &round, &s, &g));
	CHECK_INT(10, g.n);
	CHECK_OUTCOME(OK, sheet_paper(&w.ask, &unit, &round, &s, &d));
	pdf = pdf_of(&w, d);
	CHECK(write(fd, pdf.ptr, pdf.len) == (ssize_t)pdf.len && close(fd) == 0);
	CHECK_INT(0, system(arena_format(w.arena, "pdftoppm -gray -r %d -f 1 -l 1 -singlefile %s %s", DPI, path, path)));
	unlink(path);
	struct bytes image = { 0 };
	FILE *in = fopen(arena_format(w.arena, "%s.pgm", path), "rb");
	int wide = 0, high = 0, max = 0;

	CHECK(in && fscanf(in, "P5 %d %d %d", &wide, &high, &max) == 3 && fgetc(in) == '\n');
	image = (struct bytes){ arena_alloc(w.arena, (size_t)(wide * high)), (size_t)(wide * high) };
	CHECK(fread((void *)(uintptr_t)image.ptr, 1, image.len, in) == image.len && !fclose(in));
	unlink(arena_format(w.arena, "%s.pgm", path));
#define GREY(x_mm, y_mm) (((const unsigned char *)image.ptr)[(int)((y_mm) * DPI / 25.4) * wide + (int)((x_mm) * DPI / 25.4)])
	CHECK(GREY(MARK_EDGE_MM + MARK_SIDE_MM / 2, MARK_EDGE_MM + MARK_SIDE_MM / 2) < 40);
	CHECK(GREY(210 - MARK_EDGE_MM - MARK_SIDE_MM / 2, 297 - MARK_EDGE_MM - MARK_SIDE_MM / 2) < 40);
	for (size_t i = 0; i < g.n; i++) {
		double step = (g.at[i].x10_mm - g.at[i].x0_mm) / 10;

		CHECK_INT(i + 1, g.at[i].indicator);
		first_side += g.at[i].side == 1;
		for (int k = 0; k <= 10 && g.at[i].side == 1; k++) {
			double x = g.at[i].x0_mm + k * step, y = g.at[i].y_mm;
			int darkest = 255;

			for (double r = 2.4; r < 3.0; r += 0.1)          /* the ring crosses the line to the right of its
				centre */
				darkest = GREY(x + r, y) < darkest ? GREY(x + r, y) : darkest;
			CHECK(darkest < 160);
			CHECK(GREY(x + step / 2, y - 3.2) > 200);        /* and there is paper between them */
		}
	}
	CHECK_INT(8, first_side);
	world_close(&w);
}
