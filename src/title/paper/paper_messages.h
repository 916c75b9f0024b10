/* paper_messages.h: what title/paper may say to a person. */
#ifndef TITLE_PAPER_MESSAGES_H
#define TITLE_PAPER_MESSAGES_H

#include <stdint.h>

#include "base/arena.h"

#define PAPER_CODE_UNKNOWN \
	"Không có phiếu nào mang mã này trong đơn vị của bạn. So từng chữ với tờ giấy; hay nhầm 8 với B, 5 với S."
#define PAPER_NO_SCORES "Chưa gõ điểm nào. Gõ điểm đã tô trên tờ giấy, hoặc bấm “Phiếu khác”."
#define PAPER_NOT_POINTS "Bộ tiêu chí này không chấm từ 0 đến 10 nên chưa in được phiếu giấy có vòng tròn."

#define PAPER_PAGE_OF_PDF "Chỉ tệp PDF in lại được một trang. Bấm nút PDF, hoặc để trống ô này."
const char *paper_page_none(struct arena *, int64_t page);

#define FORM_FILE_NONE "Chọn một tệp DOCX."
#define FORM_FILE_HEAVY "Tệp này lớn hơn 4 MB. Bỏ bớt hình trong mẫu rồi gửi lại."
#define FORM_NOT_READ "Chưa đọc được tệp này. Mở bằng Word hoặc LibreOffice, lưu lại thành DOCX rồi gửi lại."

/* Why a file is no form: fault is an enum form_fault (document/form.h), what its place or field. */
const char *form_fault_words(struct arena *, int fault, const char *what);
const char *form_field_unknown(struct arena *, const char *name, const char *nearest);
const char *form_list_unknown(struct arena *, const char *name, const char *paper);
const char *paper_score_missing(struct arena *, int indicator);

#endif
