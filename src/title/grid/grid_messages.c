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
	for (int i = 0; i < (now->n > typed->n ? now->n : typed->n); i++) {
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
		[GRID_SUBMIT_OWN] = "Nộp giúp",
		[GRID_AGREE] = "Đồng ý với điểm tự chấm của", [GRID_WITHDRAW] = "Rút", [GRID_RESTORE] = "Nhận lại" };

	return arena_format(a, act == GRID_REGISTER ? "%s cùng lúc cho %zu người trong lưới điểm"
		: "%s cùng lúc %zu phiếu trong lưới điểm", words[act], n);
}

const char *grid_score_outside(struct arena *a, int indicator, size_t row, int64_t score, int most)
{
	return arena_format(a, "Chỉ số %d, hàng %zu: %lld nằm ngoài mức cho phép. Ghi một số từ 0 đến %d.", indicator, row,
		(long long)score, most);
}

/* In the middle of a sentence, with its number. */
static const char *act_words(struct arena *a, enum grid_act act, int64_t n)
{
	static const char *const words[GRID_DONE_N] = { [GRID_REGISTER] = "đăng ký %s người", [GRID_SUBMIT] = "nộp %s phiếu",
		[GRID_SUBMIT_OWN] = "nộp giúp %s phiếu", [GRID_AGREE] = "đồng ý với điểm tự chấm của %s phiếu",
		[GRID_WITHDRAW] = "rút %s phiếu", [GRID_RESTORE] = "nhận lại %s phiếu",
		[GRID_ROWS_SELF] = "lưu điểm tự chấm của %s hàng", [GRID_ROWS_REVIEW] = "lưu điểm xét của %s hàng" };
	struct buf out = BUF(a);

	for (const char *p = words[act]; *p; p++)
		if (p[0] == '%' && p[1] == 's') {
			buf_text(&out, format_int(a, n));
			p++;
		} else {
			buf_add(&out, p, 1);
		}
	return buf_cstr(&out);
}

const char *grid_done_words(struct arena *a, enum grid_act act, int64_t n)
{
	return arena_format(a, "Đã %s", act_words(a, act, n));
}

const char *grid_undone_words(struct arena *a, enum grid_act act, int64_t n)
{
	return arena_format(a, "Đã hoàn lại: %s", act_words(a, act, n));
}

const char *grid_undo_reason(struct arena *a, const struct grid_done *done)
{
	return arena_format(a, "Hoàn lại: %s lúc %s", act_words(a, done->act, done->people), format_time(a, done->at));
}

const char *grid_paper_list(struct arena *a, const char *day, const char *holder)
{
	return arena_format(a, "Đồng ý cho nộp giúp, danh sách giấy ngày %s, %s giữ", format_date(a, day), holder);
}

const char *grid_unticked(struct arena *a, const char *name)
{
	return arena_format(a, "%s: điểm đã sửa nhưng chưa đánh dấu “Đã hỏi”. Đánh dấu để lưu, hoặc trả điểm về như đề nghị.",
		name);
}
