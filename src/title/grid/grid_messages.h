/* grid_messages.h: what title/grid may say to a person. Texts live in the arena. */
#ifndef TITLE_GRID_MESSAGES_H
#define TITLE_GRID_MESSAGES_H

#include "base/arena.h"
#include "title/grid/grid.h"

#define GRID_MOVED "Phiếu này vừa đổi ở nơi khác. Mở lại trang để xem bản mới rồi chọn lại."
#define GRID_LIST_CHANGED "Danh sách vừa đổi, chưa làm gì. Xem lại những người bên dưới rồi bấm lần nữa."
#define GRID_NOBODY "Chưa chọn ai. Đánh dấu từng người, hoặc chọn tất cả."
#define GRID_SCOPE_MISSING "Chọn làm cho tất cả hay chỉ những người đã đánh dấu."
#define GRID_WHY_MISSING "Chọn lý do rút phiếu."
#define GRID_RESTORE_SHORT "Ghi lý do nhận lại, từ 5 chữ trở lên."
#define GRID_AS_LAST "Như điểm năm trước, người nhập xác nhận từng người"
#define GRID_UNDONE "Hoàn lại điểm vừa lưu trước đó"
#define GRID_REASON_SHORT "Ghi vì sao sửa điểm, từ 10 chữ trở lên: một lần cho cả hàng, người có phiếu đọc được."

/* "Trần Thị Cúc: Chị Thuỳ vừa sửa lúc 14:35 …": who saved before, and where it differs from what was typed. */
const char *grid_moved_words(struct arena *, const char *name, const char *actor, int64_t at, const struct scores *now,
	const struct scores *typed);
const char *grid_of_row(struct arena *, const char *name, const char *text);     /* "Trần Thị Cúc: …" */
const char *grid_bulk_note(struct arena *, enum grid_act, size_t n);             /* "Nộp cùng lúc 300 phiếu trong lưới điểm" */
const char *grid_unticked(struct arena *, const char *name);

#endif
