/* The parts, each alone, and all of them on one page: what a browser, a validator and axe look at too (web/check.mjs), when
 * HOCTAP_KEEP_PAGES names a folder to write it to. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "html/control.h"
#include "html/page.h"
#include "tests/test.h"

#include "changes_html.h"
#include "counts_html.h"
#include "empty_html.h"
#include "error_page_html.h"
#include "error_summary_html.h"
#include "facts_html.h"
#include "field_choice_html.h"
#include "field_date_html.h"
#include "field_digits_html.h"
#include "field_files_html.h"
#include "field_filter_html.h"
#include "field_flag_html.h"
#include "field_lines_html.h"
#include "field_number_html.h"
#include "field_secret_html.h"
#include "field_secret_new_html.h"
#include "field_select_html.h"
#include "field_text_html.h"
#include "figures_html.h"
#include "ladder_html.h"
#include "page_end_html.h"
#include "page_start_html.h"
#include "pager_html.h"
#include "sort_head_html.h"
#include "state_html.h"
#include "steps_html.h"
#include "strip_html.h"
#include "tally_html.h"
#include "trail_html.h"

static struct arena *arena;
static struct buf out;

static void begin(void)
{
	arena_free(arena);
	arena = arena_new(8 * MiB);
	out = BUF(arena, .max = MiB);
}

static struct maybe *scores_of(const char *text)
{
	static struct maybe scores[10];

	for (int i = 0; i < 10; i++) {
		int value, used = 0;

		while (isspace((unsigned char)*text))
			text++;
		scores[i] = sscanf(text, "%d%n", &value, &used) == 1 ? SOME(value) : NONE;
		text += used ? used : *text != 0;
	}
	return scores;
}

static const struct field plain = {.name = "ten", .label = "Họ và tên", .hint = "", .value = "Trần Thị Lành", .error = ""};

TEST(field, ties_label_hint_and_error_to_its_box)
{
	struct field f = plain;

	begin();
	f.hint = "Như trong giấy khai sinh";
	f.error = "Ghi họ và tên.";
	field_text_html(&out, &f);
	CHECK_HAS(buf_cstr(&out), "<label class=\"govuk-label\" for=\"ten\">Họ và tên</label>");
	CHECK_HAS(buf_cstr(&out), "id=\"ten-ghi-chu\"");
	CHECK_HAS(buf_cstr(&out), "aria-describedby=\"ten-ghi-chu\" aria-invalid=\"true\"");
	CHECK_HAS(buf_cstr(&out), "Lỗi:</span> Ghi họ và tên.");
	CHECK_HAS(buf_cstr(&out), "govuk-form-group--error");
	assert_true(strstr(buf_cstr(&out), "Như trong") < strstr(buf_cstr(&out), "Ghi họ"));
	assert_true(strstr(buf_cstr(&out), "Ghi họ") < strstr(buf_cstr(&out), "<input"));
}

TEST(field, without_error_is_not_marked_and_says_when_it_is_optional)
{
	struct field f = plain;

	begin();
	f.optional = true;
	f.value = "\"><script>";
	field_text_html(&out, &f);
	assert_null(strstr(buf_cstr(&out), "aria-invalid"));
	assert_null(strstr(buf_cstr(&out), "--error"));
	CHECK_HAS(buf_cstr(&out), "(không bắt buộc)");
	CHECK_HAS(buf_cstr(&out), "value=\"&quot;&gt;&lt;script&gt;\"");
}

TEST(field, secret_is_never_shown_again)
{
	struct field f = plain;

	begin();
	f.value = "bimat-cua-toi";
	field_secret_html(&out, &f);
	field_secret_new_html(&out, &f);
	assert_null(strstr(buf_cstr(&out), "bimat"));
}

TEST(field, choice_has_one_legend_and_ticks_what_was_chosen)
{
	static const struct field_option options[] = {{"ap", "Ấp", "", false}, {"truong", "Trường học", "Cả trường tư", true}};
	struct field f = plain;

	begin();
	f.options = options;
	f.n_options = COUNT(options);
	field_choice_html(&out, &f);
	CHECK_HAS(buf_cstr(&out), "<fieldset class=\"govuk-fieldset\" id=\"ten\"");
	CHECK_HAS(buf_cstr(&out), "value=\"truong\" aria-describedby=\"ten-truong-ghi-chu\" checked>");
	CHECK_HAS(buf_cstr(&out), "value=\"ap\">");
}

TEST(field, files_say_how_heavy_one_may_be)
{
	struct field f = plain;

	begin();
	f.max = 10 * (int64_t)MiB;
	field_files_html(&out, &f);
	CHECK_HAS(buf_cstr(&out), "data-max-bytes=\"10485760\"");
}

TEST(state, has_a_word_for_each_of_the_thirteen)
{
	static const char *const codes[] = {"registered", "draft",      "returned", "submitted", "reviewed",  "listed", "posted",
					    "proposed",   "recognised", "not_met",  "revoked",   "withdrawn", "lapsed"};

	for (size_t i = 0; i < COUNT(codes); i++) {
		CHECK_TEXT(codes[i], state_mark(codes[i]).code);
		CHECK(strlen(state_mark_short(codes[i]).word) <= strlen(state_mark(codes[i]).word));
	}
	CHECK_TEXT("Chờ xét", state_mark_short("submitted").word);
}

TEST(strip, shows_empty_low_changed_and_where_one_is)
{
	struct maybe self[10];
	struct strip strip;

	begin();
	memcpy(self, scores_of("8 9 8 8 8 4 8 9 9 10"), sizeof self);
	strip = strip_of(arena, "Thống nhất", scores_of("8 9 8 8 6 4 8 - - -"), self, 10, 8, 5);
	CHECK_TEXT("", strip.boxes[0].css);
	CHECK_TEXT("is-changed", strip.boxes[4].css);
	CHECK_TEXT(" (tự chấm 8)", strip.boxes[4].note);
	CHECK_TEXT("is-low", strip.boxes[5].css);
	CHECK_TEXT("is-empty is-here", strip.boxes[7].css);
	strip_html(&out, &strip);
	CHECK_HAS(
		buf_cstr(&out),
		"<span data-value aria-hidden=\"true\">·</span><span class=\"govuk-visually-hidden\" data-note>chưa chấm</span>");
}

/* web/ts/tally.ts says the same words. */
TEST(verdict, says_what_a_row_lacks)
{
	static const struct {
		const char *scores, *text, *css;
	} rows[] = {
		{"8 8 8 8 8 8 8 8 8 8", "Đạt", "pass"},
		{"8 8 8 8 8 8 8 8 8 7", "Thiếu 1 điểm", "fail"},
		{"10 10 10 9 9 5 10 9 9 10", "Đạt", "pass"},
		{"10 10 10 9 9 4 10 9 9 10", "Chỉ số 6 dưới 5", "fail"},
		{"8 9 8 8 6 4 8 8 9 9", "Thiếu 3 điểm, chỉ số 6 dưới 5", "fail"},
		{"4 9 8 8 6 4 8 8 9 9", "Thiếu 7 điểm, chỉ số 1, 6 dưới 5", "fail"},
		{"8 7 9 9 6 7 - - - -", "Còn 4 chỉ số", "wait"},
		{"- - - - - - - - - -", "Chưa chấm", "wait"},
		{"0 0 0 0 0 0 0 0 0 0", "Thiếu 80 điểm, chỉ số 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 dưới 5", "fail"},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct verdict verdict;

		begin();
		verdict = verdict_of(arena, scores_of(rows[i].scores), 10, 80, 5);
		CHECK_TEXT(rows[i].text, verdict.text);
		CHECK_TEXT(rows[i].css, verdict.css);
	}
}

static const char *const levels[] = {"Để con cháu bỏ học mà không báo ấp.",
				     "",
				     "",
				     "Có nhắc con cháu học.",
				     "",
				     "Con cháu trong tuổi đi học đều đến lớp.",
				     "",
				     "Dành góc học tập hoặc giờ học cố định cho con cháu.",
				     "Trong nhà có từ hai người học thêm.",
				     "",
				     "Gia đình đăng ký hoặc đạt Gia đình học tập."};
static const struct field score = {
	.name = "diem", .label = "Chọn mức cao nhất mà mình làm được", .hint = "", .value = "9", .error = ""};

TEST(ladder, has_eleven_points_with_gaps_between_levels_and_the_pass_line)
{
	struct ladder ladder;
	size_t points = 0;

	begin();
	ladder = ladder_of(arena, &score, 4, levels, 10, 5);
	for (size_t i = 0; i < ladder.n_steps; i++)
		points += ladder.steps[i].n_points;
	CHECK_INT(11, points);
	CHECK_TEXT("Hơn mức 0, chưa trọn mức 3", ladder.steps[1].words);
	CHECK_INT(2, ladder.steps[1].n_points);
	ladder_html(&out, &ladder);
	CHECK_HAS(buf_cstr(&out), "value=\"9\" data-indicator=\"4\" aria-describedby=\"diem-giua-9\" checked>");
	assert_true(strstr(buf_cstr(&out), "value=\"4\"") < strstr(buf_cstr(&out), "passline"));
	assert_true(strstr(buf_cstr(&out), "passline") < strstr(buf_cstr(&out), "value=\"5\""));
}

TEST(strip, has_as_many_boxes_as_the_criteria_have_indicators)
{
	struct maybe scores[INDICATORS_MAX] = { SOME(20), SOME(3) };
	struct strip strip;
	struct tally tally;

	begin();
	strip = strip_of(arena, "Điểm", scores, NULL, 3, 3, 5);
	CHECK_INT(3, strip.n_boxes);
	CHECK_TEXT("20", strip.boxes[0].value);
	CHECK_TEXT("is-low", strip.boxes[1].css);
	strip_html(&out, &strip);
	CHECK_HAS(buf_cstr(&out), "class=\"strip strip--even\"");
	CHECK_TEXT("Còn 1 chỉ số", verdict_of(arena, scores, 3, 30, 5).text);
	CHECK_TEXT("Thiếu 7 điểm, chỉ số 2 dưới 5", verdict_of(arena, scores, 2, 30, 5).text);
	tally = tally_of(arena, URL("/phieu"), scores, INDICATORS_MAX, 0, 30, 5);
	CHECK_INT(INDICATORS_MAX, tally.strip.n_boxes);
	CHECK_TEXT("20", tally.strip.boxes[INDICATORS_MAX - 1].number);
	CHECK_INT(23, tally.sum);
}

TEST(ladder, goes_as_high_as_the_indicator_and_needs_no_words_at_its_ends)
{
	static const char *const words[] = { "", "", "Hai.", "", "", "" };
	struct ladder ladder;

	begin();
	ladder = ladder_of(arena, &score, 1, words, 5, 4);
	CHECK_INT(4, ladder.n_steps);                                    /* 0 1 | 2 | 3 | 4 5 */
	CHECK_TEXT("Chưa trọn mức 2", ladder.steps[0].words);
	CHECK_TEXT("Hơn mức 2", ladder.steps[2].words);
	CHECK(ladder.steps[3].is_pass);
	CHECK_INT(2, ladder.steps[3].n_points);
}

/* ---- all parts on one page ---- */

static void states_and_strips(void)
{
	static const char *const codes[] = {"registered", "draft",    "submitted",  "returned", "reviewed",  "listed", "not_met",
					    "posted",     "proposed", "recognised", "revoked",  "withdrawn", "lapsed"};
	struct maybe self[10];
	struct strip strip;

	buf_text(&out, "<h2>Mười ba tình trạng</h2><ul class=\"plain\">");
	for (size_t i = 0; i < COUNT(codes); i++) {
		struct state_mark mark = state_mark(codes[i]);

		buf_text(&out, "<li>");
		state_html(&out, &mark);
		buf_text(&out, "</li>");
	}
	buf_text(&out, "</ul><h2>Dải mười ô</h2>");
	strip = strip_of(arena, "Đang chấm", scores_of("8 7 8 - - - - - - -"), NULL, 10, 4, 5);
	strip_html(&out, &strip);
	memcpy(self, scores_of("8 9 8 8 8 4 8 9 9 10"), sizeof self);
	strip = strip_of(arena, "Thống nhất", scores_of("8 9 8 8 6 4 8 8 9 10"), self, 10, 0, 5);
	buf_text(&out, "<br>");
	strip_html(&out, &strip);
}

static void fields(void)
{
	static const struct field_option options[] = {{"ap", "Ấp, khu phố", "", false},
						      {"truong", "Trường học", "Cả trường tư", true},
						      {"cong-ty", "Công ty", "", false}};
	struct field f = {
		.name = "nam_sinh", .label = "Ngày sinh", .hint = "Không nhớ ngày thì ghi năm", .value = "1961", .error = ""};

	buf_text(&out, "<h2>Ô nhập</h2><form action=\"/tim\" method=\"get\" data-guard>");
	field_date_html(&out, &f);
	f = (struct field){.name = "dien_thoai",
			   .label = "Điện thoại",
			   .hint = "",
			   .value = "900000121",
			   .error = "Số này có 9 chữ số, cần 10. Có thể thiếu số 0 ở đầu"};
	field_digits_html(&out, &f);
	f = (struct field){
		.name = "ho_ten", .label = "Họ và tên", .hint = "", .value = "Trần Thị Lành", .error = "", .optional = true};
	field_text_html(&out, &f);
	f = (struct field){.name = "ke",
			   .label = "Không có ảnh? Kể lại bằng một câu",
			   .hint = "Ghi tên một người biết việc này.",
			   .value = "",
			   .error = ""};
	field_lines_html(&out, &f);
	f = (struct field){.name = "mat_khau", .label = "Mật khẩu", .hint = "", .value = "", .error = ""};
	field_secret_html(&out, &f);
	f = (struct field){.name = "mat_khau_moi", .label = "Mật khẩu mới", .hint = "Từ 10 chữ", .value = "", .error = ""};
	field_secret_new_html(&out, &f);
	f = (struct field){.name = "so_nguoi", .label = "Số người dự", .hint = "", .value = "48", .error = ""};
	field_number_html(&out, &f);
	f = (struct field){.name = "loai",
			   .label = "Loại đơn vị",
			   .hint = "",
			   .value = "truong",
			   .error = "Chọn một loại.",
			   .options = options,
			   .n_options = COUNT(options)};
	field_choice_html(&out, &f);
	f.name = "loai_2";
	f.error = "Chọn một loại.";
	field_select_html(&out, &f);
	f.name = "loc";
	f.label = "Cho xem";
	f.error = "";
	field_filter_html(&out, &f);
	f = (struct field){.name = "dong_y", .label = "Tôi đã đọc và đồng ý", .hint = "", .value = "", .error = ""};
	field_flag_html(&out, &f);
	f = (struct field){.name = "tep",
			   .label = "Thêm ảnh hoặc giấy tờ",
			   .hint = "Mỗi ảnh tới 1 MB.",
			   .value = "",
			   .error = "",
			   .max = MiB};
	field_files_html(&out, &f);
	buf_text(&out,
		 "<p class=\"actions\"><button class=\"govuk-button\">Lưu và sang chỉ số 5</button> <button class=\"govuk-button "
		 "govuk-button--secondary\">Trả lại để bổ sung</button> <button class=\"govuk-button govuk-button--warning\">Thu "
		 "hồi</button> "
		 "<button class=\"textbutton\">Để sau</button></p></form>");
}

static void lists(bool work)
{
	static const struct sort_head heads[] = {{"Chi hội", {"?xep=ten"}, "", false},
						 {"Đăng ký", {"?xep=-dk"}, "descending", true}};
	static const struct fact facts[] = {
		{"Họ và tên", "Trần Thị Lành", "name"}, {"Mã giấy", "7K3M-9QXD-24TA", "code"}, {"Năm sinh", "1961", ""}};
	static const struct figure figures[] = {
		{"Đã đăng ký năm 2026", "1.236.376", "49,7 % của 2.487.634 người lớn", {"/ket-qua"}},
		{"Đang giữ danh hiệu", "827.476", "", {NULL}}};
	static const struct trail_item trail[] = {{"Niêm yết", "", "đến 12/12", "sắp tới", true},
						  {"Nộp phiếu", "cháu Ngân", "bấm giúp", "20/11/2025", false}};
	static const struct count counts[] = {{"118", "người mới", "chưa có trong sổ", {"?loc=moi"}, false},
					      {"9", "chưa chắc", "cần ông quyết định", {"?loc=ngo"}, true},
					      {"2", "không nhận", "không có tên", {"?loc=tu-choi"}, false}};
	static const struct step steps[] = {
		{"1. Đăng ký", "14.206", "38,8 % của 36.650 người lớn", {"/xa/danh-sach"}, true, false},
		{"2. Tự chấm, nộp", "9.871", "đến 30/11, còn 4.335 người", {"/xa/nop"}, false, true},
		{"3. Họp xét", "12/12", "chưa ghi người dự", {NULL}, false, false}};
	static const struct change changes[] = {{"8", "6", "Chỉ số 5: Công nghệ thông tin",
						 "Chưa tự chuyển khoản hay dùng VNeID.",
						 "Ông Nguyễn Văn Thiện, 09:14 ngày 02/12/2025"}};
	static const struct link more[] = {{"In danh sách để đi từng nhà", {"/chi-hoi/chua-nop.pdf"}, false}};
	struct pager pager = {{"?trang=dau"}, {"?sau=12"}, "301 người"};
	struct empty empty = {"Không còn phiếu nào chờ xét",
			      "Ông đã xét 214 phiếu.",
			      {"Xem 87 người chưa nộp", {"/chua-nop"}, false},
			      more,
			      COUNT(more)};

	if (work) { /* their style is the officers' */
		buf_text(&out, "<h2>Năm của xã</h2>");
		steps_html(&out, &(struct steps){steps, COUNT(steps)});
		buf_text(&out, "<h2>Đọc tệp</h2>");
		counts_html(&out, &(struct counts){"Kết quả đọc tệp", counts, COUNT(counts)});
	}
	buf_text(&out, "<h2>Danh sách</h2>");
	buf_text(&out, "<table class=\"table table--ruled table--stack\"><thead><tr>");
	for (size_t i = 0; i < COUNT(heads); i++)
		sort_head_html(&out, &heads[i]);
	buf_text(&out, "</tr></thead><tbody><tr><th scope=\"row\"><a href=\"/1\">Ấp Hoà Bình</a></th><td class=\"num\" "
		       "data-label=\"Đăng ký\">"
		       "<a href=\"/2\">51.036</a></td></tr><tr><th scope=\"row\"><a href=\"/3\">Ấp Tân Phú</a></th><td "
		       "class=\"num\" data-label=\"Đăng ký\">"
		       "<a href=\"/4\">11.111</a></td></tr></tbody></table>");
	pager_html(&out, &pager);
	buf_text(&out, "<h2>Số liệu</h2>");
	figures_html(&out, &(struct figures){figures, COUNT(figures)});
	buf_text(&out, "<h2>Giấy chứng nhận</h2>");
	facts_html(&out, &(struct facts){facts, COUNT(facts)});
	buf_text(&out, "<h2>Đường đi của phiếu</h2>");
	trail_html(&out, &(struct trail){trail, COUNT(trail)});
	buf_text(&out, "<h2>Chỗ được sửa</h2>");
	changes_html(&out, &(struct changes){changes, COUNT(changes)});
	empty_html(&out, &empty);
}

static void charts(void)
{
	static const struct {
		const char *code, *name, *percent;
	} places[] = {{"25459", "Phường Tân Ninh", "46,0 %"}, {"25480", "Phường Bình Minh", "61,2 %"}};

	buf_text(&out, "<h2>Biểu đồ</h2><div class=\"scroll\"><table class=\"table\" data-chart=\"line\" data-title=\"Năm 2026 "
		       "nộp sớm hơn năm 2025\">"
		       "<caption>Phiếu đã nộp, cộng dồn</caption><thead><tr><th scope=\"col\">Tháng</th><th scope=\"col\" "
		       "class=\"num\">2026</th>"
		       "<th scope=\"col\" class=\"num\">2025</th></tr></thead><tbody>");
	for (int month = 1; month <= 12; month++) {
		buf_format(&out, "<tr><th scope=\"row\">th. %d</th><td class=\"num\">", month);
		if (month < 11)
			buf_format(&out, "%d.%03d", month * month * 7, month * 11);
		buf_format(&out, "</td><td class=\"num\">%d.%03d</td></tr>", month * month * 6, month * 13);
	}
	buf_format(&out,
		   "</tbody></table></div><div class=\"scroll\"><table class=\"table\" data-chart=\"map\" data-map=\"%s\" "
		   "data-unit=\" %%\" "
		   "data-bounds=\"40 45 50 60\" data-title=\"Thấp nhất ở vùng đông nam\"><caption>T2 theo xã, "
		   "phường</caption><thead><tr>"
		   "<th scope=\"col\">Nơi</th><th scope=\"col\" class=\"num\">T2</th></tr></thead><tbody>",
		   page_map_communes());
	for (size_t i = 0; i < COUNT(places); i++)
		buf_format(&out, "<tr data-code=\"%s\" data-pin=\"%zu\"><th scope=\"row\">%s</th><td class=\"num\">%s</td></tr>",
			   places[i].code, i + 1, places[i].name, places[i].percent);
	buf_text(&out, "</tbody></table></div>");
}

static void keep(const char *name)
{
	const char *folder = getenv("HOCTAP_KEEP_PAGES");
	FILE *file;

	if (!folder)
		return;
	file = fopen(arena_format(arena, "%s/%s", folder, name), "w");
	assert_non_null(file);
	fwrite(buf_cstr(&out), 1, out.len, file);
	fclose(file);
}

/* Every id once; every for, aria-describedby and #link leads to one. */
static void check_ids(const char *html)
{
	static const char *const references[] = {" for=\"", " aria-describedby=\"", " href=\"#"};

	for (const char *p = html; (p = strstr(p, " id=\"")); p++) {
		size_t len = strcspn(p + 5, "\"") + 6;

		assert_null(strstr(p + 5, arena_textn(arena, p, len)));
	}
	for (size_t i = 0; i < COUNT(references); i++)
		for (const char *p = html; (p = strstr(p, references[i]));) {
			p += strlen(references[i]);
			CHECK_HAS(html, arena_format(arena, " id=\"%.*s\"", (int)strcspn(p, "\""), p));
		}
}

static void parts_page(bool work)
{
	static const struct link nav[] = {{"Việc cần làm", {"/chi-hoi"}, false},
					  {"Danh sách", {"/chi-hoi/danh-sach"}, true},
					  {"Lưới điểm", {"/chi-hoi/luoi"}, false},
					  {"Xét phiếu", {"/chi-hoi/xet"}, false}};
	static const struct link years[] = {{"năm 2025", {"/xa/2025"}, false}};
	struct problems problems;
	struct page page;

	begin();
	problems = PROBLEMS(arena);
	page_init(&page, arena, "Các phần của giao diện");
	page.is_work = work;
	page.has_chart = true;
	page.has_parts = work;
	page.nav = nav;
	page.n_nav = COUNT(nav);
	page.user = (struct link){"Ông Thiện", URL("/toi"), false};
	if (work)
		page.context = (struct context){"Chi hội ấp Bình Hoà",
						"xã Đức Hoà",
						"Đợt năm 2026",
						"Nộp phiếu đến hết ngày 30/11/2026, còn 7 ngày",
						years,
						COUNT(years)};
	page_crumbs(&page, arena, years, COUNT(years), "Các phần");
	page_notice(&page, NOTICE_TURN, "Chi hội cần bà bổ sung chỉ số 4", "Gửi một ảnh hoặc một câu kể trước ngày 05/12.",
		    "Bổ sung ngay", URL("/bo-sung"));
	problem(&problems, "dien_thoai", "Số điện thoại có 9 chữ số, cần 10");
	problem(&problems, "loai", "Chọn một loại đơn vị");
	page_problems(&page, arena, &problems);
	page_start_html(&out, &page);
	buf_text(&out, "<h1>Các phần của giao diện</h1><div class=\"split\"><div>");
	states_and_strips();
	fields();
	buf_text(&out, "</div><div>");
	lists(work);
	charts();
	buf_text(&out, "</div></div>");
	page_end_html(&out, &page);
}

TEST(page, of_all_parts_is_whole)
{
	for (int work = 0; work <= 1; work++) {
		parts_page(work);
		assert_false(out.failed);
		check_ids(buf_cstr(&out));
		CHECK_INT(1,
			  (int)(strstr(buf_cstr(&out), "<h1>") != NULL && !strstr(strstr(buf_cstr(&out), "<h1>") + 1, "<h1>")));
		keep(work ? "parts-work.html" : "parts.html");
	}
}

TEST(page, of_scoring_has_its_tally_below_the_form)
{
	struct field f = score;
	struct problems problems;
	struct ladder ladder;
	struct tally tally;
	struct page page;

	begin();
	problems = PROBLEMS(arena);
	page_init(&page, arena, "Chỉ số 4 trong 10");
	page.is_bare = true;
	f.value = "";
	f.error = "Chọn một mức điểm. Chưa chắc thì chọn mức thấp hơn, sau này vẫn sửa được.";
	f.hint = "Sống một mình thì kể việc giúp người thân, hàng xóm học.";
	problem(&problems, "diem", "Chọn một mức điểm");
	page_problems(&page, arena, &problems);
	ladder = ladder_of(arena, &f, 4, levels, 10, 5);
	tally = tally_of(arena, URL("/phieu"), scores_of("8 7 8 - - - - - - -"), 10, 4, 80, 5);
	page_start_html(&out, &page);
	buf_text(&out, "<div class=\"page\">");
	error_summary_html(&out, &page.errors);
	buf_text(&out, "<h1>Động viên người khác học</h1><form action=\"/tim\" method=\"get\">");
	ladder_html(&out, &ladder);
	buf_text(&out, "<p class=\"actions\"><button class=\"govuk-button\">Lưu và sang chỉ số 5</button></p></form></div>");
	tally_html(&out, &tally);
	page_end_html(&out, &page);
	check_ids(buf_cstr(&out));
	CHECK_HAS(buf_cstr(&out), "<b data-sum>23</b> điểm");
	CHECK_HAS(buf_cstr(&out), "<span data-verdict>Còn 7 chỉ số</span>");
	keep("scoring.html");
}

TEST(error_page, can_be_kept_for_the_browser)
{
	struct error_view view;

	begin();
	error_view_init(&view, arena, 503, "", "Q7W2-HX4D", "15:20:41 ngày 23/11/2026");
	view.retry = URL("/phieu/chi-so/4");
	view.retry_token.value = "5f0c";
	error_page_html(&out, &view);
	check_ids(buf_cstr(&out));
	keep("error.html");
}
