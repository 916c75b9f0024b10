/* paper_messages.h: what title/paper may say to a person. */
#ifndef TITLE_PAPER_MESSAGES_H
#define TITLE_PAPER_MESSAGES_H

#include "base/arena.h"

#define PAPER_CODE_UNKNOWN \
	"Không có phiếu nào mang mã này trong đơn vị của bạn. So từng chữ với tờ giấy; hay nhầm 8 với B, 5 với S."
#define PAPER_NO_SCORES "Chưa gõ điểm nào. Gõ điểm đã tô trên tờ giấy, hoặc bấm “Phiếu khác”."
#define PAPER_NOT_POINTS "Bộ tiêu chí này không chấm từ 0 đến 10 nên chưa in được phiếu giấy có vòng tròn."

const char *paper_score_missing(struct arena *, int indicator);

#endif
