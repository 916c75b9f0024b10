/* access_view.h: what the pages of accounts show, and the forms they send. */
#ifndef REGISTRY_ACCESS_VIEW_H
#define REGISTRY_ACCESS_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"

#define SIGN_IN_PAGE_FORM(FIELD) \
	FIELD(text, ve, .label = "Trang quay về", .max = 1000, .optional = true)
FORM(sign_in_page_form, SIGN_IN_PAGE_FORM)

#define SIGN_IN_FORM(FIELD) \
	FIELD(text, login, .label = "Số định danh, điện thoại hoặc tên đăng nhập", .hint = "Số định danh là 12 chữ số trên thẻ căn cước.", .max = 100) \
	FIELD(secret, passphrase, .label = "Mật khẩu", .min = 1, .max = 200) \
	FIELD(text, ve, .label = "Trang quay về", .max = 1000, .optional = true)
FORM(sign_in_form, SIGN_IN_FORM)

#define ACTIVATE_FORM(FIELD) \
	FIELD(code, code, .label = "Mã trên giấy chi hội đưa", .hint = "11 chữ và số, ví dụ 7K2M-Q4PX-9TB. Chữ hoa, chữ thường, có gạch hay không đều được.", .len = 11) \
	FIELD(secret, passphrase, .label = "Mật khẩu bạn chọn", .hint = "Từ 8 chữ trở lên. Vài chữ dễ nhớ mà người khác khó đoán là tốt nhất; đừng dùng tên hay ngày sinh.", .min = 1, .max = 200) \
	FIELD(secret, again, .label = "Gõ lại mật khẩu", .min = 1, .max = 200) \
	FIELD(text, phone, .label = "Điện thoại của bạn", .hint = "Có số này thì lần sau đăng nhập bằng điện thoại được. Nhiều người chung một máy thì bỏ trống.", .max = 20, .optional = true)
FORM(activate_form, ACTIVATE_FORM)

#define PASSPHRASE_FORM(FIELD) \
	FIELD(secret, old, .label = "Mật khẩu đang dùng", .min = 1, .max = 200) \
	FIELD(secret, passphrase, .label = "Mật khẩu mới", .hint = "Từ 8 chữ trở lên. Vài chữ dễ nhớ mà người khác khó đoán là tốt nhất.", .min = 1, .max = 200) \
	FIELD(secret, again, .label = "Gõ lại mật khẩu mới", .min = 1, .max = 200)
FORM(passphrase_form, PASSPHRASE_FORM)

#define KEPT_FORM(FIELD) \
	FIELD(id, kept, .label = "Trang đang gõ dở")
FORM(kept_form, KEPT_FORM)

#define OWN_TRAIL_FORM(FIELD) \
	FIELD(id, before_at, .label = "Trước lúc", .optional = true) \
	FIELD(id, before_id, .label = "Trước dòng", .optional = true)
FORM(own_trail_form, OWN_TRAIL_FORM)

#define ACCOUNTS_FORM(FIELD) \
	FIELD(text, q, .label = "Tên người phụ trách", .hint = "Gõ có dấu hay không dấu đều được; hoặc gõ đúng tên đăng nhập.", .max = 100, .optional = true) \
	FIELD(id, after, .label = "Sau người", .optional = true)
FORM(accounts_form, ACCOUNTS_FORM)

#define ACCOUNT_FORM(FIELD) \
	FIELD(id, account, .label = "Tài khoản")
FORM(account_form, ACCOUNT_FORM)

#define ACCOUNT_ADD_FORM(FIELD) \
	FIELD(text, name, .label = "Tên người phụ trách", .hint = "Tên này đứng cạnh những gì người đó làm, ví dụ “Bà Nguyễn Thị Lành”.", .max = 100) \
	FIELD(text, login, .label = "Tên đăng nhập", .hint = "Chữ không dấu, chữ số, dấu chấm, ví dụ lanh.binhhoa.", .max = 40) \
	FIELD(choice, role, .label = "Vai trò", .choices = &role_choices) \
	FIELD(text, unit, .label = "Mã đơn vị", .hint = "Xem ở trang Đơn vị: tỉnh 2 chữ số, xã 5 chữ số, ấp như 27937.01.", .max = 20) \
	FIELD(day, until_day, .label = "Đến hết ngày", .hint = "Ví dụ 31/12/2027. Bỏ trống nếu chưa biết.", .optional = true)
FORM(account_add_form, ACCOUNT_ADD_FORM)

#define ROLE_GIVE_FORM(FIELD) \
	FIELD(id, account, .label = "Tài khoản") \
	FIELD(choice, role, .label = "Vai trò", .choices = &role_choices) \
	FIELD(text, unit, .label = "Mã đơn vị", .hint = "Xem ở trang Đơn vị: tỉnh 2 chữ số, xã 5 chữ số, ấp như 27937.01.", .max = 20) \
	FIELD(day, until_day, .label = "Đến hết ngày", .hint = "Ví dụ 31/12/2027. Bỏ trống nếu chưa biết.", .optional = true)
FORM(role_give_form, ROLE_GIVE_FORM)

#define ROLE_TAKE_FORM(FIELD) \
	FIELD(id, account, .label = "Tài khoản") \
	FIELD(id, role_held, .label = "Vai trò đang giữ")
FORM(role_take_form, ROLE_TAKE_FORM)

#define CODE_PAGE_FORM(FIELD) \
	FIELD(id, account, .label = "Tài khoản") \
	FIELD(text, ticket, .label = "Phiếu in", .max = 32)
FORM(code_page_form, CODE_PAGE_FORM)

#define LOCK_FORM(FIELD) \
	FIELD(id, account, .label = "Tài khoản") \
	FIELD(version, version, .label = "Bản")
FORM(lock_form, LOCK_FORM)

#define JOURNAL_FORM(FIELD) \
	FIELD(text, unit, .label = "Mã đơn vị", .hint = "Gồm cả các đơn vị bên dưới.", .max = 20, .optional = true) \
	FIELD(text, actor, .label = "Tên đăng nhập người làm", .max = 40, .optional = true) \
	FIELD(id, person, .label = "Mã người", .hint = "Số ở cuối địa chỉ trang của người đó.", .optional = true) \
	FIELD(choice, action, .label = "Việc", .choices = &audit_actions, .optional = true) \
	FIELD(day, from, .label = "Từ ngày", .optional = true) \
	FIELD(day, until, .label = "Đến hết ngày", .optional = true) \
	FIELD(id, before_at, .label = "Trước lúc", .optional = true) \
	FIELD(id, before_id, .label = "Trước dòng", .optional = true)
FORM(journal_form, JOURNAL_FORM)

#define JOURNAL_FILE_FORM(FIELD) \
	FIELD(text, unit, .label = "Mã đơn vị", .max = 20, .optional = true) \
	FIELD(text, actor, .label = "Tên đăng nhập người làm", .max = 40, .optional = true) \
	FIELD(id, person, .label = "Mã người", .optional = true) \
	FIELD(choice, action, .label = "Việc", .choices = &audit_actions, .optional = true) \
	FIELD(day, from, .label = "Từ ngày", .optional = true) \
	FIELD(day, until, .label = "Đến hết ngày", .optional = true)
FORM(journal_file_form, JOURNAL_FILE_FORM)

extern const struct choices role_choices;

/* ---- what pages show ---- */

struct sign_in_page { struct page page; struct sign_in_form_view form; bool has_kept; };
struct activate_page { struct page page; struct activate_form_view form; };
struct passphrase_page { struct page page; struct passphrase_form_view form; };
struct static_page { struct page page; };

struct role_line {
	const char *role, *unit, *until, *from;  /* until "": open; from: the unit it came along from, or "" */
	struct url unit_href, take_action;       /* take_action URL_NONE: not the reader's to take */
	long long id;
};

struct own_page {
	struct page page;
	struct facts facts;
	const struct role_line *roles;
	size_t n_roles;
	bool has_person, has_kept;
	const char *sessions;
	const struct link *more;         /* parts without room in the masthead */
	size_t n_more;
};

struct seen_line { const char *who, *what, *when, *times; };
struct own_trail_page {
	struct page page;
	bool has_person;
	const char *lead;
	struct trail trail;
	struct pager pager;
	const struct seen_line *seen;
	size_t n_seen;
};

struct kept_line { const char *what, *when; struct url href; };
struct kept_list_page { struct page page; const struct kept_line *lines; size_t n_lines; struct empty empty; };

/* One field of a kept form: exactly one of the flags. */
struct kept_field {
	bool is_hidden, is_text, is_lines, is_secret, is_day, is_number, is_digits, is_flag, is_choice;
	struct field field;
};
struct kept_page {
	struct page page;
	const char *when, *what;
	struct url action, drop, original;
	const struct kept_field *fields;
	size_t n_fields;
	bool has_secret;
};

struct officer_line { const char *name, *login, *role, *unit, *until, *state; struct url href, unit_href; };
struct accounts_page {
	struct page page;
	struct accounts_form_view form;
	const char *heading;
	const struct officer_line *officers;
	size_t n_officers;
	struct pager pager;
	struct empty empty;
	bool may_add;
};

struct account_add_page { struct page page; struct account_add_form_view form; };

struct account_page {
	struct page page;
	const char *heading, *version;
	struct facts facts;
	const struct role_line *roles;
	size_t n_roles;
	bool may_manage, may_give, is_locked, is_active;
	struct role_give_form_view form;
	struct url give, code, lock;
};

struct code_page {
	struct page page;
	const char *name, *login, *code, *until, *site;
	struct url back;
};

struct journal_line { const char *when, *actor, *action, *unit, *words, *reason; struct url unit_href; };
struct journal_page {
	struct page page;
	struct journal_form_view form;
	const char *heading;
	const struct journal_line *lines;
	size_t n_lines;
	struct pager pager;
	struct empty empty;
	struct url action;                       /* of the form that takes it as a file */
};

#endif
