#include "title/grid/grid_messages.h"

#include "base/buf.h"
#include "text/format.h"

static void add_score(struct buf *out, struct maybe score)
{
	if (score.is)
		buf_int(out, score.value);
	else
		buf_text(out, "trống");
}

const char *grid_moved_words(struct arena *a, const char *name, const char *actor, int64_t at, const struct scores *now,
	const struct scores *typed)
{
	struct buf out = BUF(a, .max = 4 * KiB);
	bool any = false;

	buf_format(&out, "%s: %s vừa sửa lúc %s", name, *actor ? actor : "người khác", format_moment(a, at));
	for (int i = 0; i < GRID_INDICATORS; i++) {
		if (now->at[i].is == typed->at[i].is && now->at[i].value == typed->at[i].value)
			continue;
		buf_format(&out, "%s%d đã lưu ", any ? ", " : "; khác với điểm vừa gõ: chỉ số ", i + 1);
		add_score(&out, now->at[i]);
		any = true;
	}
	buf_text(&out, any ? ". Điểm vừa gõ còn trong hàng: so lại rồi lưu." : ", điểm như vừa gõ.");
	return buf_cstr(&out);
}

const char *grid_of_row(struct arena *a, const char *name, const char *text)
{
	return arena_format(a, "%s: %s", name, text);
}

const char *grid_bulk_note(struct arena *a, enum grid_act act, size_t n)
{
	static const char *const words[GRID_ACT_N] = { [GRID_REGISTER] = "Đăng ký", [GRID_SUBMIT] = "Nộp",
		[GRID_AGREE] = "Đồng ý với điểm tự chấm của", [GRID_WITHDRAW] = "Rút", [GRID_RESTORE] = "Nhận lại" };

	return arena_format(a, act == GRID_REGISTER ? "%s cùng lúc cho %zu người trong lưới điểm"
		: "%s cùng lúc %zu phiếu trong lưới điểm", words[act], n);
}

const char *grid_unticked(struct arena *a, const char *name)
{
	return arena_format(a, "%s: điểm đã sửa nhưng chưa đánh dấu “Đã hỏi”. Đánh dấu để lưu, hoặc trả điểm về như đề nghị.",
		name);
}
