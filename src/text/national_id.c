#include "text/national_id.h"

#include <string.h>

#include "base/bug.h"
#include "base/bytes.h"

/* Thông tư 07/2016/TT-BCA, Phụ lục I: the 63 provinces of then, by their statistical code with a 0 before. */
static const struct province { short code; const char *name; } provinces[] = {
	{ 1, "Hà Nội" }, { 2, "Hà Giang" }, { 4, "Cao Bằng" }, { 6, "Bắc Kạn" }, { 8, "Tuyên Quang" }, { 10, "Lào Cai" },
	{ 11, "Điện Biên" }, { 12, "Lai Châu" }, { 14, "Sơn La" }, { 15, "Yên Bái" }, { 17, "Hòa Bình" }, { 19, "Thái Nguyên" },
	{ 20, "Lạng Sơn" }, { 22, "Quảng Ninh" }, { 24, "Bắc Giang" }, { 25, "Phú Thọ" }, { 26, "Vĩnh Phúc" }, { 27, "Bắc Ninh" },
	{ 30, "Hải Dương" }, { 31, "Hải Phòng" }, { 33, "Hưng Yên" }, { 34, "Thái Bình" }, { 35, "Hà Nam" }, { 36, "Nam Định" },
	{ 37, "Ninh Bình" }, { 38, "Thanh Hóa" }, { 40, "Nghệ An" }, { 42, "Hà Tĩnh" }, { 44, "Quảng Bình" }, { 45, "Quảng Trị" },
	{ 46, "Thừa Thiên Huế" }, { 48, "Đà Nẵng" }, { 49, "Quảng Nam" }, { 51, "Quảng Ngãi" }, { 52, "Bình Định" },
	{ 54, "Phú Yên" },
	{ 56, "Khánh Hòa" }, { 58, "Ninh Thuận" }, { 60, "Bình Thuận" }, { 62, "Kon Tum" }, { 64, "Gia Lai" }, { 66, "Đắk Lắk" },
	{ 67, "Đắk Nông" }, { 68, "Lâm Đồng" }, { 70, "Bình Phước" }, { 72, "Tây Ninh" }, { 74, "Bình Dương" },
	{ 75, "Đồng Nai" },
	{ 77, "Bà Rịa - Vũng Tàu" }, { 79, "Thành phố Hồ Chí Minh" }, { 80, "Long An" }, { 82, "Tiền Giang" }, { 83, "Bến Tre" },
	{ 84, "Trà Vinh" }, { 86, "Vĩnh Long" }, { 87, "Đồng Tháp" }, { 89, "An Giang" }, { 91, "Kiên Giang" }, { 92, "Cần Thơ" },
	{ 93, "Hậu Giang" }, { 94, "Sóc Trăng" }, { 95, "Bạc Liêu" }, { 96, "Cà Mau" },
};

enum { COUNTRY_FIRST = 100 };            /* from there on the countries of Phụ lục II */

static int digits_value(const char *p, int n)
{
	int v = 0;

	while (n--)
		v = v * 10 + *p++ - '0';
	return v;
}

const char *national_id_province(const char *id)
{
	int code = digits_value(id, 3);

	if (code >= COUNTRY_FIRST)
		return "nước ngoài";
	for (size_t i = 0; i < COUNT(provinces); i++)
		if (provinces[i].code == code)
			return provinces[i].name;
	return "";
}

/* 8.0209E+10, 8,0209e+10 */
static bool is_scientific(const char *text)
{
	size_t n = strspn(text, "0123456789");

	if (n != 1)
		return false;
	text += n;
	if (*text == '.' || *text == ',')
		text += 1 + strspn(text + 1, "0123456789");
	if (*text != 'E' && *text != 'e')
		return false;
	text++;
	text += *text == '+';
	n = strspn(text, "0123456789");
	return n && !text[n];
}

/* The digits of typed, up to 16 of them counted; -1 when something else stands between than what people put between digits. */
static int pick_digits(const char *typed, char out[16])
{
	static const char *const between[] = { " ", ".", "-", "'", "\u00a0", "\u2019", "\u2018", "`" };
	int n = 0;

	while (*typed) {
		size_t i, skip = 0;

		if (*typed >= '0' && *typed <= '9') {
			if (n < 16)
				out[n++] = *typed;
			typed++;
			continue;
		}
		for (i = 0; i < COUNT(between) && !skip; i++)
			if (!strncmp(typed, between[i], strlen(between[i])))
				skip = strlen(between[i]);
		if (!skip)
			return -1;
		typed += skip;
	}
	return n;
}

enum national_id_fault text_to_national_id(const char *typed, char out[NATIONAL_ID_LEN + 1])
{
	char digits[16];
	int n = pick_digits(typed, digits), zeros;

	*out = '\0';
	if (n < 0)
		return is_scientific(typed + strspn(typed, " ")) ? NATIONAL_ID_SPOILT : NATIONAL_ID_CHARS;
	if (n == 0)
		return *typed && typed[strspn(typed, " ")] ? NATIONAL_ID_CHARS : NATIONAL_ID_EMPTY;
	if (n < 9 || n > NATIONAL_ID_LEN)
		return NATIONAL_ID_LENGTH;
	zeros = n == 9 ? 0 : NATIONAL_ID_LEN - n;
	memset(out, '0', (size_t)zeros);
	memcpy(out + zeros, digits, (size_t)n);
	out[zeros + n] = '\0';
	if (n == 9)
		return NATIONAL_ID_OLD_CARD;
	if (*national_id_province(out))
		return zeros ? NATIONAL_ID_LOST_ZERO : NATIONAL_ID_OK;
	if (!zeros)
		return NATIONAL_ID_PROVINCE;
	*out = '\0';
	return NATIONAL_ID_LENGTH;
}

const char *national_id_message(enum national_id_fault fault)
{
	switch (fault) {
	case NATIONAL_ID_OK:
		return "";
	case NATIONAL_ID_EMPTY:
		return "Chưa có số căn cước. Nhập 12 chữ số in trên thẻ.";
	case NATIONAL_ID_CHARS:
		return "Số căn cước chỉ gồm chữ số. Bỏ chữ và ký hiệu khác, rồi nhập lại 12 chữ số in trên thẻ.";
	case NATIONAL_ID_SPOILT:
		return "Excel đã đổi số căn cước sang dạng rút gọn nên mất mấy chữ số cuối. Xem thẻ và nhập lại đủ 12 chữ số.";
	case NATIONAL_ID_OLD_CARD:
		return "Đây là số chứng minh nhân dân cũ (9 chữ số), hết hiệu lực từ 01/01/2025. Nhập 12 chữ số trên thẻ mới.";
	case NATIONAL_ID_LOST_ZERO:
		return "Số căn cước thiếu số 0 ở đầu, thường do Excel bỏ đi. Thêm số 0 cho đủ 12 chữ số rồi so lại với thẻ.";
	case NATIONAL_ID_LENGTH:
		return "Số căn cước có đúng 12 chữ số. Đếm lại xem thiếu hay thừa chữ số nào.";
	case NATIONAL_ID_PROVINCE:
		return "Ba chữ số đầu không phải mã của tỉnh nào. Xem thẻ và nhập lại.";
	}
	return "";
}

enum sex national_id_sex(const char *id)
{
	return (id[3] - '0') % 2 ? SEX_FEMALE : SEX_MALE;
}

int national_id_year(const char *id)
{
	return 1900 + (id[3] - '0') / 2 * 100 + digits_value(id + 4, 2);
}

unsigned national_id_doubts(const char *id, int birth_year, enum sex sex)
{
	unsigned doubts = 0;

	BUG_ON(strlen(id) != NATIONAL_ID_LEN);
	if (sex != SEX_UNKNOWN && sex != national_id_sex(id))
		doubts |= NATIONAL_ID_SEX_DIFFERS;
	if (birth_year && birth_year != national_id_year(id))
		doubts |= NATIONAL_ID_YEAR_DIFFERS;
	return doubts;
}

const char *national_id_doubt_message(unsigned doubts)
{
	static const char *const messages[] = {
		"",
		"Số căn cước cho thấy giới tính khác với giới tính đã ghi. So lại với thẻ.",
		"Số căn cước cho thấy năm sinh khác với năm sinh đã ghi. So lại với thẻ.",
		"Số căn cước cho thấy giới tính và năm sinh khác với đã ghi: có thể là số của người khác. So lại với thẻ.",
	};

	BUG_ON(doubts >= COUNT(messages));
	return messages[doubts];
}
