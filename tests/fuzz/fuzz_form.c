/* Whatever is posted, the form is read without a crash, every typed value is within its bounds, and what is wrong is told. */
#include <stdint.h>
#include <string.h>

#include "base/bug.h"
#include "http/form.h"
#include "http/route.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct choices kinds = CHOICES({ "ap", "Ấp" }, { "truong", "Trường học" });

#define FUZZ_FORM(FIELD) \
	FIELD(id, unit, .label = "Đơn vị", .optional = true) \
	FIELD(flag, agree, .label = "Đồng ý") \
	FIELD(whole, year, .label = "Năm", .min = 2000, .max = 2100) \
	FIELD(number, score, .label = "Điểm", .min = -5, .max = 10) \
	FIELD(text, name, .label = "Tên", .max = 5) \
	FIELD(lines, remark, .label = "Ghi chú", .max = 9, .optional = true) \
	FIELD(choice, kind, .label = "Loại", .choices = &kinds) \
	FIELD(secret, pass, .label = "Mật khẩu", .min = 2, .max = 8) \
	FIELD(day, from, .label = "Từ ngày") \
	FIELD(date, birth, .label = "Ngày sinh") \
	FIELD(code, sheet, .label = "Mã phiếu", .len = 9, .optional = true) \
	FIELD(digits, phone, .label = "Điện thoại", .min = 3, .max = 10) \
	FIELD(ids, people, .label = "Người", .max = 3) \
	FIELD(numbers, scores, .label = "Điểm", .min = 0, .max = 10) \
	FIELD(texts, reasons, .label = "Lý do", .max = 5, .optional = true)
FORM(fuzz_form, FUZZ_FORM)
FORM_DEFINE(fuzz_form, FUZZ_FORM)

static void check(const struct fuzz_form *f)
{
	BUG_ON(f->unit < 0 || f->unit >= (int64_t)1 << 53 || (f->year && (f->year < 2000 || f->year > 2100)));
	BUG_ON(f->score.is && (f->score.value < -5 || f->score.value > 10));
	BUG_ON(utf8_count(f->name) > 5 || utf8_count(f->remark) > 9 || !utf8_is_valid(f->remark, strlen(f->remark)));
	BUG_ON(f->kind < -1 || f->kind > 1 || utf8_count(f->pass) > 8 || (*f->from && strlen(f->from) != 10) || strlen(f->birth) > 10);
	BUG_ON((*f->sheet && strlen(f->sheet) != 9) || strlen(f->phone) > 10 || f->people.n > 3 || f->scores.n > FORM_LIST);
	for (size_t i = 0; i < FORM_LIST; i++)
		BUG_ON(utf8_count(f->reasons.at[i]) > 5 || (f->scores.at[i].is && f->scores.at[i].value > 10));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new(64 * MiB);
	struct problems problems = PROBLEMS(arena);
	struct input in = { .arena = arena };
	struct route route = { .form = &fuzz_form_def };
	struct request req = { .ask = { .arena = arena, .problems = &problems }, .route = &route, .is_post = true, .input = &in };
	struct fuzz_form_view view;
	struct segments path;
	const void *form;

	(void)!input_path(arena, (const char *)data, size, &path);
	if (input_urlencoded(&in, FROM_BODY, (const char *)data, size, INPUT_BODY_PAIRS) == INPUT_OK) {
		enum outcome outcome = form_parse(&fuzz_form_def, &in, &problems, &form);

		BUG_ON(outcome != (problems_none(&problems) ? OK : INVALID));
		check(form);
		request_form(&req, &fuzz_form_def, NULL, &view);
		form_show(arena, &fuzz_form_def, form, &view);
	}
	arena_free(arena);
	return 0;
}
