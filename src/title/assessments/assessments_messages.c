#include "title/assessments/assessments_messages.h"

#include "base/buf.h"

const char *sheet_too_young(struct arena *a, int year)
{
	return arena_format(a, "Người đăng ký phải đủ 16 tuổi trong năm %d. Nếu năm sinh ghi sai, nhờ chi hội sửa lại.", year);
}

const char *sheet_score_wrong(struct arena *a, int indicator, int max)
{
	return arena_format(a, "Điểm chỉ số %d là số từ 0 đến %d. Chọn lại một mức.", indicator, max);
}

const char *sheet_missing_scores(struct arena *a, const int *indicators, int n)
{
	struct buf out = BUF(a);

	buf_format(&out, "Chưa nộp được: còn %d chỉ số chưa chấm (", n);
	for (int i = 0; i < n; i++)
		buf_format(&out, i ? ", %d" : "%d", indicators[i]);
	buf_text(&out, "). Chấm nốt rồi nộp.");
	return buf_cstr(&out);
}

const char *sheet_closed_in(struct arena *a, const char *state_words)
{
	return arena_format(a, "Phiếu đang ở bước “%s” nên không làm việc này được. Xem lại phiếu để biết bước tiếp theo.",
		state_words);
}

const char *sheet_wishes_many(struct arena *a, int max)
{
	return arena_format(a, "Ghi tối đa %d điều muốn học.", max);
}
