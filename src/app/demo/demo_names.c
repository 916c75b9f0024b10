#include "app/demo/demo_names.h"

#include "base/bytes.h"

struct weighted { const char *word; int weight; };

static const struct weighted families[] = { { "Nguyễn", 314 }, { "Trần", 110 }, { "Lê", 95 }, { "Phạm", 70 }, { "Huỳnh", 62 }, { "Võ", 45 },
	{ "Phan", 45 }, { "Đặng", 32 }, { "Bùi", 26 }, { "Trương", 25 }, { "Đỗ", 22 }, { "Hồ", 20 }, { "Ngô", 18 }, { "Dương", 18 }, { "Lý", 14 },
	{ "Đoàn", 12 }, { "Mai", 10 }, { "Lâm", 10 }, { "Cao", 9 }, { "Thái", 8 }, { "Châu", 7 }, { "Đinh", 7 }, { "Tạ", 5 }, { "Kiều", 4 },
	{ "La", 4 }, { "Quách", 3 }, { "Hứa", 3 }, { "Từ", 2 } };
static const char *const middles_male[] = { "Văn", "Văn", "Văn", "Hoàng", "Minh", "Thanh", "Quốc", "Hữu", "Đức", "Công", "Ngọc", "Thành", "Anh", "Tấn", "Trung" };
static const char *const middles_female[] = { "Thị", "Thị", "Thị", "Thị Ngọc", "Thị Thu", "Ngọc", "Thị Kim", "Thị Mỹ", "Thanh", "Bích", "Thị Hồng", "Thuỳ", "Phương" };
static const char *const given_male[] = { "An", "Bảo", "Bình", "Chiến", "Cường", "Danh", "Dũng", "Duy", "Đạt", "Đức", "Giang", "Hải", "Hậu", "Hiếu", "Hoà", "Hoàng",
	"Hùng", "Huy", "Khánh", "Khoa", "Kiệt", "Lâm", "Lộc", "Long", "Lợi", "Minh", "Nam", "Nghĩa", "Nhân", "Phát", "Phong", "Phú", "Phúc", "Phước", "Quân", "Quang",
	"Sáu", "Sơn", "Tài", "Tám", "Tâm", "Tân", "Thái", "Thắng", "Thành", "Thiện", "Thịnh", "Tiến", "Toàn", "Trí", "Trung", "Tuấn", "Tùng", "Út", "Vinh", "Vũ" };
static const char *const given_female[] = { "Ánh", "Ba", "Bích", "Châu", "Chi", "Diễm", "Dung", "Duyên", "Đào", "Giang", "Hà", "Hạnh", "Hằng", "Hiền", "Hoa", "Hồng", "Huệ",
	"Hương", "Kiều", "Lan", "Lành", "Liên", "Linh", "Loan", "Ly", "Mai", "Mỹ", "Nga", "Ngân", "Ngọc", "Nguyệt", "Nhi", "Nhung", "Oanh", "Phượng", "Quyên", "Sương", "Tâm",
	"Thảo", "Thắm", "Thơ", "Thu", "Thuỳ", "Thuý", "Tiên", "Trang", "Trâm", "Trinh", "Tuyết", "Tư", "Uyên", "Vân", "Xuân", "Yến" };
static const char *const hamlets[] = { "Bình Hoà", "Hoà Bình", "Tân Phú", "Bình Lợi", "Chánh Hội", "Nhơn Hoà", "Phước Thạnh", "Long Thới", "Bình Tây", "Tân Long", "An Thạnh",
	"Mỹ Lợi", "Thạnh Trung", "Bình Thuỷ", "Tân Hoà Đông", "Rạch Kiến", "Cầu Xây", "Lộc Hưng", "Bàu Sen", "Gò Dưa", "Xóm Mới", "Voi Lá", "Kinh Giữa", "Bến Đò", "Giồng Ké" };
static const char *const firms[] = { "Công ty may Tân Đô", "Công ty giày Hiệp Hoà", "Công ty gạo Hương Lúa", "Xí nghiệp cao su Bến Củi", "Công ty dệt Thành Công",
	"Công ty bao bì Long An", "Hợp tác xã thanh long Châu Thành", "Công ty mía đường Gò Dầu" };
static const char *const reasons[] = { "Chưa có lớp học nào trong năm, mới nghe kể lại", "Có giấy chứng nhận lớp chuyển đổi số ngày 12/9, nên cao hơn tự chấm",
	"Tổ hội viên xác nhận có làm nhưng chưa đều", "Ảnh gửi lên chưa thấy rõ việc đã làm, đã hỏi lại và thống nhất", "Gia đình có con đạt khuyến học cấp xã, được cộng theo hướng dẫn",
	"Tự chấm mức cao nhất nhưng chưa hướng dẫn được người khác", "Đã nộp hồ sơ qua dịch vụ công, chi hội xem trên máy" };

static const char *pick(struct chance *c, const char *const *words, size_t n) { return words[chance_below(c, (int)n)]; }

const char *demo_family(struct chance *c)
{
	int total = 0, at;

	for (size_t i = 0; i < COUNT(families); i++)
		total += families[i].weight;
	at = chance_below(c, total);
	for (size_t i = 0; i < COUNT(families); i++)
		if ((at -= families[i].weight) < 0)
			return families[i].word;
	return families[0].word;
}

const char *demo_person_name(struct arena *arena, struct chance *c, const char *family, enum sex sex)
{
	if (sex == SEX_FEMALE)
		return arena_format(arena, "%s %s %s", family, pick(c, middles_female, COUNT(middles_female)), pick(c, given_female, COUNT(given_female)));
	return arena_format(arena, "%s %s %s", family, pick(c, middles_male, COUNT(middles_male)), pick(c, given_male, COUNT(given_male)));
}

const char *demo_hamlet(struct arena *arena, int first, int n, bool urban)
{
	if (urban || n >= (int)COUNT(hamlets))
		return arena_format(arena, "%s %d", urban ? "Khu phố" : "Ấp", n + 1);
	return arena_format(arena, "Ấp %s", hamlets[(first + n) % (int)COUNT(hamlets)]);
}

const char *demo_organisation(struct arena *arena, struct chance *c, int n, const char *commune, const char **kind)
{
	switch (n % 4) {
	case 0:
		*kind = "truong";
		return arena_format(arena, "Trường THCS %s%s", commune, n ? arena_format(arena, " %d", n / 4 + 1) : "");
	case 1:
		*kind = "co_quan";
		return arena_format(arena, "Cơ quan %s%s", commune, n > 1 ? arena_format(arena, " %d", n / 4 + 1) : "");
	case 2:
		*kind = "doanh_nghiep";
		return n < 4 ? pick(c, firms, COUNT(firms)) : arena_format(arena, "%s, cơ sở %d", pick(c, firms, COUNT(firms)), n / 4 + 1);
	default:
		*kind = "luc_luong_vu_trang";
		return arena_format(arena, "Ban Chỉ huy quân sự %s%s", commune, n > 3 ? arena_format(arena, " %d", n / 4 + 1) : "");
	}
}

const char *demo_reason(struct chance *c)
{
	return pick(c, reasons, COUNT(reasons));
}
