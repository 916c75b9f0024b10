#include "title/paper/paper_messages.h"

const char *paper_score_missing(struct arena *a, int indicator)
{
	return arena_format(a, "Câu %d chưa có điểm. Gõ điểm từ 0 đến 10, hoặc bấm “Ghi, chưa nộp”.", indicator);
}
