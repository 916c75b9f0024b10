/* review_messages.h: what title/review may say to a person. Texts live in the arena. */
#ifndef TITLE_REVIEW_MESSAGES_H
#define TITLE_REVIEW_MESSAGES_H

#include "base/arena.h"
#include "title/standing/standing.h"

#define REVIEW_OWN_BRANCH "Không ai xét phiếu của chính mình. Hội Khuyến học xã sẽ xét phiếu này."
#define REVIEW_OWN_COMMUNE "Không ai xét phiếu của chính mình. Hội Khuyến học tỉnh sẽ xét phiếu này."
#define REVIEW_RETURN_REASON "Ghi cần bổ sung gì, từ 10 chữ trở lên, ví dụ “Chỉ số 4: gửi một ảnh hoặc một câu kể”."
#define REVIEW_TOLD_LATE "Ngày báo không thể sau hôm nay. Chưa báo thì để trống, báo rồi ghi sau."

const char *review_reason_short(struct arena *, int indicator, int64_t was, int64_t became);
const char *review_score_wrong(struct arena *, int indicator, int max);
const char *review_state_wrong(struct arena *, const char *state_words);
const char *review_due_wrong(struct arena *, const char *first, const char *last);

#endif
