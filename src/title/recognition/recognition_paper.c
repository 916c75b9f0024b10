#include "title/recognition/papers.h"

#include <string.h>

#include "document/document.h"
#include "registry/access/accounts.h"
#include "text/format.h"
#include "text/text.h"
#include "title/recognition/branches.h"
#include "title/recognition/people_stream.h"
#include "title/recognition/tables_paper.h"
#include "title/review/review.h"

static const struct { const char *code, *title; bool is_list; } papers[PAPERS] = {
	[PAPER_MINUTES] = { "bien-ban", "Biên bản họp xét", false },
	[PAPER_LIST] = { "danh-sach", "Danh sách đề nghị công nhận", true },
	[PAPER_PROPOSAL] = { "to-trinh", "Tờ trình", false },
	[PAPER_DECISION] = { "quyet-dinh", "Quyết định, kèm danh sách", true },
	[PAPER_POSTING] = { "niem-yet", "Thông báo niêm yết", true },
	[PAPER_OBJECTION] = { "kien-nghi", "Phiếu kiến nghị", false },
};

const char *paper_code(enum paper p) { return papers[p].code; }
const char *paper_title(enum paper p) { return papers[p].title; }

bool paper_of_code(const char *code, enum paper *out)
{
	for (size_t i = 0; i < PAPERS; i++)
		if (!strcmp(papers[i].code, code)) {
			*out = (enum paper)i;
			return true;
		}
	return false;
}

bool paper_is_list(enum paper p) { return papers[p].is_list; }

static OUTCOME ignore_missing(enum outcome found)
{
	return found == NOT_FOUND ? OK : found;
}

/* What the tờ trình says of how the round was run. */
static OUTCOME gather_effort(struct ask *ask, int64_t round_id, int64_t commune_id, struct paper_facts *f)
{
	struct target_count targets[TARGETS];
	struct branch_lines branches;

	TRY(branches_of(ask, round_id, commune_id, BRANCH_BY_NAME, false, &branches));
	for (size_t i = 0; i < branches.n; i++)
		f->branches += branches.at[i].registered > 0;
	TRY(figures_targets(ask, round_id, commune_id, "", targets));
	f->trained = targets[0].numerator;               /* T1: members trained */
	f->adults = -1;
	f->adults_day = "";
	return ask->hooks && ask->hooks->adults_of ? ask->hooks->adults_of(ask, round_id, commune_id, &f->adults, &f->adults_day) : OK;
}

/* Whoever holds a signed list can tell whether it is the list in here. */
static OUTCOME check_of_list(struct ask *ask, int64_t commune_id, const struct round *round, struct paper_facts *f)
{
	const char *code;

	TRY(people_check(people_of_list(ask, commune_id, round, f), f->has_decision, ask->arena, &code));
	f->list_check = code_show(ask->arena, code);
	return OK;
}

OUTCOME paper_facts_get(struct ask *ask, const struct unit *commune, const struct round *round, struct paper_facts *f)
{
	struct meeting_list meetings;
	struct proposal_list proposals;
	struct decision_list decisions;
	struct unit province = { .name = "" };

	TRY(ignore_missing(tree_get_last(ask, commune->parent_id, &province)));
	f->commune = unit_in_sentence(ask->arena, commune->name);
	f->province = province.name;
	f->place = unit_bare_name(ask->arena, commune);
	TRY(authority_of(ask, commune->id, arena_text(ask->arena, day_of(ask->now).text), &f->authority));
	TRY(criteria_get(ask, round->criteria_id, &f->criteria));
	TRY(figures_of_unit(ask, round->id, commune->id, "", &f->counts));
	TRY(gather_effort(ask, round->id, commune->id, f));
	TRY(objection_count(ask, round->id, commune->id, &f->objections));
	TRY(meeting_list(ask, round->id, commune->id, &meetings));
	TRY(proposal_list(ask, round->id, commune->id, &proposals));
	TRY(decision_list(ask, round->id, commune->id, &decisions));
	f->has_meeting = meetings.n > 0;
	f->meeting = f->has_meeting ? meetings.at[0] : (struct meeting){ .held_on = "", .place = "", .number = "", .chair = "",
		.secretary = "", .attendees = "", .absent = "", .discussion = "", .began = "", .ended = "", .relatives = "",
		.copies = "" };
	f->has_proposal = proposals.n > 0;
	f->proposal = f->has_proposal ? proposals.at[0] : (struct proposal){ .number = "", .day = "", .signer = "" };
	f->decision = (struct decision){ .number = "", .day = "", .signer = "", .signer_role = f->authority.signer_role,
		.authority = f->authority.name };
	for (size_t i = 0; i < decisions.n && !f->has_decision; i++)
		if (!decisions.at[i].revokes && decisions.at[i].proposal_id == f->proposal.id) {
			f->decision = decisions.at[i];
			f->has_decision = true;
		}
	TRY(check_of_list(ask, commune->id, round, f));
	f->posting = (struct posting){ .from_day = "", .until_day = "", .place = "" };
	return ignore_missing(posting_newest(ask, round->id, commune->id, &f->posting));
}

/* ---- heads and feet ---- */

static void association_head(struct document *d, const struct paper_facts *f, const char *number, const char *date)
{
	struct arena *a = document_arena(d);

	document_header(d, &(struct letterhead){ .above = arena_format(a, "HỘI KHUYẾN HỌC %s", text_upper(a, f->province)),
		.authority = arena_format(a, "HỘI KHUYẾN HỌC %s", text_upper(a, f->commune)), .number = number,
		.place = f->place, .date = date });
}

static void chairman(struct document *d, const char *const *to, size_t n_to, const char *name)
{
	const struct signature s = { .authority = "TM. BAN CHẤP HÀNH\nCHỦ TỊCH", .hint = "(Ký, ghi rõ họ tên, đóng dấu)",
		.name = name };

	document_ending(d, &(struct ending){ .recipients = to, .n_recipients = n_to, .signatures = &s, .n_signatures = 1 });
}

static const char *number_of(struct arena *a, int64_t n)
{
	return format_int(a, n);
}

/* Before a number is given, the kind stands there: "……/BB-HKH". */
static const char *number_or(const char *number, const char *kind)
{
	return *number ? number : kind;
}

static const char *day_words(struct arena *a, const char *day)
{
	return *day ? format_date(a, day) : DOCUMENT_BLANK;
}

/* Under a list: typed in when the signed file is sent in (decision_attach). */
static void check_note(struct document *d, const struct paper_facts *f)
{
	document_note(d, arena_format(document_arena(d), "Mã danh sách: %s. Sửa một dòng là mã khác.", f->list_check));
}

/* ---- CDHT-03 ---- */

static void add_attendees(struct document *d, const char *attendees)
{
	struct arena *a = document_arena(d);
	struct words lines = text_split(a, attendees, '\n');

	for (size_t i = 0; i < lines.n; i++)
		if (*lines.at[i])
			document_item(d, 1, arena_format(a, "%zu.", i + 1), RUNS(PLAIN(lines.at[i])));
}

static OUTCOME minutes(struct ask *ask, struct document *d, const struct unit *commune, const struct round *round,
	const struct paper_facts *f)
{
	struct arena *a = document_arena(d);
	const struct minutes *m = &f->meeting.minutes;
	const struct criteria *c = f->criteria;
	const struct signature signatures[] = { { .authority = "THƯ KÝ", .hint = "(Ký, ghi rõ họ tên)",
		.name = f->meeting.secretary },
		{ .authority = "CHỦ TRÌ", .hint = "(Ký, ghi rõ họ tên)", .name = f->meeting.chair } };
	const char *to[] = { arena_format(a, "Hội Khuyến học %s;", f->commune), "Lưu: VT." };
	bool known = f->has_meeting;

	association_head(d, f, number_or(f->meeting.number, "……/BB-HKH"), f->meeting.held_on);
	document_title(d, "BIÊN BẢN", arena_format(a, "Họp xét, đề nghị công nhận danh hiệu “Công dân học tập” năm %d",
		round->year), "");
	document_textf(d, "Thời gian bắt đầu: %s, %s.", document_given(f->meeting.began), document_date_words(a,
		f->meeting.held_on));
	document_textf(d, "Địa điểm: %s.", document_given(f->meeting.place));
	document_textf(d, "Thành phần dự họp: %s người, vắng: %s.", known ? number_of(a, m->attendees) : DOCUMENT_BLANK,
		document_given(f->meeting.absent));
	document_item(d, 1, "-", RUNS(PLAIN("Chủ trì: Ông (bà) "), GIVEN(f->meeting.chair), PLAIN(".")));
	document_item(d, 1, "-", RUNS(PLAIN("Thư ký: Ông (bà) "), GIVEN(f->meeting.secretary), PLAIN(".")));
	document_item(d, 1, "-", RUNS(PLAIN("Các thành viên:")));
	add_attendees(d, f->meeting.attendees);
	document_heading(d, "Nội dung cuộc họp");
	document_textf(d, "1. Chủ trì đọc lại điều kiện đạt: tổng điểm từ %d trở lên, không chỉ số nào dưới %d; bộ tiêu chí áp "
		"dụng: %s.",
		c->total_min, c->each_min, c->title);
	document_textf(d, "2. Thư ký báo cáo tình hình: số người đăng ký %s; số phiếu nhận được %s, trong đó viết giúp %s; số "
		"phiếu đủ để xét %s.",
		number_of(a, known ? m->registered : f->counts.registered), number_of(a,
		known ? m->submitted : f->counts.submitted),
		known ? number_of(a, m->assisted) : DOCUMENT_BLANK, number_of(a, known ? m->reviewed
		: f->counts.states[SHEET_REVIEWED]));
	document_textf(d, "3. Cuộc họp xem xét từng phiếu. Các phiếu có điểm thống nhất khác điểm tự chấm:");
	document_table(d, (struct table[]){ changed_table(ask, round->id, commune->id) });
	document_textf(d, "4. Ý kiến thảo luận: %s", document_given(f->meeting.discussion));
	document_textf(d, "5. Người dự họp là người thân của người được xét không biểu quyết đối với phiếu đó: %s.",
		document_given(f->meeting.relatives));
	document_heading(d, "Kết quả");
	document_item(d, 1, "-", RUNS(PLAIN(arena_format(a, "Đề nghị công nhận: %s người, biểu quyết tán thành %s/%s (tỷ lệ %s).",
		known ? number_of(a, m->listed) : DOCUMENT_BLANK, known ? number_of(a, m->votes_for) : DOCUMENT_BLANK,
		known ? number_of(a, m->attendees) : DOCUMENT_BLANK, known ? format_percent(a, m->votes_for,
		m->attendees) : DOCUMENT_BLANK))));
	document_item(d, 1, "-", RUNS(PLAIN(arena_format(a, "Chưa đề nghị: %s người (dưới %d điểm: %s; có chỉ số dưới %d: %s).",
		known ? number_of(a, m->not_met) : DOCUMENT_BLANK, c->total_min, known ? number_of(a,
		m->short_total) : DOCUMENT_BLANK,
		c->each_min, known ? number_of(a, m->short_each) : DOCUMENT_BLANK))));
	document_item(d, 1, "-", RUNS(PLAIN(f->counts.states[SHEET_RETURNED] ? arena_format(a,
		"Trả lại để bổ sung: %s người, hạn bổ sung %s.", number_of(a, f->counts.states[SHEET_RETURNED]),
		DOCUMENT_BLANK) : "Trả lại để bổ sung: 0 người.")));
	document_textf(d, "Danh sách kèm theo (Mẫu CDHT-04). Biên bản đã được đọc lại cho mọi người cùng nghe, thống nhất và "
		"lập thành %s bản. "
		"Cuộc họp kết thúc lúc %s cùng ngày.", document_given(f->meeting.copies), document_given(f->meeting.ended));
	document_ending(d, &(struct ending){ .recipients = to, .n_recipients = COUNT(to), .signatures = signatures,
		.n_signatures = COUNT(signatures) });
	return OK;
}

/* ---- CDHT-04 ---- */

static OUTCOME list_foot(struct ask *ask, struct document *d, const struct unit *commune, const struct round *round,
	const struct paper_facts *f)
{
	struct arena *a = document_arena(d);
	struct buf groups = BUF(a);
	struct list_totals t;

	TRY(list_totals(ask, commune->id, round, f, &t));
	document_textf(d, "Tổng cộng: %s người; nữ %s; từ 60 tuổi trở lên %s.", number_of(a, t.people),
		number_of(a, t.women), number_of(a, t.elders));
	for (size_t i = 0; i < person_groups.n; i++)
		if (t.groups[i])
			buf_format(&groups, "%s%s: %s", groups.len ? "; " : "", person_groups.at[i].label,
				number_of(a, t.groups[i]));
	if (groups.len)
		document_textf(d, "Chia theo nhóm: %s.", buf_cstr(&groups));
	return OK;
}

static OUTCOME list(struct ask *ask, struct document *d, const struct unit *commune, const struct round *round,
	const struct paper_facts *f)
{
	struct arena *a = document_arena(d);
	const struct signature signatures[] = { { .authority = "NGƯỜI LẬP", .hint = "(Ký, ghi rõ họ tên)", .name = "" },
		{ .authority = "TM. BAN CHẤP HÀNH\nCHỦ TỊCH", .hint = "(Ký, ghi rõ họ tên, đóng dấu)",
		.name = f->proposal.signer } };

	association_head(d, f, NULL, f->proposal.day);
	document_title(d, "DANH SÁCH", arena_format(a, "Đề nghị công nhận danh hiệu “Công dân học tập” năm %d", round->year),
		arena_format(a, "(Kèm theo Tờ trình số %s %s của Hội Khuyến học %s)", document_given(f->proposal.number),
		document_date_words(a, f->proposal.day), f->commune));
	document_table(d, (struct table[]){ list_table(ask, commune->id, round, f) });
	TRY(list_foot(ask, d, commune, round, f));
	check_note(d, f);
	document_ending(d, &(struct ending){ .signatures = signatures, .n_signatures = COUNT(signatures) });
	return OK;
}

/* ---- CDHT-05 ---- */

static void proposal_report(struct document *d, const struct round *round, const struct paper_facts *f)
{
	struct arena *a = document_arena(d);
	int64_t listed = f->has_proposal ? f->proposal.people : f->counts.states[SHEET_LISTED] + f->counts.states[SHEET_POSTED];

	document_textf(d, "1. Quá trình tổ chức: có %s chi hội, đơn vị tổ chức đăng ký và họp xét; %s người đăng ký, %s người "
		"nộp phiếu tự đánh "
		"giá; %s người được phổ biến tiêu chí.", number_of(a, f->branches), number_of(a, f->counts.registered),
		number_of(a, f->counts.submitted), f->trained ? number_of(a, f->trained) : DOCUMENT_BLANK);
	document_textf(d, "2. Kết quả xét: %s người đủ điều kiện, bằng %s số người đăng ký và %s số người từ đủ 18 tuổi trên "
		"địa bàn (%s người, "
		"tính đến ngày %s).", number_of(a, listed), format_percent(a, listed, f->counts.registered),
		f->adults > 0 ? format_percent(a, listed, f->adults) : DOCUMENT_BLANK,
		f->adults >= 0 ? number_of(a, f->adults) : DOCUMENT_BLANK, day_words(a, f->adults_day));
	document_textf(d, "3. Niêm yết và kiến nghị: nhận %s kiến nghị, đã giải quyết %s; số người thay đổi kết quả sau kiến "
		"nghị: %s.",
		number_of(a, f->objections.all), number_of(a, f->objections.all - f->objections.open), number_of(a,
		f->objections.upheld));
	document_textf(d, "4. Hội đã kiểm tra lại %s phiếu chọn ngẫu nhiên; số phiếu phải sửa điểm: %s.", DOCUMENT_BLANK,
		DOCUMENT_BLANK);
	document_textf(d, "Hội Khuyến học %s đề nghị %s xem xét, thẩm định và quyết định công nhận danh hiệu “Công dân học "
		"tập” năm %d cho %s "
		"người có tên trong danh sách kèm theo.", f->commune, f->authority.name, round->year, number_of(a, listed));
}

static OUTCOME letter(struct ask *ask, struct document *d, const struct unit *commune, const struct round *round,
	const struct paper_facts *f)
{
	struct arena *a = document_arena(d);
	static const char *const to[] = { "Như trên;", "Hội Khuyến học tỉnh (để báo cáo);", "Lưu: VT." };

	association_head(d, f, number_or(f->proposal.number, "……/TTr-HKH"), f->proposal.day);
	document_title(d, "TỜ TRÌNH", arena_format(a, "Về việc đề nghị công nhận danh hiệu “Công dân học tập” năm %d",
		round->year), "");
	document_centered(d, RUNS(PLAIN("Kính gửi: "), GIVEN(f->authority.name), PLAIN(".")));
	document_textf(d, "Căn cứ Quyết định số 677/QĐ-TTg ngày 03 tháng 6 năm 2022 của Thủ tướng Chính phủ phê duyệt Chương "
		"trình “Xây dựng mô "
		"hình Công dân học tập giai đoạn 2021 - 2030”;");
	document_textf(d, "Căn cứ %s;", f->criteria->title);
	document_textf(d, "Căn cứ biên bản họp xét số %s %s của Hội Khuyến học %s và kết quả niêm yết công khai từ ngày "
		"%s đến ngày %s;",
		document_given(f->meeting.number), document_date_words(a, f->meeting.held_on), f->commune, day_words(a,
		f->posting.from_day),
		day_words(a, f->posting.until_day));
	document_textf(d, "Hội Khuyến học %s báo cáo và trình như sau:", f->commune);
	proposal_report(d, round, f);
	document_textf(d, "Hồ sơ gửi kèm: biên bản họp xét; danh sách đề nghị công nhận; thông báo niêm yết và bảng tổng hợp "
		"kiến nghị./.");
	chairman(d, to, COUNT(to), f->proposal.signer);
	return OK;
}

/* ---- CDHT-06 ---- */

#define COMMITTEE "ỦY BAN NHÂN DÂN "

/* A People's Committee stands in two lines, the place below (NĐ 30). */
static const char *authority_lines(struct arena *a, const char *authority)
{
	return strncmp(authority, COMMITTEE, sizeof COMMITTEE - 1) ? authority
		: arena_format(a, "ỦY BAN NHÂN DÂN\n%s", authority + sizeof COMMITTEE - 1);
}

static void decision_grounds(struct document *d, const struct paper_facts *f)
{
	struct arena *a = document_arena(d);

	document_text(d, RUNS(ITALIC("Căn cứ Luật Tổ chức chính quyền địa phương hiện hành;")));
	document_text(d, RUNS(ITALIC("Căn cứ Quyết định số 677/QĐ-TTg ngày 03 tháng 6 năm 2022 của Thủ tướng Chính phủ phê "
		"duyệt Chương trình "
		"“Xây dựng mô hình Công dân học tập giai đoạn 2021 - 2030”;")));
	document_text(d, RUNS(ITALIC(arena_format(a, "Căn cứ %s;", f->criteria->title))));
	document_text(d, RUNS(ITALIC(arena_format(a, "Theo đề nghị của Hội Khuyến học %s tại Tờ trình số %s %s và kết quả "
		"thẩm định của %s.",
		f->commune, document_given(f->proposal.number), document_date_words(a, f->proposal.day), DOCUMENT_BLANK))));
}

static OUTCOME decision(struct ask *ask, struct document *d, const struct unit *commune, const struct round *round,
	const struct paper_facts *f)
{
	struct arena *a = document_arena(d);
	const char *role = text_upper(a, f->decision.signer_role), *authority = text_upper(a, f->decision.authority);
	const char *lines = authority_lines(a, authority);
	static const char *const to[] = { "Như Điều 4;", "Hội Khuyến học tỉnh;", "Lưu: VT." };
	const struct signature s = { .authority = role, .hint = "(Ký, đóng dấu)", .name = f->decision.signer };
	int64_t people = f->has_decision ? f->decision.people : f->proposal.people;

	document_header(d, &(struct letterhead){ .authority = lines, .number = number_or(f->decision.number,
		lines == authority ? "" : "……/QĐ-UBND"), .place = f->authority.place, .date = f->decision.day });
	document_title(d, "QUYẾT ĐỊNH", arena_format(a, "Về việc công nhận danh hiệu “Công dân học tập” năm %d", round->year),
		"");
	document_centered(d, RUNS(BOLD(arena_format(a, "%s %s", role, authority))));
	decision_grounds(d, f);
	document_centered(d, RUNS(BOLD("QUYẾT ĐỊNH:")));
	document_text(d, RUNS(BOLD("Điều 1. "), PLAIN(arena_format(a,
		"Công nhận danh hiệu “Công dân học tập” năm %d cho %s người có tên trong "
		"danh sách kèm theo Quyết định này.", round->year, number_of(a, people)))));
	document_textf(d, "Danh hiệu có giá trị từ ngày %s đến ngày 31/12/%d.", day_words(a, f->decision.day),
		round->year + round->title_years - 1);
	document_text(d, RUNS(BOLD("Điều 2. "), PLAIN(arena_format(a,
		"Hội Khuyến học %s có trách nhiệm trao giấy chứng nhận, thông báo kết quả "
		"đến từng người, cập nhật số liệu và lưu hồ sơ theo quy định.", f->commune))));
	document_text(d, RUNS(BOLD("Điều 3. "), PLAIN("Người được công nhận mà bị phát hiện kê khai không đúng thì bị xem xét "
		"thu hồi danh hiệu "
		"sau khi đã được trình bày ý kiến.")));
	document_text(d, RUNS(BOLD("Điều 4. "), PLAIN(arena_format(a,
		"%s, Hội Khuyến học %s và các cá nhân có tên tại Điều 1 chịu trách nhiệm thi "
		"hành Quyết định này kể từ ngày ký./.", DOCUMENT_BLANK, f->commune))));
	document_ending(d, &(struct ending){ .recipients = to, .n_recipients = COUNT(to), .signatures = &s, .n_signatures = 1 });
	document_page(d, false);
	document_title(d, "DANH SÁCH", arena_format(a, "Công nhận danh hiệu “Công dân học tập” năm %d", round->year),
		arena_format(a, "(Kèm theo Quyết định số %s %s của %s)", document_given(f->decision.number),
		document_date_words(a, f->decision.day),
		f->decision.authority));
	document_table(d, (struct table[]){ decision_table(ask, commune->id, round, f) });
	check_note(d, f);
	return OK;
}

/* ---- CDHT-08 ---- */

static OUTCOME notice(struct ask *ask, struct document *d, const struct unit *commune, const struct round *round,
	const struct paper_facts *f)
{
	struct arena *a = document_arena(d);
	const char *to[] = { arena_format(a, "UBND %s;", f->commune), "Các chi hội, ấp, khu phố;", "Lưu: VT." };
	int64_t people;
	int days = *f->posting.from_day ? working_days(f->posting.from_day, f->posting.until_day) : round->posting_days;

	TRY(posting_count(ask, commune->id, round, f, &people));
	association_head(d, f, "……/TB-HKH", f->posting.from_day);
	document_title(d, "THÔNG BÁO", arena_format(a, "Niêm yết danh sách dự kiến đề nghị công nhận “Công dân học tập” năm %d",
		round->year), "");
	document_textf(d, "Hội Khuyến học %s thông báo để bà con biết và góp ý:", f->commune);
	document_textf(d, "1. Danh sách dưới đây gồm %s người được các chi hội, đơn vị họp xét và đề nghị công "
		"nhận “Công dân học tập” năm %d.", number_of(a, people), round->year);
	document_textf(d, "2. Thời gian niêm yết: %d ngày làm việc, từ ngày %s đến hết ngày %s.", days, day_words(a,
		f->posting.from_day),
		day_words(a, f->posting.until_day));
	document_textf(d, "3. Nơi niêm yết: %s.", document_given(f->posting.place));
	document_textf(d, "4. Ai thấy mình bị bỏ sót, thấy tên, năm sinh ghi sai, hoặc có ý kiến về người trong danh sách thì "
		"báo bằng lời, bằng "
		"Phiếu kiến nghị (Mẫu CDHT-09) hoặc qua điện thoại, trước ngày %s, cho: Ông (bà) %s, điện thoại %s, tại %s.",
		day_words(a, f->posting.until_day), DOCUMENT_BLANK, DOCUMENT_BLANK, DOCUMENT_BLANK);
	document_textf(d, "5. Người góp ý được giữ kín tên nếu muốn. Kiến nghị được trả lời chậm nhất %d ngày làm việc kể từ "
		"ngày nhận.",
		OBJECTION_ANSWER_DAYS);
	document_textf(d, "6. Người không muốn ghi tên mình ở bản niêm yết báo cho chi hội; tên sẽ được gỡ và việc xét danh "
		"hiệu vẫn tiếp tục bình "
		"thường.");
	document_table(d, (struct table[]){ posting_table(ask, commune->id, round, f) });
	document_note(d, "Bản niêm yết không ghi số định danh, số điện thoại, địa chỉ nhà và điểm số. Hết hạn niêm yết, danh "
		"sách được gỡ xuống.");
	chairman(d, to, COUNT(to), f->proposal.signer);
	return OK;
}

/* ---- CDHT-09, to be filled in by hand ---- */

static OUTCOME objection_form(struct ask *ask, struct document *d, const struct unit *commune, const struct round *round,
	const struct paper_facts *f)
{
	struct arena *a = document_arena(d);
	const struct signature s = { .before = arena_format(a, "%s, ngày …… tháng …… năm %d", f->place, round->year), .authority =
		"Người kiến nghị", .hint = "(Ký hoặc điểm chỉ, ghi rõ họ tên)", .name = "" };
	const char *lines[] = {
		"1. Người kiến nghị: ……………………………………    Năm sinh: …………",
		"    Ấp, khu phố (đơn vị): ………………………………………………",
		"2. Cách liên lạc để nhận trả lời: …………………………………………",
		"3. ☐ Đề nghị giữ kín tên tôi với người được nhắc đến",
		"4. Tôi kiến nghị về: ☐ kết quả của chính tôi  ☐ kết quả của người khác, tên: ……………………, ấp: ……………",
		("5. Nội dung: ☐ bị bỏ sót  ☐ sai tên, năm sinh, nơi ở  ☐ điểm chỉ số …… chưa đúng  ☐ người được đề nghị chưa "
		 "đủ điều kiện  ☐ thông tin cá nhân bị lộ  ☐ khác"),
		"6. Trình bày: ……………………………………………………………………………",
		"…………………………………………………………………………………………",
		"…………………………………………………………………………………………",
		"7. Giấy tờ, hình ảnh kèm theo (nếu có): ………………………………………",
		"8. Tôi mong muốn: ………………………………………………………………",
	};
	const char *office[] = {
		"Số tiếp nhận: ……; ngày nhận: ……; người nhận: ……………; hạn trả lời: ……",
		"Người xem xét (không phải người đã chấm phiếu): …………………………",
		("Kết quả: ☐ giữ nguyên  ☐ sửa điểm chỉ số …… từ …… thành ……  ☐ sửa thông tin  ☐ đưa ra khỏi danh sách  "
		 "☐ bổ sung vào danh sách"),
		"Lý do: ………………………………………………………………………………",
		"Đã trả lời ngày ……, bằng ……………; người trả lời ký: ……………",
	};

	(void)ask;
	(void)commune;
	document_header(d, &(struct letterhead){ 0 });
	document_title(d, "PHIẾU KIẾN NGHỊ", arena_format(a, "Về kết quả xét danh hiệu “Công dân học tập” năm %d", round->year),
		"");
	document_centered(d, RUNS(PLAIN(arena_format(a, "Kính gửi: Hội Khuyến học %s.", f->commune))));
	for (size_t i = 0; i < COUNT(lines); i++)
		document_line(d, RUNS(PLAIN(lines[i])));
	document_ending(d, &(struct ending){ .signatures = &s, .n_signatures = 1 });
	document_heading(d, "PHẦN CỦA NƠI NHẬN");
	for (size_t i = 0; i < COUNT(office); i++)
		document_item(d, 0, "-", RUNS(PLAIN(office[i])));
	document_note(d, "(Phần xé giao lại cho người kiến nghị) Giấy hẹn số ……: đã nhận phiếu ngày ……, hẹn trả lời trước ngày "
		"……. Người nhận: "
		"……………, điện thoại ……………");
	return OK;
}

typedef OUTCOME (*maker)(struct ask *, struct document *, const struct unit *, const struct round *, const struct paper_facts *);
static const maker makers[PAPERS] = {
	[PAPER_MINUTES] = minutes, [PAPER_LIST] = list, [PAPER_PROPOSAL] = letter, [PAPER_DECISION] = decision,
		[PAPER_POSTING] = notice,
	[PAPER_OBJECTION] = objection_form,
};

OUTCOME paper_make(struct ask *ask, enum paper paper, const struct unit *commune, const struct round *round,
	struct document **out)
{
	struct paper_facts *f = ARENA_NEW(ask->arena, struct paper_facts);

	TRY(paper_facts_get(ask, commune, round, f));
	*out = document_new(ask->arena, &(struct document_setup){
		.title = arena_format(ask->arena, "%s, %s, năm %d", papers[paper].title,
		commune->name, round->year), .made = ask->now, .landscape = paper == PAPER_LIST,
		.size = paper == PAPER_OBJECTION ? 13 : 0,
		.keywords = paper == PAPER_LIST || paper == PAPER_DECISION ? arena_format(ask->arena, LIST_CHECK_MARK "%s",
			f->list_check) : "",
		.draft = !f->has_decision && paper != PAPER_OBJECTION });
	return makers[paper](ask, *out, commune, round, f);
}
