/* audit.h: who did what, when, old and new, and why: one row a change, in the change's own transaction, so that a change
 * without its trace cannot be stored. Rows are never changed or removed.
 *
 * `old` and `new` are small JSON objects of what changed, in words a person can read later ({"name":"Ấp 1"}); never a CCCD,
 * a passphrase or a code. A subject with a version of its own writes exactly one row a version (check looks for gaps). */
#ifndef REGISTRY_AUDIT_H
#define REGISTRY_AUDIT_H

#include "base/ask.h"
#include "base/form.h"

/* What was done. The words a person reads for each stand in audit_action_label. */
#define AUDIT_ACTIONS(X) \
	X(UNIT_ADDED, "unit_added", "Thêm đơn vị") \
	X(UNIT_CHANGED, "unit_changed", "Sửa đơn vị") \
	X(UNIT_CLOSED, "unit_closed", "Đóng đơn vị") \
	X(UNIT_REOPENED, "unit_reopened", "Hoàn tác đổi đơn vị") \
	X(TRANSFER_MADE, "transfer_made", "Chuyển, gộp") \
	X(TRANSFER_UNDONE, "transfer_undone", "Hoàn tác chuyển, gộp") \
	X(UNITS_IMPORTED, "units_imported", "Nạp danh mục đơn vị") \
	X(BRANCH_SET, "branch_set", "Ghi người phụ trách chi hội") \
	X(ACCOUNT_ADDED, "account_added", "Lập tài khoản") \
	X(ACCOUNT_CHANGED, "account_changed", "Sửa tài khoản") \
	X(ACCOUNT_LOCKED, "account_locked", "Khoá tài khoản") \
	X(ACCOUNT_UNLOCKED, "account_unlocked", "Mở khoá tài khoản") \
	X(ACCOUNT_ACTIVATED, "account_activated", "Kích hoạt tài khoản") \
	X(CODE_MADE, "code_made", "In mã kích hoạt") \
	X(ROLE_GRANTED, "role_granted", "Giao vai trò") \
	X(ROLE_ENDED, "role_ended", "Thôi giao vai trò") \
	X(SIGNED_OUT_EVERYWHERE, "signed_out_everywhere", "Đăng xuất mọi nơi") \
	X(LIST_SEEN, "list_seen", "Mở danh sách") \
	X(EXPORTED, "exported", "Tải danh sách") \
	X(PERSON_ADDED, "person_added", "Thêm người") \
	X(PERSON_CHANGED, "person_changed", "Sửa thông tin người") \
	X(PERSON_REMOVED, "person_removed", "Bỏ người vừa nạp") \
	X(PERSON_NUMBER_SEEN, "person_number_seen", "Xem đủ số định danh") \
	X(PERSON_CORRECTION_ASKED, "person_correction_asked", "Xin sửa thông tin") \
	X(PERSON_CORRECTION_ANSWERED, "person_correction_answered", "Trả lời đề nghị sửa") \
	X(CRITERIA_IMPORTED, "criteria_imported", "Nạp bộ tiêu chí") \
	X(CRITERIA_PUBLISHED, "criteria_published", "Công bố bộ tiêu chí") \
	X(ROUND_OPENED, "round_opened", "Mở đợt") \
	X(ROUND_CHANGED, "round_changed", "Sửa đợt") \
	X(ROUND_LOCKED, "round_locked", "Khoá đợt") \
	X(ROUND_REOPENED, "round_reopened", "Mở lại đợt") \
	X(WINDOW_EXTENDED, "window_extended", "Gia hạn") \
	X(SHEET_REGISTERED, "sheet_registered", "Đăng ký") \
	X(SHEET_SCORED, "sheet_scored", "Chấm điểm") \
	X(SHEET_SUBMITTED, "sheet_submitted", "Nộp phiếu") \
	X(SHEET_TAKEN_BACK, "sheet_taken_back", "Lấy lại phiếu") \
	X(SHEET_RETURNED, "sheet_returned", "Trả lại để bổ sung") \
	X(SHEET_REVIEWED, "sheet_reviewed", "Xét phiếu") \
	X(SHEET_WITHDRAWN, "sheet_withdrawn", "Rút phiếu") \
	X(SHEET_RESTORED, "sheet_restored", "Nhận lại phiếu") \
	X(SHEET_MOVED, "sheet_moved", "Phiếu đi theo người") \
	X(SHEET_LAPSED, "sheet_lapsed", "Quá hạn nộp") \
	X(SHEET_UNDONE, "sheet_undone", "Hoàn lại phiếu") \
	X(SHEET_LISTED, "sheet_listed", "Vào danh sách xã") \
	X(SHEET_NOT_MET, "sheet_not_met", "Chưa đạt") \
	X(SHEET_POSTED, "sheet_posted", "Niêm yết") \
	X(SHEET_PROPOSED, "sheet_proposed", "Trình công nhận") \
	X(SHEET_RECOGNISED, "sheet_recognised", "Được công nhận") \
	X(SHEET_REVOKED, "sheet_revoked", "Thu hồi") \
	X(SHEETS_BULK, "sheets_bulk", "Làm một việc cho nhiều phiếu") \
	X(SHEET_REOPENED, "sheet_reopened", "Xét lại") \
	X(EVIDENCE_ADDED, "evidence_added", "Thêm minh chứng") \
	X(EVIDENCE_LINKED, "evidence_linked", "Gắn minh chứng") \
	X(EVIDENCE_REMOVED, "evidence_removed", "Gỡ minh chứng") \
	X(MEETING_HELD, "meeting_held", "Ghi biên bản họp") \
	X(FORM_REPLACED, "form_replaced", "Thay mẫu giấy") \
	X(FORM_RESTORED, "form_restored", "Dùng lại mẫu giấy chung") \
	X(LEFT_OUT, "left_out", "Ghi để lại, chưa công nhận") \
	X(LEFT_IN, "left_in", "Bỏ ghi để lại") \
	X(MEETING_CHANGED, "meeting_changed", "Sửa lời biên bản họp") \
	X(POSTING_MADE, "posting_made", "Niêm yết công khai") \
	X(OBJECTION_MADE, "objection_made", "Nhận kiến nghị") \
	X(OBJECTION_ANSWERED, "objection_answered", "Trả lời kiến nghị") \
	X(PROPOSAL_MADE, "proposal_made", "Lập tờ trình") \
	X(DECISION_MADE, "decision_made", "Ghi quyết định") \
	X(DECISION_CHANGED, "decision_changed", "Sửa quyết định") \
	X(CERTIFICATE_ISSUED, "certificate_issued", "Cấp giấy chứng nhận") \
	X(CERTIFICATE_REISSUED, "certificate_reissued", "Cấp lại giấy chứng nhận") \
	X(CERTIFICATE_REVOKED, "certificate_revoked", "Thu hồi giấy chứng nhận") \
	X(MODEL_SET, "model_set", "Ghi mô hình học tập") \
	X(MODEL_REMOVED, "model_removed", "Bỏ mô hình học tập") \
	X(POPULATION_SET, "population_set", "Ghi dân số") \
	X(TARGETS_IMPORTED, "targets_imported", "Nạp mục tiêu") \
	X(AUTHORITY_SET, "authority_set", "Ghi cơ quan công nhận") \
	X(ROSTER_APPLIED, "roster_applied", "Nạp danh sách") \
	X(ROSTER_UNDONE, "roster_undone", "Hoàn lại danh sách đã nạp") \
	X(STORE_SET_UP, "store_set_up", "Lập hệ thống")

enum audit_action {
#define AUDIT_ENUM(name, code, label) AUDIT_##name,
	AUDIT_ACTIONS(AUDIT_ENUM)
#undef AUDIT_ENUM
	AUDIT_N
};

struct audit_entry {
	enum audit_action action;
	const char *subject;                     /* the table the change is of: "unit", "assessment" */
	int64_t subject_id, version;             /* version 0: the subject has none */
	int64_t person_id;                       /* whose sheet or data; 0: nobody's */
	int64_t unit_id;                         /* where it belongs, for the auditor's filter; 0: the installation */
	const char *old, *new;                   /* JSON objects; NULL means {} */
	const char *reason;                      /* NULL means none was asked */
};
OUTCOME audit_add(struct ask *ask, const struct audit_entry *);

/* {"a":"b","c":"d"} from pairs of texts, ended by NULL: audit_json(arena, "name", unit.name, NULL). */
const char *audit_json(struct arena *, const char *key, ...) __attribute__((sentinel));

const char *audit_action_label(const char *code);
extern const struct choices audit_actions;       /* for a filter */
/* "Tên: Ấp 1 → Ấp 2; Từ ngày: 01/11/2026": what differs between old and new, in words. "" when nothing does. Of scores only those
 * that differ: "Điểm tự chấm: chỉ số 3: 5 → 8". `term` says what a code of some key is called, NULL when it knows no better. */
typedef const char *(*audit_term)(const char *key, const char *value);
const char *audit_words(struct arena *, const char *old, const char *new, audit_term);

struct audit_row {
	int64_t id, at, account_id, subject_id, version, unit_id, person_id;
	const char *actor, *action, *subject, *old, *new, *reason;
	const char *unit;                        /* its last name; "" outside audit_search */
};
enum { AUDIT_PAGE = 100 };
struct audit_list { size_t n; const struct audit_row *at; };
/* Newest first, 100 a page; `before` NULL for the first page. Permission is the caller's. */
OUTCOME audit_of_subject(struct ask *ask, const char *subject, int64_t subject_id, struct audit_list *out);
OUTCOME audit_of_person(struct ask *ask, int64_t person_id, const struct audit_row *before, struct audit_list *out);

/* What an auditor asks for. Every part but the units may be left out (0 or ""); `before` is the last row of the page before. */
struct audit_filter {
	struct id_list units;                    /* rows of these and all that were ever below them; 0 among them: the installation's own */
	bool is_narrow;                          /* a commune, a leaf: its own index, where a province is read by time */
	int64_t account_id, person_id;
	const char *action;
	int64_t from, until;                     /* UTC seconds, until excluded; always given: they bound what is read */
};
OUTCOME audit_search(struct ask *ask, const struct audit_filter *, const struct audit_row *before, struct audit_list *out);

/* Who looked at a person's sheet: a line a day, account and page. Written in batches after the answer. */
OUTCOME seen_note(struct ask *ask, int64_t person_id, int64_t account_id, const char *path);
/* The actor opened a list of a unit's people, `list` in words: counted a day, and the first of the day is an audit row. */
OUTCOME list_seen_note(struct ask *ask, int64_t unit_id, const char *list);
struct seen_row { const char *day, *path; int64_t account_id, times, last_at; };
struct seen_list { size_t n; const struct seen_row *at; };
OUTCOME seen_of_person(struct ask *ask, int64_t person_id, struct seen_list *out);

#endif
