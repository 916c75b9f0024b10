#include "tests/test.h"

#include <string.h>

#include "base/arena.h"
#include "text/legacy.h"
#include "text/text.h"

TEST(legacy, each_font_gives_vietnamese)
{
	static const struct { enum legacy font; const char *typed, *read; } rows[] = {
		{ LEGACY_TCVN3, "C«ng ty TNHH may mÆc ThÞnh Ph¸t", "Công ty TNHH may mặc Thịnh Phát" },
		{ LEGACY_TCVN3, "Tõ Ph­íc Th¾ng", "Từ Phước Thắng" },
		{ LEGACY_TCVN3, "§Æng ThÞ HuÖ, Êp Lôc", "Đặng Thị Huệ, ấp Lục" },
		{ LEGACY_TCVN3, "Nguyễn Văn Ba", "Nguyễn Văn Ba" },
		{ LEGACY_VNI, "DANH SAÙCH COÂNG DAÂN HOÏC TAÄP AÁP 3", "DANH SÁCH CÔNG DÂN HỌC TẬP ẤP 3" },
		{ LEGACY_VNI, "Quaùch Kim Phöôïng", "Quách Kim Phượng" },
		{ LEGACY_VNI, "Nguyeãn Höõu Vinh", "Nguyễn Hữu Vinh" },
		{ LEGACY_VNI, "Ñöùc Laäp, ngaøy 10 thaùng 10", "Đức Lập, ngày 10 tháng 10" },
		{ LEGACY_VNI, "THÒ HOA, Lyù, kyõ, mî, æ, ó, YÙ", "THỊ HOA, Lý, kỹ, mỵ, ỉ, ĩ, Ý" },
		{ LEGACY_VNI, "naêm aên Ñaëng Taém Baèng Caúng Taün", "năm ăn Đặng Tắm Bằng Cẳng Tẵn" },
		{ LEGACY_NONE, "Nguyeãn", "Nguyeãn" },
	};
	struct arena *a = arena_new(1 * MiB);

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_TEXT(rows[i].read, legacy_text(a, rows[i].font, rows[i].typed));
	CHECK_TEXT("Phạm Ngọc Năm, Đỗ ơ ư", text_nfc(a, legacy_cp1258(a, (struct bytes){ "Pha\xF2m Ngo\xF2"
		"c N\xE3m, \xD0\xF4\xDE \xF5 \xFD", 24 })));
	arena_free(a);
}

TEST(legacy, a_name_without_capitals_with_tone_is_raised)
{
	static const struct { const char *decoded, *name; } rows[] = {
		{ "NGUYễN VĂN", "NGUYỄN VĂN" }, { "NGUYễN VăN", "NGUYỄN VĂN" }, { "Thị ánh", "Thị Ánh" }, { "TRầN VĂN úT", "TRẦN VĂN ÚT" },
		{ "Hà Tô", "Hà Tô" }, { "Lê Văn ý", "Lê Văn Ý" }, { "đinh thị hòa", "Đinh Thị Hòa" }, { "", "" }, { "3 ×÷", "3 ×÷" },
	};
	struct arena *a = arena_new(1 * MiB);

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_TEXT(rows[i].name, legacy_name(a, rows[i].decoded));
	arena_free(a);
}

TEST(legacy, words_tell_which_font)
{
	static const struct { enum legacy font; const char *text; } rows[] = {
		{ LEGACY_TCVN3, "Danh s¸ch c«ng nh©n viªn" }, { LEGACY_VNI, "Hoï vaø teân" }, { LEGACY_NONE, "Họ và tên" },
		{ LEGACY_NONE, "Hà Bá Tài" }, { LEGACY_NONE, "Nam" }, { LEGACY_NONE, "" }, { LEGACY_TCVN3, "Tõ Ph­íc Th¾ng" },
		{ LEGACY_VNI, "Leâ Thò Hoøa" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct legacy_tally tally = { 0 };

		legacy_count(&tally, rows[i].text);
		CHECK_INT(rows[i].font, legacy_choose(&tally));
	}
	CHECK_INT(LEGACY_CP1258, legacy_of_bytes((struct bytes){ "Pha\xF2m Ngo\xF2" "c, Tr\xE2\xCCn Th\xF2 Ho\xE0", 26 }));
	CHECK_INT(LEGACY_TCVN3, legacy_of_bytes((struct bytes){ "Ph\xB9m Ng\xE4" "c, Tr\xC7n Th\xDE Ho\xE0", 22 }));
}

TEST(legacy, syllables_are_told_from_other_words)
{
	static const char *const good[] = { "nguyễn", "ĐỨC", "quách", "giàu", "gì", "ương", "khuya", "quyền", "yến", "ngoèo", "Hòa", "Hoà" },
		*const bad[] = { "nguyôn", "leâ", "bcd", "áà", "hµ", "zô", "tịịt", "" };

	for (size_t i = 0; i < COUNT(good); i++)
		CHECK(legacy_is_syllable(good[i], strlen(good[i])));
	for (size_t i = 0; i < COUNT(bad); i++)
		CHECK(!legacy_is_syllable(bad[i], strlen(bad[i])));
}
