#include "html/page.h"

#include "base/bug.h"
#include "web_names.h"

void page_init(struct page *page, struct arena *arena, const char *title)
{
	*page = (struct page){
		.title = arena_text(arena, title),
		.site = "học tập Tây Ninh", .place = "tỉnh Tây Ninh",
		.help = "Cần giúp, hỏi chi hội khuyến học nơi bạn ở.",
		.app_css = URL(WEB_APP_CSS), .work_css = URL(WEB_WORK_CSS), .icon = URL(WEB_FAVICON),
		.app_js = URL(WEB_APP_JS), .chart_js = URL(WEB_CHART_JS), .parts_js = URL(WEB_PARTS_JS),
		.grid_js = URL(WEB_GRID_JS),
		.user = { .label = "" }, .context = { "", "", "", "", NULL, 0 }, .here = "", .token = { "" },
		.notice = { "", "", "", { .label = "" } }, .errors = { .title = "" },
	};
}

void page_crumbs(struct page *page, struct arena *arena, const struct link *links, size_t n, const char *here)
{
	struct link *copy = ARENA_ARRAY(arena, struct link, n);

	for (size_t i = 0; i < n; i++)
		copy[i] = links[i];
	page->crumbs = copy;
	page->n_crumbs = n;
	page->here = arena_text(arena, here);
}

void page_notice(struct page *page, enum notice_kind kind, const char *title, const char *text, const char *label,
	struct url href)
{
	static const char *const kinds[] = { [NOTICE_TURN] = "turn", [NOTICE_DONE] = "done", [NOTICE_STOP] = "stop" };

	BUG_ON((size_t)kind >= COUNT(kinds));
	page->notice = (struct notice){ kinds[kind], title, text, { label, href, false } };
}

void page_problems(struct page *page, struct arena *arena, const struct problems *problems)
{
	struct error_line *lines;
	size_t n = 0;

	if (problems_none(problems))
		return;
	lines = ARENA_ARRAY(arena, struct error_line, problems->n);
	for (const struct problem *p = problems->first; p; p = p->next, n++) {
		lines[n].text = p->text;
		if (*p->field)
			lines[n].href = url_fragment(arena, URL(""), p->field);
	}
	page->errors = (struct error_summary){ n == 1 ? "Chưa xong: còn một chỗ cần sửa"
		: arena_format(arena, "Chưa xong: còn %zu chỗ cần sửa", n), lines, n };
}

const char *page_map_communes(void)
{
	return WEB_MAP_COMMUNES;
}

const char *page_map_provinces(void)
{
	return WEB_MAP_PROVINCES;
}

struct error_words { int status; const char *title, *why, *steps[3]; };

static const struct error_words words[] = {
	{ 400, "Máy chủ chưa hiểu yêu cầu này", "Địa chỉ hoặc nội dung gửi tới bị thiếu hay sai chỗ nào đó.",
	  { "Quay lại trang trước, mở lại trang rồi làm lại.",
	    "Nếu vẫn vậy, báo chi hội khuyến học và đọc mã bên dưới." } },
	{ 401, "Cần đăng nhập trước", "Chưa có gì được lưu vì phiên đăng nhập không còn.",
	  { "Chép lại những gì đã gõ bên dưới, nếu có.", "Đăng nhập, mở lại trang rồi gửi." } },
	{ 403, "Bạn chưa được mở trang này",
	  "Trang này dành cho người phụ trách đơn vị đó, hoặc cần đăng nhập bằng tài khoản khác.",
	  { "Xem lại mình đang đăng nhập bằng tài khoản nào.",
	    "Nếu việc này là của bạn, nhờ hội khuyến học cấp trên giao quyền." } },
	{ 404, "Không có trang này", "Địa chỉ có thể bị gõ thiếu, hoặc trang đã được chuyển đi.",
	  { "Kiểm tra lại từng chữ trong địa chỉ.", "Hoặc về trang đầu rồi đi tiếp từ đó." } },
	{ 405, "Không mở được theo cách này", "Địa chỉ này chỉ nhận nội dung gửi từ trang của nó.",
	  { "Về trang trước rồi bấm lại nút ở đó." } },
	{ 409, "Chưa lưu: có người vừa sửa trước", "Trang này mở đã lâu và nội dung đã đổi ở nơi khác.",
	  { "Mở lại trang để xem bản mới.", "So hai bản, sửa lại chỗ cần sửa rồi lưu." } },
	{ 411, "Máy chủ chưa nhận được nội dung", "Trình duyệt không cho biết nội dung gửi tới dài bao nhiêu.",
	  { "Thử lại bằng trình duyệt khác, ví dụ Chrome, Firefox hoặc Safari." } },
	{ 413, "Nội dung gửi tới quá lớn", "Tệp hoặc đoạn chữ vượt mức mà trang này nhận.",
	  { "Chụp lại ảnh ở cỡ nhỏ hơn, hoặc gửi ít tệp hơn mỗi lần.", "Những gì đã lưu trước đó vẫn còn." } },
	{ 422, "Có chỗ cần sửa", "Một vài ô chưa đúng nên chưa lưu được.",
	  { "Quay lại trang trước và xem lời nhắc cạnh từng ô." } },
	{ 500, "Máy chủ gặp lỗi, chưa làm xong việc này", "Lỗi ở phía máy chủ, không phải do bạn. Dữ liệu vẫn như lúc trước.",
	  { "Chờ một phút rồi làm lại.", "Nếu vẫn vậy, báo chi hội khuyến học và đọc mã bên dưới." } },
	{ 503, "Máy chủ đang bận, chưa lưu được",
	  "Đang có rất nhiều người gửi cùng lúc nên máy chủ từ chối bớt để không làm mất dữ liệu của ai.",
	  { "Chờ một phút rồi gửi lại.", "Bấm nhiều lần cũng chỉ tính một lần, không sợ nộp trùng.",
	    "Nếu sau 15 phút vẫn vậy, báo chi hội khuyến học và đọc mã bên dưới." } },
};

static const struct error_words *words_of(int status)
{
	const struct error_words *failed = NULL;

	for (size_t i = 0; i < COUNT(words); i++) {
		if (words[i].status == status)
			return &words[i];
		if (words[i].status == 500)
			failed = &words[i];
	}
	return failed;
}

void error_view_init(struct error_view *view, struct arena *arena, int status, const char *why, const char *request_id,
	const char *at)
{
	const struct error_words *say = words_of(status);

	*view = (struct error_view){
		.over = arena_format(arena, "Lỗi %d", status), .title = say->title,
		.why = *why ? arena_text(arena, why) : say->why,
		.steps = say->steps, .back = URL("/"), .back_label = "Về trang đầu",
		.request_id = arena_text(arena, request_id), .at = arena_text(arena, at),
		.retry_token = { "" },
	};
	while (view->n_steps < COUNT(say->steps) && say->steps[view->n_steps])
		view->n_steps++;
	view->is_step = view->n_steps == 1;
	page_init(&view->page, arena, say->title);
}
