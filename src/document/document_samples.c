#include "document/document_samples.h"

#include <stdio.h>

static const char *const names[] = { "Nguyễn Thị Bưởi", "Trần Văn Thượng", "Lê Hoàng Ngọc Diễm", "Phạm Quốc Khánh", "Huỳnh Thị Kim Phượng",
	"Võ Nguyễn Tường Vy", "Đặng Thị Ẩn", "Bùi Xuân Nghĩa", "Đỗ Thị Mỹ Lệ", "Hồ Văn Ửng", "Ngô Thị Quỳnh Như", "Dương Ngọc Ễn",
	"Cao Thị Thuỷ Tiên", "Lý Sà Rương", "Kim Thị Sóc Khoeurn" };
static const char *const hamlets[] = { "ấp Bình Hòa", "ấp Bình Trung", "khu phố 2", "Trường THCS Nguyễn Thái Bình" };
static const char *const groups[] = { "Nông dân", "Công nhân, lao động tiểu thủ công", "Viên chức", "Người cao tuổi, hưu trí" };

const char *sample_name(int i)
{
	return names[i % (int)COUNT(names)];
}

enum outcome sample_person(void *people, struct arena *row, struct cell *cells, bool *done)
{
	struct people *p = people;
	int i = p->i++;

	*done = i == p->n;
	if (*done)
		return OK;
	cells[0] = cell_whole(i + 1);
	cells[1] = cell_text(arena_format(row, "%s %d", sample_name(i), i / (int)COUNT(names) + 1));
	cells[2] = cell_date(arena_format(row, "%d", 1948 + i * 7 % 58));
	cells[3] = cell_text(i % 3 ? "Nữ" : "Nam");
	cells[4] = cell_text(arena_format(row, "........%04d", i * 37 % 10000));
	cells[5] = cell_text(hamlets[i % 4]);
	cells[6] = cell_text(groups[i / 2 % 4]);
	cells[7] = cell_whole(30 + i % 9);
	cells[8] = cell_whole(29 + i % 10);
	cells[9] = cell_whole(14 + i % 6);
	cells[10] = cell_whole(73 + i % 20);
	cells[11] = cell_whole(5 + i % 4);
	cells[12] = i % 11 ? cell_blank() : cell_text("chuyển đến tháng 6 từ xã Hưng Thuận");
	return OK;
}

static struct document *paper(struct arena *a, const char *title, bool landscape)
{
	return document_new(a, &(struct document_setup){ .title = title, .made = SAMPLE_MADE, .landscape = landscape });
}

static void commune_header(struct document *d, const char *number)
{
	document_header(d, &(struct letterhead){ .above = "HỘI KHUYẾN HỌC TỈNH TÂY NINH", .authority = "HỘI KHUYẾN HỌC XÃ BÌNH HÒA",
		.number = number, .place = number ? "Bình Hòa" : NULL, .date = "2026-12-05" });
}

struct document *sample_sheet(struct arena *a)
{
	static const char *const questions[] = { "Trong năm tôi tự tìm học thêm điều mới cho việc làm hoặc đời sống.",
		"Tôi dành thời gian đọc sách, báo, nghe đài để hiểu biết thêm.", "Tôi dự lớp học, buổi nói chuyện ở ấp hoặc trên mạng.",
		"Tôi giúp người nhà, hàng xóm cùng học.", "Tôi dùng điện thoại để xem tin, làm giấy tờ, trả tiền." };
	static const struct column columns[] = { { "Số", 9, ALIGN_CENTER }, { "Câu hỏi", 50, ALIGN_LEFT },
		{ "Điểm tự chấm (tô một vòng)", 61, ALIGN_CENTER }, { "Việc đã làm, minh chứng", 32, ALIGN_LEFT },
		{ "Chi hội", 13, ALIGN_CENTER } };
	struct cell rows[COUNT(questions) * COUNT(columns)] = { 0 };
	struct document *d = document_new(a, &(struct document_setup){ .title = "Phiếu tự đánh giá", .made = SAMPLE_MADE,
		.corner_marks = true, .size = 12 });

	document_qr_corner(d, "7K2M9QXT4", 22);
	document_header(d, &(struct letterhead){ 0 });
	document_title(d, "PHIẾU TỰ ĐÁNH GIÁ", "Danh hiệu “Công dân học tập” năm 2026", "Nhóm: Nông dân");
	document_line(d, RUNS(PLAIN("Mã phiếu: "), BOLD("7K2M-9QXT4"), PLAIN("    Bộ tiêu chí: Bộ tiêu chí 2023, bản 1")));
	document_line(d, RUNS(PLAIN("Họ và tên: "), BOLD("Nguyễn Thị Bưởi"), PLAIN("    Năm sinh: 1961    Ấp, khu phố (đơn vị): ấp Bình Hòa")));
	document_text(d, RUNS(BOLD("Cách làm. "), PLAIN("Đọc từng câu, nhớ lại việc mình đã làm trong năm, tô kín một vòng tròn. Tô nhầm thì "
		"gạch chéo vòng cũ, tô vòng mới.")));
	document_heading(d, "A. Tự học, học suốt đời");
	for (size_t i = 0; i < COUNT(questions); i++) {
		rows[i * 5] = cell_whole((int64_t)i + 1);
		rows[i * 5 + 1] = cell_text(questions[i]);
		rows[i * 5 + 2] = cell_bubbles((int64_t)i + 1);
	}
	document_table(d, &(struct table){ .columns = columns, .n_columns = COUNT(columns), .rows = rows, .n_rows = COUNT(questions), .row_mm = 14 });
	document_item(d, 0, "-", RUNS(PLAIN("Kết quả: ☐ Đề nghị công nhận   ☐ Chưa đề nghị   ☐ Trả lại để bổ sung")));
	document_ending(d, &(struct ending){ .n_signatures = 2, .signatures = (struct signature[]){
		{ .authority = "Người viết giúp (nếu có)", .words = "Tôi đã đọc lại cho người tự đánh giá nghe và ghi đúng lời.", .hint = "(Ký, ghi rõ họ tên)" },
		{ .authority = "Người tự đánh giá", .words = "Tôi cam đoan những điều ghi trên là đúng.", .hint = "(Ký hoặc điểm chỉ, ghi rõ họ tên)",
		  .name = "Nguyễn Thị Bưởi" } } });
	return d;
}

struct document *sample_minutes(struct arena *a)
{
	static const struct column columns[] = { { "STT", 10, ALIGN_CENTER }, { "Họ và tên", 42, ALIGN_LEFT }, { "Năm sinh", 16, ALIGN_CENTER },
		{ "Chỉ số", 15, ALIGN_CENTER }, { "Tự chấm", 16, ALIGN_CENTER }, { "Thống nhất", 18, ALIGN_CENTER }, { "Lý do", 48, ALIGN_LEFT } };
	const struct cell rows[] = {
		cell_whole(1), cell_text("Trần Văn Thượng"), cell_date("1957"), cell_whole(4), cell_whole(8), cell_whole(5),
		cell_text("Chưa có việc làm cụ thể, anh Thượng đồng ý sửa tại cuộc họp"),
		cell_whole(2), cell_text("Đặng Thị Ẩn"), cell_date("1970"), cell_whole(6), cell_whole(3), cell_whole(5),
		cell_text("Biết đọc, viết tiếng Khmer") };
	struct document *d = paper(a, "Biên bản họp xét", false);

	document_header(d, &(struct letterhead){ .above = "HỘI KHUYẾN HỌC XÃ BÌNH HÒA", .authority = "CHI HỘI ẤP BÌNH TRUNG", .number = "03/BB-HKH" });
	document_title(d, "BIÊN BẢN", "Họp xét, đề nghị công nhận danh hiệu “Công dân học tập” năm 2026", "");
	document_text(d, RUNS(PLAIN("Thời gian bắt đầu: 8 giờ 30, ngày 28 tháng 11 năm 2026.")));
	document_text(d, RUNS(PLAIN("Thành phần dự họp: 12 người, vắng "), GIVEN(""), PLAIN(" người.")));
	document_item(d, 1, "-", RUNS(PLAIN("Chủ trì: Ông (bà) Hồ Văn Ửng, chức vụ: Chi hội trưởng.")));
	document_item(d, 1, "-", RUNS(PLAIN("Thư ký: Ông (bà) Đỗ Thị Mỹ Lệ, chức vụ: Chi hội phó.")));
	document_heading(d, "Nội dung cuộc họp");
	document_text(d, RUNS(PLAIN("1. Chủ trì đọc lại điều kiện đạt: tổng điểm từ 80 trở lên, không chỉ số nào dưới 5; bộ tiêu chí áp dụng: "
		"Bộ tiêu chí công nhận danh hiệu “Công dân học tập” giai đoạn 2021 - 2030.")));
	document_text(d, RUNS(PLAIN("3. Cuộc họp xem xét từng phiếu. Các phiếu có điểm thống nhất khác điểm tự chấm:")));
	document_table(d, &(struct table){ .columns = columns, .n_columns = COUNT(columns), .rows = rows, .n_rows = 2 });
	document_heading(d, "Kết quả");
	document_item(d, 1, "-", RUNS(PLAIN("Đề nghị công nhận: 46 người, biểu quyết tán thành 12/12 (tỷ lệ 100%).")));
	document_text(d, RUNS(PLAIN("Danh sách kèm theo (Mẫu CDHT-04). Biên bản đã được đọc lại cho mọi người cùng nghe, thống nhất và lập thành 02 "
		"bản. Cuộc họp kết thúc lúc 10 giờ 15 cùng ngày.")));
	document_ending(d, &(struct ending){ .n_signatures = 2, .signatures = (struct signature[]){
		{ .authority = "THƯ KÝ", .hint = "(Ký, ghi rõ họ tên)", .name = "Đỗ Thị Mỹ Lệ" },
		{ .authority = "CHỦ TRÌ", .hint = "(Ký, ghi rõ họ tên)", .name = "Hồ Văn Ửng" } },
		.recipients = (const char *const[]){ "Hội Khuyến học xã Bình Hòa;", "Lưu: Chi hội." }, .n_recipients = 2 });
	return d;
}

struct document *sample_list(struct arena *a, struct people *people)
{
	static const struct column columns[] = { { "STT", 12, ALIGN_CENTER }, { "Họ và tên", 50, ALIGN_LEFT }, { "Năm sinh", 14, ALIGN_CENTER },
		{ "Nam, nữ", 12, ALIGN_CENTER }, { "Số định danh", 26, ALIGN_CENTER }, { "Ấp, khu phố (đơn vị)", 32, ALIGN_LEFT },
		{ "Nhóm", 34, ALIGN_LEFT }, { "A (40)", 12, ALIGN_RIGHT }, { "B (40)", 12, ALIGN_RIGHT }, { "C (20)", 12, ALIGN_RIGHT },
		{ "Tổng (100)", 15, ALIGN_RIGHT }, { "Thấp nhất", 14, ALIGN_RIGHT }, { "Ghi chú", 30, ALIGN_LEFT } };
	struct document *d = paper(a, "Danh sách đề nghị công nhận", true);

	commune_header(d, NULL);
	document_title(d, "DANH SÁCH", "Đề nghị công nhận danh hiệu “Công dân học tập” năm 2026",
		"(Kèm theo Tờ trình số 05/TTr-HKH ngày 05/12/2026 của Hội Khuyến học xã Bình Hòa)");
	document_table(d, &(struct table){ .name = "Đề nghị", .columns = columns, .n_columns = COUNT(columns), .next = sample_person, .state = people });
	document_textf(d, "Tổng cộng: %d người; nữ 40; từ 60 tuổi trở lên 21.", people->n);
	document_text(d, RUNS(PLAIN("Chia theo nhóm: Nông dân: 31; Viên chức: 12; Người cao tuổi, hưu trí: 17.")));
	document_ending(d, &(struct ending){ .n_signatures = 2, .signatures = (struct signature[]){
		{ .authority = "NGƯỜI LẬP", .hint = "(Ký, ghi rõ họ tên)", .name = "Đỗ Thị Mỹ Lệ" },
		{ .authority = "TM. BAN CHẤP HÀNH\nCHỦ TỊCH", .hint = "(Ký, ghi rõ họ tên, đóng dấu)", .name = "Phạm Quốc Khánh" } } });
	return d;
}

struct document *sample_letter(struct arena *a)
{
	struct document *d = paper(a, "Tờ trình 05/TTr-HKH", false);

	commune_header(d, "05/TTr-HKH");
	document_title(d, "TỜ TRÌNH", "Về việc đề nghị công nhận danh hiệu “Công dân học tập” năm 2026", "");
	document_centered(d, RUNS(PLAIN("Kính gửi: Ủy ban nhân dân xã Bình Hòa.")));
	document_text(d, RUNS(PLAIN("Căn cứ Quyết định số 677/QĐ-TTg ngày 03 tháng 6 năm 2022 của Thủ tướng Chính phủ phê duyệt Chương trình “Xây dựng mô "
		"hình Công dân học tập giai đoạn 2021 - 2030”;")));
	document_text(d, RUNS(PLAIN("Căn cứ biên bản họp xét số 03/BB-HKH ngày 28 tháng 11 năm 2026 của Hội Khuyến học xã Bình Hòa và kết quả niêm yết "
		"công khai từ ngày 29/11/2026 đến ngày 04/12/2026;")));
	document_text(d, RUNS(PLAIN("Hội Khuyến học xã Bình Hòa báo cáo và trình như sau:")));
	document_text(d, RUNS(PLAIN("1. Quá trình tổ chức: có 14 chi hội, đơn vị tổ chức đăng ký và họp xét; 1.204 người đăng ký, 1.066 người nộp phiếu "
		"tự đánh giá; 980 người được phổ biến tiêu chí.")));
	document_text(d, RUNS(PLAIN("2. Kết quả xét: 912 người đủ điều kiện, bằng 75,7% số người đăng ký và 8,4% số người từ đủ 18 tuổi trên địa bàn "
		"(10.857 người, tính đến ngày 30/11/2026).")));
	document_text(d, RUNS(PLAIN("Hồ sơ gửi kèm: biên bản họp xét; danh sách đề nghị công nhận; thông báo niêm yết và bảng tổng hợp kiến nghị./.")));
	document_ending(d, &(struct ending){ .n_signatures = 1,
		.signatures = &(struct signature){ .authority = "TM. BAN CHẤP HÀNH\nCHỦ TỊCH", .name = "Phạm Quốc Khánh" },
		.recipients = (const char *const[]){ "Như trên;", "Hội Khuyến học tỉnh (để báo cáo);", "Lưu: VT." }, .n_recipients = 3 });
	return d;
}

struct document *sample_decision(struct arena *a, bool draft)
{
	struct document *d = document_new(a, &(struct document_setup){ .title = "Quyết định công nhận", .made = SAMPLE_MADE, .draft = draft });
	static const char *const grounds[] = { "Căn cứ Luật Tổ chức chính quyền địa phương hiện hành;",
		"Căn cứ Quyết định số 677/QĐ-TTg ngày 03 tháng 6 năm 2022 của Thủ tướng Chính phủ phê duyệt Chương trình “Xây dựng mô hình Công dân học "
		"tập giai đoạn 2021 - 2030”;",
		"Căn cứ Quyết định số 324/QĐ-KHVN ngày 15 tháng 8 năm 2022 của Hội Khuyến học Việt Nam ban hành Bộ tiêu chí;",
		"Theo đề nghị của Hội Khuyến học xã Bình Hòa tại Tờ trình số 05/TTr-HKH ngày 05 tháng 12 năm 2026 và kết quả thẩm định của Phòng Văn "
		"hóa - Xã hội." };

	document_header(d, &(struct letterhead){ .authority = "ỦY BAN NHÂN DÂN\nXÃ BÌNH HÒA", .number = draft ? "……/QĐ-UBND" : "112/QĐ-UBND",
		.place = "Bình Hòa", .date = draft ? "2026" : "2026-12-09" });
	document_title(d, "QUYẾT ĐỊNH", "Về việc công nhận danh hiệu “Công dân học tập” năm 2026", "");
	document_centered(d, RUNS(BOLD("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BÌNH HÒA")));
	for (size_t i = 0; i < COUNT(grounds); i++)
		document_text(d, RUNS(ITALIC(grounds[i])));
	document_centered(d, RUNS(BOLD("QUYẾT ĐỊNH:")));
	document_text(d, RUNS(BOLD("Điều 1. "), PLAIN("Công nhận danh hiệu “Công dân học tập” năm 2026 cho 912 người có tên trong danh sách kèm theo "
		"Quyết định này.")));
	document_text(d, RUNS(PLAIN("Danh hiệu có giá trị từ ngày 01 tháng 01 năm 2027 đến ngày 31 tháng 12 năm 2027.")));
	document_text(d, RUNS(BOLD("Điều 2. "), PLAIN("Hội Khuyến học xã Bình Hòa có trách nhiệm trao giấy chứng nhận, thông báo kết quả đến từng người, cập "
		"nhật số liệu và lưu hồ sơ theo quy định.")));
	document_text(d, RUNS(BOLD("Điều 3. "), PLAIN("Người được công nhận mà bị phát hiện kê khai không đúng thì bị xem xét thu hồi danh hiệu sau khi đã "
		"được trình bày ý kiến.")));
	document_text(d, RUNS(BOLD("Điều 4. "), PLAIN("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân, Hội Khuyến học xã Bình Hòa và các cá nhân có tên tại "
		"Điều 1 chịu trách nhiệm thi hành Quyết định này kể từ ngày ký./.")));
	document_ending(d, &(struct ending){ .n_signatures = 1,
		.signatures = &(struct signature){ .authority = "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", .name = "Võ Nguyễn Tường Vy" },
		.recipients = (const char *const[]){ "Như Điều 4;", "Hội Khuyến học tỉnh;", "Lưu: VT, VHXH." }, .n_recipients = 3 });
	return d;
}

static enum outcome next_certificate(void *state, struct document *part, bool *done)
{
	struct people *p = state;
	struct arena *a = document_arena(part);
	int i = p->i++;
	const char *code = arena_format(a, "7K2M-%05d-9QXTA-BC", i);

	*done = i + 1 >= p->n;
	document_certificate(part, &(struct certificate){ .authority = "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BÌNH HÒA",
		.name = i < (int)COUNT(names) ? sample_name(i) : arena_format(a, "%s %d", sample_name(i), i), .birth = arena_format(a, "%d", 1940 + i % 65), .home = "ấp Bình Hòa, xã Bình Hòa", .year = 2026,
		.decision = "Theo Quyết định số 112/QĐ-UBND ngày 09 tháng 12 năm 2026 của Ủy ban nhân dân xã Bình Hòa",
		.place = "Bình Hòa", .date = "2026-12-20",
		.signature = { .authority = "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", .name = "Võ Nguyễn Tường Vy" },
		.book_number = arena_format(a, "%04d/2026", i + 1), .code = code,
		.check_url = arena_format(a, "https://hoctap.tayninh.gov.vn/xac-minh/7K2M%05d9QXTABC", i),
		.check_address = "hoctap.tayninh.gov.vn/xac-minh" });
	return OK;
}

struct document *sample_certificates(struct arena *a, struct people *people)
{
	struct document *d = paper(a, "Giấy chứng nhận Công dân học tập", true);

	document_stream(d, next_certificate, people);
	return d;
}

static void sample_questions(struct document *d, int from, int to)
{
	static const char *const words[] = { ("Trong năm qua, bà con có thường đọc báo, xem tivi, nghe loa ấp hay xem điện thoại để biết tin "
		"thời sự, giá nông sản, lịch thời vụ không?"), "Năm nay bà con định học thêm điều gì để làm ruộng, làm vườn, chăn nuôi tốt hơn?",
		"Bà con có thu xếp việc đồng áng để đi họp ấp, đến nhà văn hoá, câu lạc bộ khuyến nông, thư viện hay hội thảo không?" };

	for (int i = from; i <= to; i++)
		document_question(d, &(struct question){ .key = i, .words = words[i % 3], .done = "Việc đã làm, minh chứng",
			.reviewer = "Chi hội" });
}

static enum outcome next_sheet(void *state, struct document *part, bool *done)
{
	struct people *p = state;
	struct arena *a = document_arena(part);
	int i = p->i++;
	const char *name = arena_format(a, "%s %d", sample_name(i), i), *code = arena_format(a, "7K2M%05d", i);

	*done = i + 1 >= p->n;
	document_leaf(part);
	document_qr_corner(part, arena_format(a, "%s/1", code), 21);
	document_header(part, &(struct letterhead){ 0 });
	document_title(part, "PHIẾU TỰ ĐÁNH GIÁ", "Danh hiệu “Công dân học tập” năm 2026", "Nhóm: Nông dân");
	document_line(part, RUNS(PLAIN("Họ và tên: "), BOLD(name), PLAIN("    Năm sinh: 1961")));
	document_line(part, RUNS(PLAIN("Mã phiếu: "), BOLD(code), PLAIN("    Ấp, khu phố (đơn vị): ấp Bình Hòa")));
	document_text(part, RUNS(BOLD("Cách làm. "), PLAIN("Đọc từng câu, nhớ lại việc mình đã làm trong năm, tô kín một vòng tròn. Tô nhầm thì "
		"gạch chéo vòng cũ, tô vòng mới. Không cần bằng cấp; một tấm ảnh hoặc lời xác nhận của ấp, của tổ là đủ.")));
	document_heading(part, "A. Năng lực tự học, học tập suốt đời");
	sample_questions(part, 1, 4);
	document_heading(part, "B. Năng lực sử dụng các công cụ tương tác");
	sample_questions(part, 5, 8);
	document_page(part, false);
	document_qr_corner(part, arena_format(a, "%s/2", code), 21);
	document_line(part, RUNS(PLAIN("Mã phiếu: "), BOLD(code), PLAIN("    Mặt 2")));
	document_line(part, RUNS(PLAIN("Họ và tên: "), BOLD(name)));
	document_space(part, 8);
	document_heading(part, "C. Năng lực xây dựng và thực hiện các mối quan hệ xã hội");
	sample_questions(part, 9, 10);
	document_line(part, RUNS(PLAIN("Tổng điểm tự chấm: ……… / 100        Câu thấp nhất: ………")));
	document_heading(part, "PHẦN CỦA CHI HỘI, TỔ HOẶC ĐƠN VỊ");
	document_item(part, 0, "-", RUNS(PLAIN("Kết quả: ☐ Đề nghị công nhận   ☐ Chưa đề nghị   ☐ Trả lại để bổ sung")));
	document_ending(part, &(struct ending){ .n_signatures = 1, .signatures = &(struct signature){ .authority = "TM. CHI HỘI",
		.hint = "(Ký, ghi rõ họ tên)" } });
	return OK;
}

struct document *sample_sheets(struct arena *a, struct people *people)
{
	struct document *d = document_new(a, &(struct document_setup){ .title = "Phiếu tự đánh giá", .made = SAMPLE_MADE,
		.corner_marks = true, .no_numbers = true, .size = 12 });

	document_stream(d, next_sheet, people);
	return d;
}

struct document *sample_notice(struct arena *a)
{
	static const struct column columns[] = { { "STT", 12, ALIGN_CENTER }, { "Họ và tên", 60, ALIGN_LEFT }, { "Năm sinh", 20, ALIGN_CENTER },
		{ "Ấp, khu phố (đơn vị)", 60, ALIGN_LEFT } };
	struct cell rows[20 * COUNT(columns)];
	struct document *d = paper(a, "Thông báo niêm yết", false);

	for (int i = 0; i < 20; i++) {
		rows[i * 4] = cell_whole(i + 1);
		rows[i * 4 + 1] = cell_text(sample_name(i));
		rows[i * 4 + 2] = cell_date("1961");
		rows[i * 4 + 3] = cell_text(hamlets[i % 4]);
	}
	commune_header(d, "09/TB-HKH");
	document_title(d, "THÔNG BÁO", "Niêm yết danh sách dự kiến đề nghị công nhận “Công dân học tập” năm 2026", "");
	document_text(d, RUNS(PLAIN("Hội Khuyến học xã Bình Hòa thông báo để bà con biết và góp ý:")));
	document_text(d, RUNS(PLAIN("1. Danh sách dưới đây gồm 20 người được các chi hội, đơn vị họp xét và đề nghị công nhận “Công dân học tập” năm 2026.")));
	document_text(d, RUNS(PLAIN("2. Thời gian niêm yết: 05 ngày làm việc, từ ngày 29/11/2026 đến hết ngày 04/12/2026.")));
	document_table(d, &(struct table){ .columns = columns, .n_columns = COUNT(columns), .rows = rows, .n_rows = 20 });
	document_text(d, RUNS(PLAIN("Bản niêm yết không ghi số định danh, số điện thoại, địa chỉ nhà và điểm số. Hết hạn niêm yết, danh sách được gỡ xuống.")));
	document_ending(d, &(struct ending){ .n_signatures = 1,
		.signatures = &(struct signature){ .authority = "TM. BAN CHẤP HÀNH\nCHỦ TỊCH", .name = "Phạm Quốc Khánh" },
		.recipients = (const char *const[]){ "UBND xã Bình Hòa;", "Các chi hội, ấp, khu phố;", "Lưu: VT." }, .n_recipients = 3 });
	return d;
}

static void report_tables(struct document *d)
{
	static const char *const communes[] = { "Phường Tân Ninh", "Phường Bình Minh", "Xã Dương Minh Châu", "Xã Cầu Khởi", "Xã Lộc Ninh", "Xã Hưng Thuận" };
	static const struct column by_commune[] = { { "STT", 9, ALIGN_CENTER }, { "Xã, phường", 32, ALIGN_LEFT }, { "Người từ đủ 18 tuổi (a)", 18, ALIGN_RIGHT },
		{ "Đăng ký (b)", 16, ALIGN_RIGHT }, { "Nộp phiếu (c)", 16, ALIGN_RIGHT }, { "Được công nhận (d)", 16, ALIGN_RIGHT },
		{ "d/b (%)", 14, ALIGN_RIGHT }, { "d/a (%)", 14, ALIGN_RIGHT }, { "Cùng kỳ năm trước (e)", 16, ALIGN_RIGHT },
		{ "Tăng, giảm (d − e)", 15, ALIGN_RIGHT } };
	static const struct column targets[] = { { "Chỉ tiêu", 11, ALIGN_CENTER }, { "Nội dung", 50, ALIGN_LEFT }, { "Tử số", 18, ALIGN_RIGHT },
		{ "Mẫu số", 18, ALIGN_RIGHT }, { "Kết quả (%)", 15, ALIGN_RIGHT }, { "Mục tiêu 2030 (%)", 16, ALIGN_RIGHT }, { "Còn thiếu (người)", 18, ALIGN_RIGHT } };
	struct cell rows[COUNT(communes) * COUNT(by_commune)];
	const struct cell total[] = { cell_blank(), cell_text("Cộng"), cell_whole(159186), cell_whole(24590), cell_whole(22000), cell_whole(19240),
		cell_decimal(782, 1), cell_decimal(121, 1), cell_whole(15211), cell_whole(4029) };
	const struct cell target_rows[] = {
		cell_text("T1"), cell_text("Cán bộ, hội viên Hội Khuyến học được quán triệt tiêu chí"), cell_whole(11982), cell_whole(12560), cell_decimal(954, 1), cell_whole(100), cell_whole(578),
		cell_text("T2"), cell_text("Người lớn trong gia đình, dòng họ, cộng đồng học tập đạt danh hiệu"), cell_whole(19240), cell_maybe(NONE), cell_text("chưa có"), cell_whole(60), cell_maybe(NONE) };

	for (size_t i = 0; i < COUNT(communes); i++) {
		struct cell *r = rows + i * COUNT(by_commune);
		int64_t n = (int64_t)i;

		r[0] = cell_whole(n + 1);
		r[1] = cell_text(communes[i]);
		r[2] = i == 3 ? cell_maybe(NONE) : cell_whole(28731 + n * 1219);
		r[3] = cell_whole(4012 + n * 53);
		r[4] = cell_whole(3660 + n * 41);
		r[5] = cell_whole(3207 - n * 19);
		r[6] = cell_decimal(799 - n * 11, 1);
		r[7] = i == 3 ? cell_text("chưa có") : cell_decimal(112 - n * 3, 1);
		r[8] = cell_whole(2519 + n * 240);
		r[9] = cell_whole(688 - n * 259);
	}
	document_table(d, &(struct table){ .name = "Theo xã, phường", .caption = "Bảng 1. Kết quả theo xã, phường", .columns = by_commune,
		.n_columns = COUNT(by_commune), .rows = rows, .n_rows = COUNT(communes), .size = 11,
		.total = arena_bytes(document_arena(d), (struct bytes){ total, sizeof total }).ptr,
		.note = "Nguồn của cột (a): Công an tỉnh, dân số ngày 30/11/2026. Ô chưa có số liệu ghi “chưa có”, không ghi 0." });
	document_table(d, &(struct table){ .name = "Chỉ tiêu", .caption = "Bảng 3. Chỉ tiêu T1 đến T5", .columns = targets, .n_columns = COUNT(targets),
		.rows = target_rows, .n_rows = 2, .size = 11 });
}

struct document *sample_report(struct arena *a)
{
	struct document *d = paper(a, "Báo cáo năm 2026", false);

	document_header(d, &(struct letterhead){ .above = "HỘI KHUYẾN HỌC VIỆT NAM", .authority = "HỘI KHUYẾN HỌC TỈNH TÂY NINH", .number = "31/BC-HKH",
		.place = "Tây Ninh", .date = "2026-12-31" });
	document_title(d, "BÁO CÁO", "Kết quả xây dựng mô hình “Công dân học tập” năm 2026", "(Số liệu tính đến ngày 30/11/2026)");
	document_centered(d, RUNS(PLAIN("Kính gửi: Ủy ban nhân dân tỉnh; Hội Khuyến học Việt Nam.")));
	document_heading(d, "I. TÌNH HÌNH TRIỂN KHAI");
	document_text(d, RUNS(PLAIN("1. Chỉ đạo, ban hành văn bản: 6 văn bản; những văn bản chính: Kế hoạch số 15/KH-HKH, Hướng dẫn số 22/HD-HKH.")));
	document_text(d, RUNS(PLAIN("2. Tuyên truyền, quán triệt: 212 buổi, 18.440 lượt người; 95 tin, bài; 1.310 lượt phát loa.")));
	document_text(d, RUNS(PLAIN("3. Tập huấn: 104 lớp, "), GIVEN(""), PLAIN(" người (trong đó cán bộ, hội viên Hội Khuyến học 11.982).")));
	document_text(d, RUNS(PLAIN("4. Công nghệ thông tin: 9.105 phiếu nộp trên mạng, 8.800 phiếu được nhập hộ, 4.095 phiếu giấy.")));
	document_heading(d, "II. KẾT QUẢ");
	report_tables(d);
	document_heading(d, "III. ĐÁNH GIÁ");
	document_text(d, RUNS(PLAIN("1. Việc làm được: các chi hội đã dùng chung một danh sách, không phải chép tay; nhiều ấp mở lớp chỉ dùng điện thoại buổi tối "
		"cho người lớn tuổi, mỗi lớp từ 8 đến 12 người, học ngay trên máy của mình.")));
	document_text(d, RUNS(PLAIN("2. So với năm trước: số người được công nhận tăng 4.029. Lý do tăng nhiều: thêm 31 đơn vị, trường học tham gia./.")));
	document_ending(d, &(struct ending){ .n_signatures = 1,
		.signatures = &(struct signature){ .authority = "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH", .name = "Lê Hoàng Ngọc Diễm" },
		.recipients = (const char *const[]){ "Như trên;", "Sở Giáo dục và Đào tạo;", "Lưu: VT." }, .n_recipients = 3 });
	return d;
}
