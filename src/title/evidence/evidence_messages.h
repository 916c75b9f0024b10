/* evidence_messages.h: what a person is told about their evidence. Refused files speak through sandbox_messages.h. */
#ifndef TITLE_EVIDENCE_MESSAGES_H
#define TITLE_EVIDENCE_MESSAGES_H

#include <stdint.h>

#include "base/arena.h"

#define EVIDENCE_WORDS_SHORT "Kể lại bằng một câu, từ 10 chữ cái trở lên, và ghi tên một người biết việc này."
#define EVIDENCE_TOO_MANY "Đã có 500 minh chứng. Bỏ bớt những ảnh không dùng rồi thêm."

const char *evidence_used_elsewhere(struct arena *, int64_t year);

#endif
