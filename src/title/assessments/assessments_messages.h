/* assessments_messages.h: what a person is told about their sheet. */
#ifndef TITLE_ASSESSMENTS_MESSAGES_H
#define TITLE_ASSESSMENTS_MESSAGES_H

#include "base/arena.h"
#include "base/bytes.h"

#define SHEET_GROUP_WRONG "Chọn nhóm đúng với việc làm chính trong năm."
#define SHEET_GUARDIAN_MISSING "Người 16, 17 tuổi đăng ký thì ghi tên cha, mẹ hoặc người giám hộ."
#define SHEET_HELPER_MISSING "Ghi tên người nhập hộ, hoặc tờ phiếu giấy đã dùng."
#define SHEET_CONSENT_MISSING "Ghi người được nhập hộ đã đồng ý thế nào, ví dụ: đồng ý bằng lời ngày 12/11."
#define SHEET_AGREE_MISSING "Đánh dấu vào ô đồng ý thì mới đăng ký được. Chưa rõ thì hỏi chi hội trước."
#define SHEET_SCORE_MISSING "Chọn một mức điểm. Chưa chắc thì chọn mức thấp hơn, sau này vẫn sửa được."
#define SHEET_REASON_SHORT "Ghi lý do, từ 5 chữ cái trở lên, ví dụ: chuyển đi nơi khác."
#define SHEET_REVIEW_BEGUN "Chi hội đã bắt đầu xét phiếu nên không lấy lại được. Nhờ chi hội trả phiếu lại để sửa."
#define SHEET_LOCKED "Đợt này đã khoá, không sửa phiếu được nữa. Có gì chưa đúng, hỏi Hội Khuyến học tỉnh."
#define SHEET_NOT_ACTIVE \
	"Người này không còn trong danh sách của ấp, khu phố, đơn vị nên không lập phiếu được. Hỏi chi hội để xem lại."

const char *sheet_too_young(struct arena *, int year);
const char *sheet_score_wrong(struct arena *, int indicator, int max);
const char *sheet_missing_scores(struct arena *, const int *indicators, int n);
const char *sheet_closed_in(struct arena *, const char *state_words);
const char *sheet_wishes_many(struct arena *, int max);

#endif
