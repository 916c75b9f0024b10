/* roster_messages.h: what title/roster may say of a list: what is wrong, what to do. Texts live in the arena. */
#ifndef TITLE_ROSTER_MESSAGES_H
#define TITLE_ROSTER_MESSAGES_H

#include <stddef.h>

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
#define ROSTER_FILE_NONE "Chọn một tệp danh sách."
#define ROSTER_FILE_HEAVY "Tệp nặng quá 4 MB. Chia thành nhiều tệp nhỏ."

const char *roster_place(struct arena *, const char *typed, const char *unit);
const char *roster_place_twice(struct arena *, const char *typed, const char *unit);
const char *roster_score(struct arena *, int indicator, int halves, int max);    /* halves: the score twice */
const char *roster_no_indicator(struct arena *, int indicator, int n);
const char *roster_people_alike(struct arena *, size_t n);
const char *roster_row_twice(struct arena *, int64_t line);
const char *roster_many(struct arena *, size_t n, int max);

#endif
