#include "title/paper/paper_messages.h"

#include <string.h>

const char *paper_score_missing(struct arena *a, int indicator)
{
	return arena_format(a, "Câu %d chưa có điểm. Gõ điểm từ 0 đến 10, hoặc bấm “Ghi, chưa nộp”.", indicator);
}

/* In the order of enum form_fault; %s is its place or field. */
static const char *const faults[] = {
	"", "Tệp này không phải tài liệu Word (DOCX)%s. Mở bằng Word hoặc LibreOffice, lưu lại thành DOCX rồi gửi lại.",
	"Mẫu này quá lớn%s. Bỏ bớt hình và trang thừa rồi gửi lại.",
	"Tệp bị hỏng hoặc viết khác thường%s. Mở bằng Word, lưu lại thành DOCX rồi gửi lại.",
	"Tệp có mật khẩu%s. Bỏ mật khẩu rồi gửi lại.",
		"Tệp có macro%s nên không nhận. Lưu lại thành DOCX không macro.",
	"Tệp tự lấy thứ khác từ ngoài khi mở ra%s nên không nhận. Chèn hẳn hình vào mẫu, bỏ mẫu gắn kèm.",
	"Tệp có tài liệu khác nhúng bên trong%s nên không nhận. Bỏ phần nhúng rồi gửi lại.",
	"Dấu { không có dấu } đóng lại%s. Sửa trong mẫu rồi gửi lại.",
	"Chỗ trống viết sai%s. Tên chỉ có chữ không dấu, số và gạch dưới, ví dụ {ho_ten}.",
	"Có dấu đóng mà không có dấu mở%s. Thêm dấu mở trước nó.", "Có dấu mở mà không có dấu đóng%s. Thêm dấu đóng sau nó.",
	"Dấu mở và dấu đóng không cùng một chỗ%s. Để cả hai trong một dòng bảng, hoặc trong các đoạn liền nhau.",
	"Danh sách nằm trong danh sách%s. Mỗi chỗ chỉ lặp một danh sách.",
};

const char *form_fault_words(struct arena *a, int fault, const char *what)
{
	const char *hole = fault > 0 && (size_t)fault < COUNT(faults) ? strstr(faults[fault], "%s") : NULL;

	if (!hole)
		return FORM_NOT_READ;

	return arena_format(a, "%.*s%s%s", (int)(hole - faults[fault]), faults[fault], *what ? arena_format(a, " (%s)", what) :
		"",
		hole + 2);
}

const char *form_field_unknown(struct arena *a, const char *name, const char *nearest)
{
	return *nearest ? arena_format(a, "Giấy này không có {%s}. Có lẽ là {%s}; tên các chỗ trống ở bảng bên dưới.", name,
		nearest)
		: arena_format(a, "Giấy này không có {%s}. Xem tên các chỗ trống ở bảng bên dưới.", name);
}

const char *form_list_unknown(struct arena *a, const char *name, const char *paper)
{
	return arena_format(a, "“%s” không có danh sách {#%s}. Xem tên danh sách ở bảng bên dưới.", paper, name);
}

const char *paper_page_none(struct arena *a, int64_t page)
{
	return arena_format(a, "Giấy này không có trang %lld. Xem số ở giữa lề trên của trang; trang đầu không in số là trang 1.",
		(long long)page);
}
