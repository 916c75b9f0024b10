/* models_messages.h: what title/models may say to a person. Texts live in the arena. */
#ifndef TITLE_MODELS_MESSAGES_H
#define TITLE_MODELS_MESSAGES_H

#include "base/arena.h"
#include "title/models/models.h"

#define MODEL_NAME_SHORT "Ghi tên đầy đủ, từ 2 chữ trở lên, đúng như trong danh sách người."
#define MODEL_NAME_LONG "Tên dài quá 100 chữ. Ghi ngắn lại."
#define MODEL_NAME_NOT_ASKED "Cộng đồng và đơn vị mang tên ấp, khu phố, đơn vị đã chọn. Bỏ trống ô này."
#define MODEL_KIND_NONE "Chọn loại mô hình."
#define MODEL_DECISION "Ghi số và ngày quyết định, ví dụ “Số 12/QĐ-UBND ngày 05/01/2026”."
#define MODEL_ROUND_NONE "Năm này chưa có đợt. Chọn năm khác, hoặc chờ Hội Khuyến học tỉnh mở đợt."
#define MODEL_ROUND_LOCKED "Đợt của năm này đã khoá, không ghi thêm được. Hỏi Hội Khuyến học tỉnh nếu cần mở lại."
#define MODEL_REASON_SHORT "Ghi lý do từ 10 chữ trở lên, để người sau hiểu."
#define MODEL_KIND_UNKNOWN "ghi loại là Gia đình, Dòng họ, Cộng đồng hoặc Đơn vị."
#define MODEL_COLUMNS "Dòng đầu thiếu cột. Cần các cột: loai, ap, ten, quyet_dinh."
#define MODEL_LINES "Nhiều hơn 2000 dòng. Chia thành nhiều tệp nhỏ."

const char *model_unit_wrong(enum model_kind);
const char *model_taken(struct arena *, enum model_kind, const char *name, int64_t year);
const char *model_line(struct arena *, size_t line, const char *what);
const char *model_leaf_unknown(struct arena *, const char *typed);
const char *model_line_twice(struct arena *, size_t first_line);

#endif
