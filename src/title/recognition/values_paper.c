/* What a province's own form may print: the facts of the papers by the names of bieu-mau.md, their lists row by row. */
#include "title/recognition/papers.h"

#include <string.h>

#include "base/day.h"
#include "document/document.h"
#include "text/format.h"
#include "text/text.h"
#include "title/recognition/tables_paper.h"

enum { ROW_FIELDS = 16 };

struct paper_values {
	struct ask *ask;
	enum paper paper;
	const struct unit *commune;
	const struct round *round;
	struct paper_facts facts;
	const char *const *texts;        /* by paper_fields */
	const struct paper_list *list;   /* in hand, NULL: none */
	struct table table;
	int64_t number;                  /* of the row */
	struct words members;            /* of thanh_vien */
	bool has_row;
	const char *row[ROW_FIELDS];
};

/* ---- single values: name, what it is, where it comes from (f: facts, a: arena, r: round, p: paper) ---- */

#define DAY(day) (*(day) ? format_date(a, (day)) : "")
#define COUNT_OF(n) format_int(a, (n))
#define OF_MEETING(n) (f->has_meeting ? COUNT_OF(n) : "")
#define VALUES(X) \
	X(xa_phuong, "xã, phường: “xã Đức Hoà”", f->commune) \
	X(tinh, "tỉnh", f->province) \
	X(dia_danh, "địa danh trước ngày tháng", f->place) \
	X(nam_danh_gia, "năm của danh hiệu", arena_format(a, "%d", r->year)) \
	X(ten_co_quan_cong_nhan, "cơ quan công nhận", f->authority.name) \
	X(ten_bo_tieu_chi, "bộ tiêu chí", f->criteria->title) \
	X(diem_dat, "tổng điểm để đạt", COUNT_OF(f->criteria->total_min)) \
	X(diem_san, "điểm thấp nhất của một chỉ số", COUNT_OF(f->criteria->each_min)) \
	X(so, "số của chính giấy này", number_of_paper(f, p)) \
	X(ngay, "ngày của chính giấy này, hai chữ số", day_part(a, day_of_paper(f, p), 8)) \
	X(thang, "tháng của chính giấy này", day_part(a, day_of_paper(f, p), 5)) \
	X(nam, "năm của chính giấy này", day_part(a, day_of_paper(f, p), 0)) \
	X(so_bien_ban, "số biên bản", f->meeting.number) \
	X(ngay_bien_ban, "ngày họp", DAY(f->meeting.held_on)) \
	X(dia_diem, "nơi họp", f->meeting.place) \
	X(gio_bat_dau, "giờ họp", f->meeting.began) \
	X(gio_ket_thuc, "giờ kết thúc", f->meeting.ended) \
	X(chu_tri, "người chủ trì", f->meeting.chair) \
	X(thu_ky, "thư ký", f->meeting.secretary) \
	X(so_du_hop, "số người dự họp", OF_MEETING(f->meeting.minutes.attendees)) \
	X(ly_do_vang, "vắng, lý do", f->meeting.absent) \
	X(so_tan_thanh, "số tán thành", OF_MEETING(f->meeting.minutes.votes_for)) \
	X(ty_le_tan_thanh, "tỷ lệ tán thành", f->has_meeting ? format_percent(a, f->meeting.minutes.votes_for, \
		f->meeting.minutes.attendees) : "") \
	X(y_kien_thao_luan, "ý kiến thảo luận", f->meeting.discussion) \
	X(nguoi_khong_bieu_quyet, "ai không biểu quyết", f->meeting.relatives) \
	X(so_ban, "biên bản lập thành mấy bản", f->meeting.copies) \
	X(so_dang_ky, "số người đăng ký", COUNT_OF(f->counts.registered)) \
	X(so_phieu, "số phiếu đã nộp", COUNT_OF(f->counts.submitted)) \
	X(so_phieu_viet_giup, "số phiếu viết giúp", OF_MEETING(f->meeting.minutes.assisted)) \
	X(so_phieu_du, "số phiếu đưa ra họp", OF_MEETING(f->meeting.minutes.reviewed)) \
	X(so_chua_de_nghi, "số người chưa đề nghị", OF_MEETING(f->meeting.minutes.not_met)) \
	X(so_thieu_tong, "trong đó thiếu tổng điểm", OF_MEETING(f->meeting.minutes.short_total)) \
	X(so_thieu_san, "trong đó có chỉ số quá thấp", OF_MEETING(f->meeting.minutes.short_each)) \
	X(so_tra_lai, "số phiếu trả lại", COUNT_OF(f->counts.states[SHEET_RETURNED])) \
	X(so_chi_hoi, "số chi hội có người đăng ký", COUNT_OF(f->branches)) \
	X(so_tap_huan, "số hội viên được tập huấn", f->trained ? COUNT_OF(f->trained) : "") \
	X(so_de_nghi, "số người đề nghị công nhận", COUNT_OF(listed_in(f))) \
	X(ty_le_tren_dang_ky, "phần trăm trên số đăng ký", format_percent(a, listed_in(f), f->counts.registered)) \
	X(niem_yet_tu, "niêm yết từ ngày", DAY(f->posting.from_day)) \
	X(niem_yet_den, "niêm yết đến hết ngày", DAY(f->posting.until_day)) \
	X(noi_niem_yet, "nơi niêm yết", f->posting.place) \
	X(so_kien_nghi, "số kiến nghị", COUNT_OF(f->objections.all)) \
	X(so_da_giai_quyet, "số kiến nghị đã trả lời", COUNT_OF(f->objections.all - f->objections.open)) \
	X(so_thay_doi, "số người đổi kết quả sau kiến nghị", COUNT_OF(f->objections.upheld)) \
	X(so_to_trinh, "số tờ trình", f->proposal.number) \
	X(ngay_to_trinh, "ngày tờ trình", DAY(f->proposal.day)) \
	X(chu_tich_hoi, "chủ tịch Hội ký tờ trình", f->proposal.signer) \
	X(so_quyet_dinh, "số quyết định", f->decision.number) \
	X(ngay_quyet_dinh, "ngày quyết định", DAY(f->decision.day)) \
	X(so_nguoi, "số người trong danh sách", COUNT_OF(f->has_decision ? f->decision.people : listed_in(f))) \
	X(gia_tri_tu, "danh hiệu có giá trị từ ngày", DAY(f->decision.day)) \
	X(gia_tri_den, "danh hiệu có giá trị đến ngày", arena_format(a, "31/12/%d", r->year + r->title_years - 1)) \
	X(chuc_vu_nguoi_ky, "chức vụ người ký quyết định", f->decision.signer_role) \
	X(ho_ten_nguoi_ky, "người ký quyết định", f->decision.signer) \
	X(ma_danh_sach, "mã kiểm tra danh sách, in dưới danh sách", f->list_check)

static const char *number_of_paper(const struct paper_facts *f, enum paper p)
{
	return p == PAPER_MINUTES ? f->meeting.number : p == PAPER_PROPOSAL || p == PAPER_LIST ? f->proposal.number
		: p == PAPER_DECISION ? f->decision.number : "";
}

static const char *day_of_paper(const struct paper_facts *f, enum paper p)
{
	return p == PAPER_MINUTES ? f->meeting.held_on : p == PAPER_PROPOSAL || p == PAPER_LIST ? f->proposal.day
		: p == PAPER_DECISION ? f->decision.day : p == PAPER_POSTING ? f->posting.from_day : "";
}

/* Of an ISO day: 0 the year, 5 the month (with its 0 only in January and February, NĐ 30), 8 the day. */
static const char *day_part(struct arena *a, const char *day, size_t at)
{
	if (strlen(day) != DAY_LEN)
		return "";
	if (at == 5 && day[5] == '0' && day[6] > '2')
		at = 6;
	return arena_textn(a, day + at, at == 0 ? 4 : at == 6 ? 1 : 2);
}

static int64_t listed_in(const struct paper_facts *f)
{
	return f->has_proposal ? f->proposal.people : f->counts.states[SHEET_LISTED] + f->counts.states[SHEET_POSTED];
}

#define FIELD_OF(name, words, value) { #name, words },
static const struct paper_field fields[] = { VALUES(FIELD_OF) };

const struct paper_field *paper_fields(size_t *n)
{
	*n = COUNT(fields);
	return fields;
}

static const char *const *texts_of(struct arena *a, const struct paper_facts *f, const struct round *r, enum paper p)
{
#define TEXT_OF(name, words, value) value,
	const char *const texts[] = { VALUES(TEXT_OF) };

	return arena_bytes(a, (struct bytes){ texts, sizeof texts }).ptr;
}

/* ---- lists: names of the columns of tables_paper.c, in their order ---- */

static const struct paper_field member_fields[] = { { "stt", "số thứ tự" }, { "ho_ten", "họ tên" }, { "dai_dien",
	"đại diện cho ai" } };
static const struct paper_field changed_fields[] = { { "stt", "số thứ tự" }, { "ho_ten", "họ tên" }, { "nam_sinh", "năm sinh" },
	{ "so_chi_so", "chỉ số" }, { "diem_tu_cham", "điểm tự chấm" }, { "diem_thong_nhat", "điểm thống nhất" }, { "ly_do",
		"lý do" } };
static const struct paper_field listed_fields[] = { { "stt", "số thứ tự" }, { "ho_ten", "họ tên" }, { "nam_sinh", "năm sinh" },
	{ "gioi_tinh", "nam, nữ" }, { "so_dinh_danh_che", "bốn số cuối của số định danh" }, { "ap_khu_pho",
		"ấp, khu phố, đơn vị" },
	{ "ten_nhom", "nhóm" }, { "diem_a", "điểm A" }, { "diem_b", "điểm B" }, { "diem_c", "điểm C" }, { "tong", "tổng điểm" },
	{ "diem_thap_nhat", "điểm thấp nhất" }, { "ghi_chu", "mã phiếu" } };
static const struct paper_field decided_fields[] = { { "stt", "số thứ tự" }, { "ho_ten", "họ tên" }, { "nam_sinh", "năm sinh" },
	{ "ap_khu_pho", "ấp, khu phố, đơn vị" }, { "ten_nhom", "nhóm" }, { "so_giay_chung_nhan", "số giấy chứng nhận" } };
static const struct paper_field posted_fields[] = { { "stt", "số thứ tự" }, { "ho_ten", "họ tên" }, { "nam_sinh", "năm sinh" },
	{ "ap_khu_pho", "ấp, khu phố, đơn vị" } };

static const struct paper_list minutes_lists[] = {
	{ "thanh_vien", "người dự họp", member_fields, COUNT(member_fields) },
	{ "phieu_sua", "điểm thống nhất khác điểm tự chấm", changed_fields, COUNT(changed_fields) } };
static const struct paper_list listed_lists[] = { { "nguoi", "người được đề nghị", listed_fields, COUNT(listed_fields) } };
static const struct paper_list decided_lists[] = { { "nguoi", "người được công nhận", decided_fields, COUNT(decided_fields) } };
static const struct paper_list posted_lists[] = { { "nguoi", "người trong bản niêm yết", posted_fields, COUNT(posted_fields) } };

const struct paper_list *paper_lists(enum paper p, size_t *n)
{
	static const struct { const struct paper_list *at; size_t n; } lists[PAPERS] = {
		[PAPER_MINUTES] = { minutes_lists, COUNT(minutes_lists) }, [PAPER_LIST] = { listed_lists, 1 },
		[PAPER_DECISION] = { decided_lists, 1 }, [PAPER_POSTING] = { posted_lists, 1 } };

	*n = lists[p].n;
	return lists[p].at;
}

/* ---- in use ---- */

OUTCOME paper_values_open(struct ask *ask, enum paper paper, const struct unit *commune, const struct round *round,
	struct paper_values **out)
{
	struct paper_values *v = ARENA_NEW(ask->arena, struct paper_values);

	v->ask = ask;
	v->paper = paper;
	v->commune = commune;
	v->round = round;
	TRY(paper_facts_get(ask, commune, round, &v->facts));
	v->texts = texts_of(ask->arena, &v->facts, round, paper);
	*out = v;
	return OK;
}

const char *paper_value(void *values, const char *name)
{
	const struct paper_values *v = values;

	for (size_t i = 0; v->has_row && i < v->list->n; i++)
		if (!strcmp(v->list->fields[i].name, name))
			return v->row[i];
	for (size_t i = 0; i < COUNT(fields); i++)
		if (!strcmp(fields[i].name, name))
			return v->texts[i];
	return "";
}

OUTCOME paper_list_begin(void *values, const char *name)
{
	struct paper_values *v = values;
	const struct paper_list *lists;
	size_t n;

	lists = paper_lists(v->paper, &n);
	v->list = NULL;
	for (size_t i = 0; i < n; i++)
		if (!strcmp(lists[i].name, name))
			v->list = &lists[i];
	if (!v->list)
		return NOT_FOUND;
	v->number = 0;
	if (v->list->fields == member_fields)
		v->members = text_split(v->ask->arena, v->facts.meeting.attendees, '\n');
	else if (v->list->fields == changed_fields)
		v->table = changed_table(v->ask, v->round->id, v->commune->id);
	else if (v->list->fields == listed_fields)
		v->table = list_table(v->ask, v->commune->id, v->round, &v->facts);
	else if (v->list->fields == decided_fields)
		v->table = decision_table(v->ask, v->commune->id, v->round, &v->facts);
	else
		v->table = posting_table(v->ask, v->commune->id, v->round, &v->facts);
	return OK;
}

/* "Nguyễn Văn An, Hội Nông dân": the name, whom they stand for. */
static bool member_row(struct paper_values *v, struct arena *row)
{
	while ((size_t)v->number < v->members.n) {
		const char *line = v->members.at[v->number++], *comma = strchr(line, ',');

		if (!*line)
			continue;
		v->row[0] = arena_format(row, "%lld", (long long)v->number);
		v->row[1] = comma ? arena_textn(row, line, (size_t)(comma - line)) : line;
		v->row[2] = comma ? comma + 1 + strspn(comma + 1, " ") : "";
		return true;
	}
	return false;
}

/* The list's columns after the seventh are its competences, as many as the criteria have; forms name three. */
static size_t column_of(const struct paper_values *v, size_t i)
{
	enum { FIXED = 7, NAMED = 3 };
	size_t n = v->table.n_columns;

	if (v->list->fields != listed_fields || i < FIXED)
		return i;
	if (i < FIXED + NAMED)
		return i + NAMED < n ? i : SIZE_MAX;
	return n - (COUNT(listed_fields) - i);
}

OUTCOME paper_list_next(void *values, struct arena *row, bool *done)
{
	struct paper_values *v = values;
	struct cell cells[TABLE_COLUMNS_MAX] = { 0 };

	v->has_row = false;
	if (v->list->fields == member_fields) {
		v->has_row = member_row(v, row);
		*done = !v->has_row;
		return OK;
	}
	TRY(v->table.next(v->table.state, row, cells, done));
	v->has_row = !*done;
	for (size_t i = 0; v->has_row && i < v->list->n; i++)
		v->row[i] = column_of(v, i) < v->table.n_columns ? document_cell_text(row, &cells[column_of(v, i)]) : "";
	return OK;
}
