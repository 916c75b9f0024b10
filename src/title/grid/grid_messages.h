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
#define GRID_HELPER_MISSING "Ghi ai nộp giúp."
#define GRID_CONSENT_MISSING "Ghi những người này đồng ý cho nộp giúp thế nào."
#define GRID_CONSENT_DAY "Ghi ngày lập danh sách giấy có chữ ký hoặc ý kiến đồng ý, ví dụ 12/11/2026."
#define GRID_CONSENT_FUTURE "Ngày lập danh sách giấy ở sau hôm nay. Xem lại ngày."
#define GRID_CONSENT_HOLDER "Ghi ai đang giữ danh sách giấy, ví dụ: bà Ba, chi hội trưởng."
#define GRID_UNDO_TWICE "Việc này đã hoàn lại rồi."
#define GRID_UNDO_LATE "Chỉ hoàn lại được trong ngày đã làm. Sửa từng phiếu ở trang của người đó."
#define GRID_UNDO_LOCKED "Đợt đã khoá, không hoàn lại được nữa."
#define GRID_UNDO_NOTHING "Không phiếu nào hoàn lại được: phiếu nào cũng đã đổi sau đó. Sửa từng phiếu ở trang của người đó."
#define GRID_UNDO_GONE "phiếu không còn"
#define GRID_UNDO_AWAY "đã chuyển sang đơn vị khác"
#define GRID_UNDO_TOUCHED "phiếu đã đổi sau đó"
#define GRID_UNDO_EVIDENCE "đã gửi minh chứng sau đó"
#define GRID_UNDO_OWN "phiếu của chính mình, để người khác hoàn lại"
#define GRID_UNDONE "Hoàn lại điểm vừa lưu trước đó"
#define GRID_REASON_SHORT "Ghi vì sao sửa điểm, từ 10 chữ trở lên: một lần cho cả hàng, người có phiếu đọc được."

/* "Trần Thị Cúc: Chị Thuỳ vừa sửa lúc 14:35 …": who saved before, and where it differs from what was typed. */
const char *grid_moved_words(struct arena *, const char *name, const char *actor, int64_t at, const struct scores *now,
	const struct scores *typed);
const char *grid_of_row(struct arena *, const char *name, const char *text);     /* "Trần Thị Cúc: …" */
const char *grid_bulk_note(struct arena *, enum grid_act, size_t n);             /* "Nộp cùng lúc 300 phiếu trong lưới điểm" */
struct grid_done;
const char *grid_done_words(struct arena *, enum grid_act, int64_t n);           /* "Đã nộp 300 phiếu" */
const char *grid_undone_words(struct arena *, enum grid_act, int64_t n);         /* "Đã hoàn lại: nộp 300 phiếu" */
const char *grid_undo_reason(struct arena *, const struct grid_done *);          /* "Hoàn lại: nộp 300 phiếu lúc 14:36" */
const char *grid_paper_list(struct arena *, const char *day, const char *holder);       /* how people agreed */
const char *grid_unticked(struct arena *, const char *name);
const char *grid_score_outside(struct arena *, int indicator, size_t row, int64_t score, int most);

#endif
