/* rounds_messages.h: what title/rounds may say to a person. Texts live in the arena. */
#ifndef TITLE_ROUNDS_MESSAGES_H
#define TITLE_ROUNDS_MESSAGES_H

#include "base/arena.h"
#include "title/rounds/rounds.h"

#define ROUND_STAGE_NONE "Chọn việc được gia hạn."
#define ROUND_REASON_SHORT "Ghi lý do từ 10 chữ trở lên, để người sau hiểu."
#define ROUND_POSTING_DAYS "Số ngày niêm yết từ 0 (không niêm yết) đến 60."
#define ROUND_TITLE_YEARS "Danh hiệu có giá trị từ 1 đến 10 năm."
#define ROUND_CRITERIA_DRAFT "Bộ tiêu chí này chưa công bố. Công bố trước, hoặc chọn bộ khác."
#define ROUND_CRITERIA_FIXED "Việc đăng ký đã bắt đầu nên không đổi bộ tiêu chí được nữa."
#define ROUND_IS_LOCKED "Đợt này đang khoá. Mở lại đợt trước, rồi sửa."
#define ROUND_ALREADY_LOCKED "Đợt này đã khoá."
#define ROUND_NOT_LOCKED "Đợt này đang mở, không cần mở lại."
#define ROUND_EXTEND_UNIT "Chỉ gia hạn cho xã, phường, hoặc cho đơn vị trực thuộc tỉnh. Chọn lại đơn vị."
#define ROUND_UNIT_KIND "Chỉ ghi tỉnh, xã, phường, hoặc đơn vị trực thuộc tỉnh. Bỏ các đơn vị khác."

const char *round_year_wrong(struct arena *, int year);
const char *round_year_taken(struct arena *, int year);
const char *round_from_after_until(struct arena *, enum round_stage, const char *until);
const char *round_out_of_order(struct arena *, enum round_stage, const char *day);
const char *round_outside_year(struct arena *, int year);
const char *round_extend_early(struct arena *, const char *until);
const char *round_extend_late(struct arena *, const char *last);

/* Why a stage is not open. ask: whom to ask, "Hỏi …". */
const char *round_locked_now(struct arena *, int year);
const char *round_not_taking_part(struct arena *, int year);
const char *round_not_begun(struct arena *, const struct round *, enum round_stage);
const char *round_ended(struct arena *, const struct round *, enum round_stage, const char *until, const char *whom);

#endif
