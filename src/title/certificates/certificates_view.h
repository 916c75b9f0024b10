/* certificates_view.h: what the public check and the reissue show. */
#ifndef TITLE_CERTIFICATES_VIEW_H
#define TITLE_CERTIFICATES_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"

#define VERIFY_FORM(FIELD) \
	FIELD(text, ma, .label = "Mã in dưới ô vuông QR", .hint = "17 chữ và số, gõ cả hay bỏ gạch nối đều được.", .max = 60, \
		.optional = true)
FORM(verify_form, VERIFY_FORM)

#define VERIFY_CODE_FORM(FIELD) \
	FIELD(text, code, .label = "Mã giấy", .max = 60)
FORM(verify_code_form, VERIFY_CODE_FORM)

#define HOLDER_FORM(FIELD) \
	FIELD(id, person, .label = "Người") \
	FIELD(id, round, .label = "Đợt")
FORM(holder_form, HOLDER_FORM)

/* The code leads to the person; the handler says who was seen. */
#define PAPER_CODE_FORM(FIELD) \
	FIELD(text, code, .label = "Mã giấy", .max = 60) \
	FIELD(id, person, .label = "Người", .optional = true)
FORM(paper_code_form, PAPER_CODE_FORM)

#define REISSUE_FORM(FIELD) \
	FIELD(text, code, .label = "Mã giấy", .max = 60) \
	FIELD(version, version, .label = "Bản") \
	FIELD(text, reason, .once = true, .label = "Lý do", \
		.hint = "Ghi chỗ sai và chỗ đúng. Sửa tên, năm sinh ở sổ người dân trước, giấy " \
		"mới lấy theo sổ.", .max = 300)
FORM(reissue_form, REISSUE_FORM)

/* The public page: one of the four answers, or nothing asked yet. */
struct verify_page {
	struct page page;
	const char *heading, *lead;              /* lead may be "" */
	bool is_valid, is_over, is_unknown;      /* none of them: only the question */
	struct facts facts;
	const char *beside;                      /* what to compare, or what may be done */
	struct verify_form_view form;
	const char *form_heading;
};

/* For who holds it, and for the officers above. */
struct holder_page {
	struct page page;
	const char *heading, *lead;
	struct facts facts;
	struct url pdf_href, export_action;      /* one of them while it is valid: the holder's link, an officer's post */
	struct url verify_href, sheet_href, reissue_href;
};

struct reissue_page {
	struct page page;
	const char *heading;
	struct facts facts;
	struct url action, back;
	const char *version;
	struct reissue_form_view form;
};

#endif
