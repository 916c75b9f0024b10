/* roster_messages.h: what title/roster may say of a list: what is wrong, what to do. Texts live in the arena. */
#ifndef TITLE_ROSTER_MESSAGES_H
#define TITLE_ROSTER_MESSAGES_H

#include <stddef.h>

#include "base/arena.h"

#define ROSTER_NO_NAME_COLUMN "Dòng đầu thiếu cột ho_ten. Ghi tên các cột ở dòng đầu: ho_ten, ngay_sinh, gioi_tinh, so_dinh_danh, dien_thoai, ap, nhom, tc1 đến tc10."
#define ROSTER_EMPTY "Tệp chưa có dòng nào dưới dòng tên cột. Ghi mỗi người một dòng."
#define ROSTER_UNIT_WIDE "Nạp danh sách vào một xã, phường hoặc một ấp, khu phố, đơn vị. Chọn lại đơn vị."
#define ROSTER_NAME_NONE "Ô họ tên trống. Ghi tên vào tệp rồi gửi lại."
#define ROSTER_BIRTH_NONE "Ô ngày sinh trống. Ghi ít nhất năm sinh."
#define ROSTER_PLACE_NONE "Ô ấp trống. Ghi tên ấp, khu phố hoặc đơn vị."
#define ROSTER_NO_ROUND "Chưa có đợt nào để ghi điểm. Bỏ các cột điểm, hoặc chờ mở đợt."
#define ROSTER_NUMBER_ELSEWHERE "Số định danh này đã có ở một người của nơi khác. Xem lại số; nếu đúng, báo Hội Khuyến học xã, phường."
#define ROSTER_SHEET_CLOSED "Phiếu của người này đã nộp hoặc đã xét, điểm trong tệp không ghi được nữa. Bỏ điểm ở dòng này."
#define ROSTER_FILE_NONE "Chọn một tệp CSV."
#define ROSTER_FILE_HEAVY "Tệp nặng quá 4 MB. Chia thành nhiều tệp nhỏ."

const char *roster_birth(struct arena *, const char *typed);
const char *roster_sex(struct arena *, const char *typed);
const char *roster_place(struct arena *, const char *typed, const char *unit);
const char *roster_place_twice(struct arena *, const char *typed, const char *unit);
const char *roster_group(struct arena *, const char *typed);
const char *roster_score(struct arena *, int indicator, const char *typed, int max);
const char *roster_no_indicator(struct arena *, int indicator, int n);
const char *roster_people_alike(struct arena *, size_t n);
const char *roster_row_twice(struct arena *, int64_t line);
const char *roster_many(struct arena *, size_t n, int max);

#endif
