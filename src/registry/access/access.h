/* access.h: who may do what, where. A permission is asked twice: of the route ("anywhere at all") by the frame, and of the unit by
 * the operation (access_require). The table below is the whole of it; `hoctap permissions` prints it against the routes.
 *
 * Columns: name, what it allows, who has it (p public, c citizen, b branch officer, d deputy, x commune association, u recognising
 * authority, t province association, k auditor, a administrator). */
#ifndef REGISTRY_ACCESS_H
#define REGISTRY_ACCESS_H

#include "base/ask.h"
#include "registry/tree/actor.h"

#define PERMITS(X) \
	X(PUBLIC,          "xem trang công khai",                    "pcbdxutka") \
	X(SIGNED_IN,       "dùng trang của mình",                    "cbdxutka") \
	X(UNIT_EDIT,       "sửa ấp, khu phố, đơn vị và chi hội",     "xta") \
	X(UNIT_IMPORT,     "nạp danh sách đơn vị",                   "xta") \
	X(STATE_UNIT_EDIT, "sửa xã, phường, tỉnh",                   "ta") \
	X(ACCOUNT_MANAGE,  "lập tài khoản, in mã kích hoạt",         "bdxta") \
	X(ROLE_GRANT,      "giao và thôi giao vai trò",              "bxta") \
	X(AUDIT_READ,      "xem nhật ký",                            "xtka") \
	X(PERSON_READ,     "xem người trong đơn vị",                 "bdxutk") \
	X(PERSON_EDIT,     "thêm, sửa người trong đơn vị",           "bdxt") \
	X(CRITERIA_EDIT,   "nạp, công bố bộ tiêu chí",               "ta") \
	X(ROUND_EDIT,      "mở, khoá đợt, gia hạn",                  "ta") \
	X(SHEET_OWN,       "lập phiếu của mình",                     "c") \
	X(SHEET_READ,      "xem phiếu trong đơn vị",                 "bdxutk") \
	X(SHEET_ASSIST,    "nhập hộ phiếu",                          "bdx") \
	X(SHEET_REVIEW,    "xét phiếu",                              "bdxt") \
	X(MODEL_EDIT,      "ghi gia đình, dòng họ, đơn vị học tập",  "xt") \
	X(LIST_EDIT,       "họp xét, niêm yết, trình",               "xt") \
	X(DECIDE,          "thẩm định, ghi quyết định",              "u") \
	X(CERTIFICATE_EDIT, "cấp lại giấy chứng nhận",               "u") \
	X(FIGURES_READ,    "xem số liệu của đơn vị",                 "bdxutk") \
	X(FIGURES_EDIT,    "ghi dân số, mục tiêu",                   "t") \
	X(ROSTER,          "nạp danh sách người",                    "bdxt") \
	X(SYSTEM,          "quản trị hệ thống",                      "a")

enum permit {
#define PERMIT_ENUM(name, label, roles) PERMIT_##name,
	PERMITS(PERMIT_ENUM)
#undef PERMIT_ENUM
	PERMIT_N
};

const char *permit_name(enum permit);                            /* "UNIT_EDIT" */
const char *permit_label(enum permit);
bool permit_is_public(enum permit);
bool permit_has_role(enum permit, enum role);
const char *role_code(enum role);
const char *role_label(enum role);
bool role_of_code(const char *code, enum role *out);

/* May the actor do it on some unit or other? (the frame's question; shows menus and buttons) */
bool access_may(const struct actor *, enum permit);
/* FORBIDDEN unless a grant with that permission is on `unit_id` or above it today. unit_id 0: anywhere. */
OUTCOME access_require(struct ask *ask, enum permit, int64_t unit_id);
/* The same as a question: shows or hides a button. */
OUTCOME access_may_on(struct ask *ask, enum permit, int64_t unit_id, bool *out);
/* Several such questions of one unit, which is looked up once. */
struct permit_asked { enum permit permit; bool *may; };
OUTCOME access_may_each(struct ask *ask, int64_t unit_id, const struct permit_asked *, size_t n);
/* A person of `leaf_id`: their own account, or an officer over the leaf. */
OUTCOME access_require_person(struct ask *ask, enum permit, int64_t person_id, int64_t leaf_id);
/* The actor's first unit with that permission, by level from the top: where their work begins. NOT_FOUND: none. */
OUTCOME access_home(struct ask *ask, enum permit, int64_t *unit_id);

/* The installation itself: commands and jobs. */
extern const struct actor access_system;

#endif
