/* roster_messages.h: what title/roster may say of a list: what is wrong, what to do. Texts live in the arena. */
#ifndef TITLE_ROSTER_MESSAGES_H
#define TITLE_ROSTER_MESSAGES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define ROSTER_NO_NAME_COLUMN \
	"Không thấy bảng có cột họ tên (ho_ten) và ít nhất hai cột khác như năm sinh, CCCD. Ghi tên cột ở dòng trên bảng."
#define ROSTER_EMPTY "Tệp chưa có dòng nào dưới dòng tên cột. Ghi mỗi người một dòng."
#define ROSTER_UNIT_WIDE "Ghi danh sách vào một xã, phường hoặc một ấp, khu phố, đơn vị. Chọn lại đơn vị."
#define ROSTER_NAME_NONE "Ô họ tên trống. Ghi tên vào tệp rồi gửi lại."
#define ROSTER_BIRTH_NONE "Ô ngày sinh trống. Ghi ít nhất năm sinh."
#define ROSTER_PLACE_NONE "Ô ấp trống. Ghi tên ấp, khu phố hoặc đơn vị."
#define ROSTER_NO_ROUND "Chưa có đợt nào để ghi điểm. Bỏ các cột điểm, hoặc chờ mở đợt."
#define ROSTER_NUMBER_ELSEWHERE "Số định danh này đã có ở một người của nơi khác. Xem lại số; nếu đúng, báo Hội Khuyến học xã, phường."
#define ROSTER_SHEET_CLOSED "Phiếu của người này đã nộp hoặc đã xét, điểm trong tệp không ghi được nữa. Bỏ điểm ở dòng này."
#define ROSTER_BIRTH_UNREAD "Ngày sinh trong tệp không đọc được. Ghi như 20/5/1961, hoặc chỉ năm 1961."
#define ROSTER_NUMBER_UNREAD "Số định danh trong tệp không đúng. Xem thẻ, ghi đủ 12 số; chưa có thẻ thì để trống."
#define ROSTER_PHONE_UNREAD "Số điện thoại trong tệp không đúng. Ghi đủ 10 số, hoặc để trống."
#define ROSTER_GROUP_UNKNOWN "Nghề hoặc đối tượng trong tệp không thuộc nhóm nào. Ghi tên nhóm, ví dụ Nông dân."
#define ROSTER_SCORE_UNREAD "Có ô điểm không phải số từ 0 đến 10. Ghi số, hoặc để trống."
#define ROSTER_LONG "Tệp có nhiều dòng hơn mức nhận một lần. Chia thành nhiều tệp."
#define ROSTER_FILE_NONE "Chọn một tệp danh sách: .xlsx, .xls, .ods hoặc .csv."
#define ROSTER_FILE_HEAVY "Tệp nặng quá 8 MB. Chia thành nhiều tệp nhỏ."

#define ROSTER_NOT_OPEN "Danh sách này đang được đọc hoặc ghi, hoặc đã ghi rồi. Xem lại trang danh sách."
#define ROSTER_SAID_GONE "Người đã chọn cho dòng này không còn ở đây, hoặc đã đổi tên, năm sinh. Gửi lại tệp để chọn lại."
#define ROSTER_NO_SUCH_CHOICE "Chọn một cách trong các cách đã ghi ở dòng đó."
#define ROSTER_SCORES_UNSAID "Chọn điểm trong tệp là của ai: từng người tự chấm, hay chi hội đã thống nhất."
#define ROSTER_CONSENT_DAY "Ghi ngày lập danh sách giấy có chữ ký hoặc ý kiến đồng ý, ví dụ 12/11/2026."
#define ROSTER_CONSENT_FUTURE "Ngày lập danh sách giấy ở sau hôm nay. Xem lại ngày."
#define ROSTER_CONSENT_HOLDER "Ghi ai đang giữ danh sách giấy, ví dụ: bà Ba, chi hội trưởng."
#define ROSTER_UNDO_LATE "Chỉ hoàn lại được trong ngày đã ghi. Sửa từng người ở trang của người đó."
#define ROSTER_UNDO_NOTHING "Danh sách này chưa ghi, hoặc đã hoàn lại rồi."
#define ROSTER_NO_FORMER "Chưa có đợt trước để lấy danh sách. Nạp từ tệp, hoặc thêm từng người."
#define ROSTER_NO_PERMISSION "Tài khoản này không còn quyền nạp danh sách ở đơn vị đó."
#define ROSTER_GONE "Đơn vị, đợt hoặc người trong danh sách đã đổi. Đọc lại danh sách."
#define ROSTER_UNREADABLE "Không đọc được danh sách. Xem lý do ở trang danh sách."
#define ROSTER_READ_DONE "Đã đọc xong. Xem trước rồi mới ghi."
#define ROSTER_TOUCHED_PERSON "Thông tin người này đã được sửa sau khi nạp."
#define ROSTER_TOUCHED_SHEET "Phiếu của người này đã được sửa, nộp hoặc xét sau khi nạp."
#define ROSTER_TOUCHED_EVIDENCE "Phiếu của người này đã có minh chứng."
#define ROSTER_UNDO_STOPPED "Chưa hoàn lại gì."

const char *roster_moved(struct arena *, size_t n);
const char *roster_not_written(struct arena *, size_t n);
const char *roster_applied(struct arena *, int64_t wrote, int64_t left);
const char *roster_undone(struct arena *, int64_t n);

const char *roster_place(struct arena *, const char *typed, const char *unit);
const char *roster_place_twice(struct arena *, const char *typed, const char *unit);
const char *roster_score(struct arena *, int indicator, int halves, int max);    /* halves: the score twice */
const char *roster_no_indicator(struct arena *, int indicator, int n);
const char *roster_people_alike(struct arena *, size_t n);
const char *roster_row_twice(struct arena *, int64_t line);
const char *roster_many(struct arena *, size_t n, int max);

#endif
