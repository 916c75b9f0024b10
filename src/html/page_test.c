#include <string.h>

#include "base/buf.h"
#include "html/control.h"
#include "html/page.h"
#include "tests/test.h"

#include "error_page_html.h"
#include "page_end_html.h"
#include "page_start_html.h"
#include "token_html.h"

static struct arena *arena;
static struct buf out;

static struct buf *begin(void)
{
	arena_free(arena);
	arena = arena_new(4 * MiB);
	out = BUF(arena, .max = MiB);
	return &out;
}

static size_t times(const char *text, const char *part)
{
	size_t n = 0;

	while ((text = strstr(text, part))) {
		text += strlen(part);
		n++;
	}
	return n;
}

static const char *whole(const struct page *page)
{
	page_start_html(&out, page);
	buf_text(&out, "<h1>Đầu đề</h1>");
	page_end_html(&out, page);
	assert_false(out.failed);
	return buf_cstr(&out);
}

TEST(page, has_a_skip_link_to_its_main_part_and_escapes_its_title)
{
	struct page page;
	const char *html;

	begin();
	page_init(&page, arena, "Ấp <Bình> & Hoà");
	html = whole(&page);
	CHECK_HAS(html, "<a class=\"govuk-skip-link\" href=\"#noi-dung\">");
	CHECK_HAS(html, "<main id=\"noi-dung\">");
	CHECK_HAS(html, "<title>Ấp &lt;Bình&gt; &amp; Hoà - học tập Tây Ninh</title>");
	CHECK_INT(1, times(html, "</main>"));
	assert_null(strstr(html, "/web/work."));
	assert_null(strstr(html, "class=\"menu\""));
}

TEST(page, of_an_officer_loads_the_second_style_and_folds_the_menu)
{
	static const struct link nav[] = { { "Danh sách", { "/chi-hoi/danh-sach" }, true },
		{ "Xét phiếu", { "/chi-hoi/xet" }, false } };
	struct page page;
	const char *html;

	begin();
	page_init(&page, arena, "Danh sách");
	page.is_work = true;
	page.nav = nav;
	page.n_nav = COUNT(nav);
	page.user = (struct link){ "Ông Thiện", URL("/toi"), false };
	page.context = (struct context){ "Chi hội ấp Bình Hoà", "xã Đức Hoà", "Đợt năm 2026", "", NULL, 0 };
	html = whole(&page);
	CHECK_HAS(html, "/web/work.");
	CHECK_HAS(html, "<details class=\"menu\">");
	CHECK_HAS(html, "<b>Chi hội ấp Bình Hoà</b>, xã Đức Hoà");
	CHECK_INT(2, times(html, "aria-current=\"page\""));
	CHECK_INT(2, times(html, "Ông Thiện"));
	assert_null(strstr(html, "class=\"due\""));
}

TEST(page, bare_leaves_the_layout_to_the_template)
{
	struct page page;
	const char *html;

	begin();
	page_init(&page, arena, "Trang chủ");
	page.is_bare = true;
	html = whole(&page);
	CHECK_INT(times(html, "<div"), times(html, "</div>"));
	CHECK_INT(2, times(html, "<div class=\"page\">"));
}

TEST(page, problems_are_linked_to_their_fields_and_said_first)
{
	struct page page;
	struct problems problems;
	const char *html;

	begin();
	problems = PROBLEMS(arena);
	page_init(&page, arena, "Chỉ số 4");
	page_problems(&page, arena, &problems);
	CHECK_INT(0, page.errors.n_lines);
	problem(&problems, "diem", "Chọn một mức điểm.");
	problem(&problems, "", "Đợt nộp đã đóng.");
	page_problems(&page, arena, &problems);
	html = whole(&page);
	CHECK_HAS(html, "<title>Lỗi: Chỉ số 4 - ");
	CHECK_HAS(html, "<a href=\"#diem\">Chọn một mức điểm.</a>");
	CHECK_HAS(html, "<li>Đợt nộp đã đóng.</li>");
	CHECK_HAS(html, "còn 2 chỗ cần sửa");
	CHECK_HAS(html, "role=\"alert\"");
}

TEST(page, notice_and_crumbs_stand_on_top)
{
	static const struct link way[] = { { "Xét phiếu", { "/chi-hoi/xet" }, false } };
	struct page page;
	const char *html;

	begin();
	page_init(&page, arena, "Phiếu");
	page_crumbs(&page, arena, way, COUNT(way), "Phiếu 12");
	page_notice(&page, NOTICE_DONE, "Đã nộp phiếu", "", "Xem phiếu", URL("/phieu"));
	html = whole(&page);
	CHECK_HAS(html, "<li><a href=\"/chi-hoi/xet\">Xét phiếu</a></li>");
	CHECK_HAS(html, "<li>Phiếu 12</li>");
	CHECK_HAS(html, "class=\"notice notice--done\"");
	CHECK_HAS(html, "<p><a href=\"/phieu\">Xem phiếu</a></p>");
	assert_true(strstr(html, "notice--done") < strstr(html, "<h1"));
}

TEST(page, token_is_hidden_and_escaped)
{
	struct token token = { "a\"b" };

	begin();
	token_html(&out, &token);
	CHECK_TEXT("<input type=\"hidden\" name=\"token\" value=\"a&quot;b\">", buf_cstr(&out));
}

TEST(error_page, says_cause_next_step_and_request_id_for_every_status)
{
	static const int statuses[] = { 400, 403, 404, 405, 409, 411, 413, 422, 500, 503, 599 };

	for (size_t i = 0; i < COUNT(statuses); i++) {
		struct error_view view;
		const char *html;

		begin();
		error_view_init(&view, arena, statuses[i], "", "Q7W2-HX4D", "15:20:41 ngày 23/11/2026");
		CHECK(view.n_steps > 0 && *view.why);
		error_page_html(&out, &view);
		html = buf_cstr(&out);
		CHECK_INT(1, times(html, "<h1>"));
		CHECK_HAS(html, view.steps[0]);
		CHECK_HAS(html, "Q7W2-HX4D");
		assert_null(strstr(html, "<form"));
		assert_null(strstr(html, "vui lòng"));
	}
}

TEST(error_page, keeps_a_post_so_that_it_can_be_sent_again)
{
	static const struct retry_field fields[] = { { "diem", "8" } };
	struct error_view view;
	const char *html;

	begin();
	error_view_init(&view, arena, 503, "Ổ đĩa đầy.", "", "");
	view.retry = URL("/phieu/chi-so/4");
	view.retry_token.value = "5f0c";
	view.fields = fields;
	view.n_fields = COUNT(fields);
	error_page_html(&out, &view);
	html = buf_cstr(&out);
	CHECK_HAS(html, "Ổ đĩa đầy.");
	CHECK_HAS(html, "<form action=\"/phieu/chi-so/4\" method=\"post\">");
	CHECK_HAS(html, "name=\"token\" value=\"5f0c\"");
	CHECK_HAS(html, "name=\"diem\" value=\"8\"");
	assert_null(strstr(html, "Mã để báo lỗi"));
}
