#include "figures/reports/reports_paper.h"

#include <string.h>

#include "registry/people/people.h"
#include "text/format.h"
#include "text/text.h"

enum { LINE_COLUMNS = 10, GROUP_COLUMNS = 10, TARGET_COLUMNS = 9, MODEL_COLUMNS = 7 };

/* "Xã Đức Hoà" → "xã Đức Hoà" within a sentence. */
static const char *in_sentence(struct arena *a, const char *name)
{
	size_t first = 1;

	if (!*name)
		return name;
	while (((unsigned char)name[first] & 0xc0) == 0x80)
		first++;
	return arena_format(a, "%s%s", text_lower(a, arena_textn(a, name, first)), name + first);
}

/* The name without the words of its kind: "Đức Hoà", the place of the date line. */
static const char *bare(struct arena *a, const struct unit *unit)
{
	struct words kind = text_words(a, unit_kind_label(unit->kind)), name = text_words(a, unit->name);
	const char *at = unit->name;

	if (name.n <= kind.n)
		return unit->name;
	for (size_t i = 0; i < kind.n; i++) {
		if (strcmp(text_fold(a, kind.at[i]), text_fold(a, name.at[i])) != 0)
			return unit->name;
		at = strchr(at, ' ') + 1;
	}
	return at;
}

static const char *association(struct arena *a, const struct unit *unit)
{
	return arena_format(a, "%s %s", unit->level == LEVEL_LEAF ? "CHI HỘI" : "HỘI KHUYẾN HỌC", text_upper(a, unit->name));
}

static struct cell percent_cell(int64_t part, struct maybe whole)
{
	struct maybe percent = whole.is ? percent_tenths(part, whole.value) : NONE;

	return percent.is ? cell_percent(percent.value, 1) : cell_text("chưa có");
}

static struct cell difference_cell(int64_t now, struct maybe before)
{
	return before.is ? cell_whole(now - before.value) : cell_text("chưa có");
}

/* ---- head and words ---- */

static void head(struct document *d, struct ask *ask, const struct report *r)
{
	struct arena *a = ask->arena;
	bool is_province = r->unit.level == LEVEL_PROVINCE;
	const struct unit *place = r->unit.level == LEVEL_LEAF ? &r->parent : &r->unit;

	document_header(d, &(struct letterhead){ .above = is_province ? "HỘI KHUYẾN HỌC VIỆT NAM" : association(a, &r->parent),
		.authority = association(a, &r->unit), .number = "……/BC-HKH", .place = bare(a, place), .date = arena_text(a,
		day_of(ask->now).text) });
	document_title(d, "BÁO CÁO", arena_format(a, "Kết quả xây dựng mô hình “Công dân học tập” %snăm %d",
		r->period == REPORT_HALF ? "6 tháng đầu " : "", r->round.year), arena_format(a, "(Số liệu tính đến ngày %s%s)",
		format_date(a, r->as_of), r->units == BOUNDARIES_NOW ? ", theo đơn vị hành chính hôm nay" : ""));
	if (is_province)
		document_centered(d, RUNS(PLAIN(arena_format(a, "Kính gửi: - Ủy ban nhân dân %s;\n- Hội Khuyến học Việt Nam.",
			in_sentence(a, r->unit.name)))));
	else if (r->unit.level == LEVEL_LEAF)
		document_centered(d,
				  RUNS(PLAIN(arena_format(a, "Kính gửi: Hội Khuyến học %s.", in_sentence(a, r->parent.name)))));
	else
		document_centered(d, RUNS(PLAIN(arena_format(a, "Kính gửi: - Ủy ban nhân dân %s;\n- Hội Khuyến học %s.",
			in_sentence(a, r->unit.name), in_sentence(a, r->parent.name)))));
}

static void progress(struct document *d, struct arena *a, const struct report *r)
{
	document_heading(d, "I. TÌNH HÌNH TRIỂN KHAI");
	document_text(d, RUNS(PLAIN("1. Chỉ đạo, ban hành văn bản: …… văn bản; những văn bản chính: ……")));
	document_text(d, RUNS(PLAIN("2. Tuyên truyền, quán triệt: …… buổi, …… lượt người; …… tin, bài; …… lượt phát loa.")));
	document_text(d,
		      RUNS(PLAIN(arena_format(a, "3. Tập huấn: …… lớp, …… người (trong đó cán bộ, hội viên Hội Khuyến học %s).",
					      r->has_targets ? format_int(a, r->targets[0].now.numerator) : DOCUMENT_BLANK))));
	document_text(d, RUNS(PLAIN("4. Công nghệ thông tin: …… phiếu nộp trên mạng, …… phiếu được nhập hộ, …… phiếu giấy.")));
	document_text(d, RUNS(PLAIN("5. Kiểm tra, giám sát: …… đơn vị, …… phiếu; sai lệch ……")));
	document_text(d, RUNS(PLAIN("6. Kinh phí: ngân sách …… đồng; tài trợ, đóng góp …… đồng; đã chi …… đồng.")));
}

/* ---- tables ---- */

static void fill_line(const struct report_line *line, struct cell *c)
{
	c[1] = cell_text(line->name);
	c[2] = cell_maybe(line->adults);
	c[3] = cell_whole(line->registered);
	c[4] = cell_whole(line->submitted);
	c[5] = cell_whole(line->recognised);
	c[6] = percent_cell(line->recognised, SOME(line->registered));
	c[7] = percent_cell(line->recognised, line->adults);
	c[8] = cell_maybe(line->recognised_before);
	c[9] = difference_cell(line->recognised, line->recognised_before);
}

static void by_unit(struct document *d, struct arena *a, const struct report *r)
{
	static const struct column columns[LINE_COLUMNS] = {{"STT", 11, ALIGN_RIGHT},
							    {"Xã, phường, ấp, khu phố, đơn vị", 60, ALIGN_LEFT},
							    {"Người từ đủ 18 tuổi (a)", 24, ALIGN_RIGHT},
							    {"Đăng ký (b)", 22, ALIGN_RIGHT},
							    {"Nộp phiếu (c)", 22, ALIGN_RIGHT},
							    {"Được công nhận (d)", 23, ALIGN_RIGHT},
							    {"d/b (%)", 20, ALIGN_RIGHT},
							    {"d/a (%)", 20, ALIGN_RIGHT},
							    {"Cùng kỳ năm trước (e)", 24, ALIGN_RIGHT},
							    {"Tăng, giảm (d − e)", 22, ALIGN_RIGHT}};
	struct cell *rows = ARENA_ARRAY(a, struct cell, r->n_lines * LINE_COLUMNS),
		    *total = ARENA_ARRAY(a, struct cell, LINE_COLUMNS);

	for (size_t i = 0; i < r->n_lines; i++) {
		rows[i * LINE_COLUMNS] = cell_whole((int64_t)i + 1);
		fill_line(&r->lines[i], &rows[i * LINE_COLUMNS]);
	}
	fill_line(&r->total, total);
	total[1] = cell_text("Cộng");
	document_table(d, &(struct table){.name = "Theo đơn vị",
					  .caption = "Bảng 1. Kết quả theo xã, phường (ấp, khu phố hoặc đơn vị)",
					  .note = arena_format(a,
							       "Nguồn của cột (a): %s. Ô chưa có số liệu ghi “chưa có”, không "
							       "ghi 0. Đơn vị đổi tên hoặc sáp nhập trong "
							       "kỳ: %s.",
							       *r->source ? r->source : "chưa có",
							       *r->changed_units ? r->changed_units : "không có"),
					  .columns = columns,
					  .n_columns = LINE_COLUMNS,
					  .rows = rows,
					  .n_rows = r->n_lines,
					  .total = total});
}

static void fill_group(const struct report_group *g, struct cell *c)
{
	c[1] = cell_text(g->title);
	c[2] = cell_whole(g->registered);
	c[3] = cell_whole(g->submitted);
	c[4] = cell_whole(g->recognised);
	c[5] = percent_cell(g->recognised, SOME(g->registered));
	c[6] = cell_whole(g->women);
	c[7] = cell_whole(g->elders);
	c[8] = g->mean.is ? cell_decimal(g->mean.value, 1) : cell_text("chưa có");
	c[9] = cell_text(*g->lowest ? g->lowest : "chưa có");
}

static void by_group(struct document *d, struct arena *a, const struct report *r)
{
	static const struct column columns[GROUP_COLUMNS] = {{"STT", 11, ALIGN_RIGHT},
							     {"Nhóm", 64, ALIGN_LEFT},
							     {"Đăng ký", 23, ALIGN_RIGHT},
							     {"Nộp phiếu", 23, ALIGN_RIGHT},
							     {"Được công nhận", 23, ALIGN_RIGHT},
							     {"Tỷ lệ trên đăng ký (%)", 24, ALIGN_RIGHT},
							     {"Nữ", 20, ALIGN_RIGHT},
							     {"Từ 60 tuổi", 20, ALIGN_RIGHT},
							     {"Điểm trung bình", 20, ALIGN_RIGHT},
							     {"Chỉ số thấp nhất", 24, ALIGN_LEFT}};
	struct cell *rows = ARENA_ARRAY(a, struct cell, r->n_groups * GROUP_COLUMNS),
		    *total = ARENA_ARRAY(a, struct cell, GROUP_COLUMNS);

	for (size_t i = 0; i < r->n_groups; i++) {
		rows[i * GROUP_COLUMNS] = cell_whole((int64_t)i + 1);
		fill_group(&r->groups[i], &rows[i * GROUP_COLUMNS]);
	}
	fill_group(&r->all, total);
	document_table(d, &(struct table){.name = "Theo nhóm người",
					  .caption = "Bảng 2. Kết quả theo nhóm người",
					  .note = arena_format(a,
							       "Nữ, từ 60 tuổi: trong số được công nhận. Điểm trung bình: của "
							       "phiếu đã nộp. Người học dưới 18 tuổi đã nộp "
							       "phiếu: %s người, ghi riêng, không tính vào chỉ tiêu T2.",
							       format_int(a, r->young_submitted)),
					  .columns = columns,
					  .n_columns = GROUP_COLUMNS,
					  .rows = rows,
					  .n_rows = r->n_groups,
					  .total = total});
}

/* Points of a per cent between two shares, in tenths. */
static struct cell points_cell(const struct report_target *t)
{
	struct maybe now = percent_tenths(t->now.numerator, t->now.denominator);
	struct maybe before = percent_tenths(t->before.numerator, t->before.denominator);

	return now.is && before.is ? cell_decimal(now.value - before.value, 1) : cell_text("chưa có");
}

static void by_target(struct document *d, struct arena *a, const struct report *r)
{
	const struct column columns[TARGET_COLUMNS] = {{"Chỉ tiêu", 16, ALIGN_LEFT},
						       {"Nội dung", 76, ALIGN_LEFT},
						       {"Tử số", 22, ALIGN_RIGHT},
						       {"Mẫu số", 22, ALIGN_RIGHT},
						       {"Kết quả (%)", 20, ALIGN_RIGHT},
						       {arena_format(a, "Mục tiêu %d (%%)", r->round.year), 22, ALIGN_RIGHT},
						       {"Còn thiếu (người)", 22, ALIGN_RIGHT},
						       {"Cùng kỳ năm trước (%)", 24, ALIGN_RIGHT},
						       {"Tăng, giảm (điểm %)", 22, ALIGN_RIGHT}};
	struct cell *rows = ARENA_ARRAY(a, struct cell, (size_t)TARGETS * TARGET_COLUMNS);

	for (int i = 0; i < TARGETS && r->has_targets; i++) {
		const struct report_target *t = &r->targets[i];
		struct cell *c = &rows[i * TARGET_COLUMNS];

		c[0] = cell_text(t->code);
		c[1] = cell_text(t->title);
		c[2] = cell_whole(t->now.numerator);
		c[3] = cell_whole(t->now.denominator);
		c[4] = percent_cell(t->now.numerator, SOME(t->now.denominator));
		c[5] = cell_percent(t->goal, 1);
		c[6] = t->now.denominator ? cell_whole(t->missing) : cell_text("chưa có");
		c[7] = percent_cell(t->before.numerator, SOME(t->before.denominator));
		c[8] = points_cell(t);
	}
	document_table(d, &(struct table){.name = "Chỉ tiêu",
					  .caption = "Bảng 3. Chỉ tiêu T1 đến T5",
					  .note = "Cách hiểu tử số, mẫu số theo phụ lục “Mục tiêu của Kế hoạch 2188/KH-UBND”. T4 "
						  "lấy điểm chỉ số 5 từ 7, T5 từ 8; đây là giả "
						  "định, chờ hướng dẫn chính thức.",
					  .columns = columns,
					  .n_columns = TARGET_COLUMNS,
					  .rows = rows,
					  .n_rows = r->has_targets ? TARGETS : 0});
}

static void by_model(struct document *d, struct arena *a, const struct report *r)
{
	static const struct column columns[MODEL_COLUMNS] = { { "Mô hình", 76, ALIGN_LEFT }, { "Tổng số", 26, ALIGN_RIGHT },
		{ "Đăng ký", 26, ALIGN_RIGHT }, { "Được công nhận", 28, ALIGN_RIGHT }, { "% trên đăng ký", 26, ALIGN_RIGHT },
		{ "% trên tổng số", 26, ALIGN_RIGHT }, { "Cùng kỳ năm trước", 30, ALIGN_RIGHT } };
	static const char *const titles[] = {"Gia đình học tập", "Dòng họ học tập", "Cộng đồng học tập (ấp, khu phố)",
					     "Đơn vị học tập"};
	struct cell *rows = ARENA_ARRAY(a, struct cell, COUNT(titles) * MODEL_COLUMNS);

	for (size_t i = 0; i < COUNT(titles); i++) {
		struct cell *c = &rows[i * MODEL_COLUMNS];

		for (size_t k = 1; k < MODEL_COLUMNS; k++)
			c[k] = cell_text("chưa có");
		c[0] = cell_text(titles[i]);
		c[3] = cell_maybe(r->models[i + 1]);
	}
	document_table(d, &(struct table){.name = "Mô hình khác",
					  .caption = "Bảng 4. Các mô hình học tập khác",
					  .columns = columns,
					  .n_columns = MODEL_COLUMNS,
					  .rows = rows,
					  .n_rows = COUNT(titles)});
}

/* ---- judgement, next work, foot ---- */

static const char *against_last_year(struct arena *a, const struct report *r)
{
	struct maybe before = r->total.recognised_before;

	if (!before.is)
		return "chưa có số liệu cùng kỳ để so";
	return arena_format(a, "được công nhận %s người, cùng kỳ %s người", format_int(a, r->total.recognised),
			    format_int(a, before.value));
}

static void judgement(struct document *d, struct arena *a, const struct report *r)
{
	static const struct column columns[] = {{"STT", 10, ALIGN_RIGHT},          {"Khó khăn, vướng mắc", 38, ALIGN_LEFT},
						{"Nơi gặp", 22, ALIGN_LEFT},       {"Nguyên nhân", 28, ALIGN_LEFT},
						{"Đã làm gì", 24, ALIGN_LEFT},     {"Đề nghị", 24, ALIGN_LEFT},
						{"Cấp giải quyết", 20, ALIGN_LEFT}};
	static const struct cell blank[3 * COUNT(columns)];

	document_heading(d, "III. ĐÁNH GIÁ");
	document_text(d, RUNS(PLAIN("1. Việc làm được: ……")));
	document_text(d, RUNS(PLAIN(arena_format(a, "2. So với năm trước: %s. Lý do tăng hoặc giảm nhiều: ……",
						 against_last_year(a, r)))));
	document_text(d, RUNS(PLAIN("3. Cách làm hay, gương tiêu biểu: ……")));
	document_text(d, RUNS(PLAIN("4. Khó khăn, vướng mắc và nguyên nhân:")));
	document_table(d, &(struct table){.name = "Vướng mắc",
					  .columns = columns,
					  .n_columns = COUNT(columns),
					  .rows = blank,
					  .n_rows = 3,
					  .row_mm = 12});
	document_text(d, RUNS(PLAIN("5. Kiến nghị của người dân: nhận ……, giải quyết đúng hạn ……, quá hạn ……, đổi kết quả ……")));
	document_heading(d, "IV. VIỆC LÀM TRONG KỲ TỚI");
	for (int i = 1; i <= 3; i++)
		document_text(d, RUNS(PLAIN(arena_format(a, "%d. ……; người phụ trách ……; thời hạn ……", i))));
	document_heading(d, "V. ĐỀ XUẤT, KIẾN NGHỊ");
	document_text(d, RUNS(PLAIN("……./.")));
}

static void foot(struct document *d, const struct report *r)
{
	static const char *const recipients[] = { "Như trên;", "Lưu: VT." };

	document_ending(d, &(struct ending){ .recipients = recipients, .n_recipients = COUNT(recipients), .n_signatures = 1,
		.signatures = &(struct signature){ .authority = r->unit.level == LEVEL_LEAF ? "TM. CHI HỘI\nCHI HỘI TRƯỞNG"
		: "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH" } });
}

struct document *report_paper(struct ask *ask, const struct report *r)
{
	struct document *d = document_new(ask->arena, &(struct document_setup){ .title = arena_format(ask->arena,
		"Báo cáo kết quả Công dân học tập %d, %s", r->round.year, r->unit.name), .made = ask->now });

	head(d, ask, r);
	progress(d, ask->arena, r);
	document_page(d, true);
	document_heading(d, "II. KẾT QUẢ");
	by_unit(d, ask->arena, r);
	by_group(d, ask->arena, r);
	by_target(d, ask->arena, r);
	by_model(d, ask->arena, r);
	document_page(d, false);
	judgement(d, ask->arena, r);
	foot(d, r);
	return d;
}

const char *report_file_name(struct arena *a, const struct report *r, const char *ending)
{
	return arena_format(a, "Báo cáo CDHT-10 %s %s%d.%s", r->unit.name, r->period == REPORT_HALF ? "6 tháng " : "",
			    r->round.year, ending);
}
