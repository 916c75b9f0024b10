#include "tests/test.h"

#include <string.h>
#include <unicode/ucol.h>

#include "text/icu.h"
#include "text/name.h"

static int compare(struct bytes x, struct bytes y)
{
	size_t n = x.len < y.len ? x.len : y.len;
	int order = memcmp(x.ptr, y.ptr, n);

	return order ? order : (x.len > y.len) - (x.len < y.len);
}

static int sign(int x)
{
	return (x > 0) - (x < 0);
}

TEST(name, parts_are_family_middle_given)
{
	static const struct { const char *full, *family, *middle, *given; } cases[] = {
		{ "Nguyễn Thị Bích Hoà", "Nguyễn", "Thị Bích", "Hoà" }, { "Lê An", "Lê", "", "An" }, { "Ánh", "", "", "Ánh" },
		{ "", "", "", "" },
		{ "  Trần  Văn   Bé ", "Trần", "Văn", "Bé" }, { "Y H'Nuê Êban", "Y", "H'Nuê", "Êban" }, { " An ", "", "", "An" },
	};
	struct arena *a = arena_new(1 * MiB);

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct name n = name_split(a, cases[i].full);

		CHECK_TEXT(cases[i].family, n.family);
		CHECK_TEXT(cases[i].middle, n.middle);
		CHECK_TEXT(cases[i].given, n.given);
	}
	arena_free(a);
}

TEST(name, only_names_of_one_case_are_repaired)
{
	static const struct { const char *typed, *repaired; } cases[] = {
		{ "TRẦN THỊ BÍCH HOÀ", "Trần Thị Bích Hoà" }, { "đỗ văn ứng", "Đỗ Văn Ứng" }, { "Y H'NUÊ ÊBAN", "Y H'Nuê Êban" },
		{ "LÊ-NGUYỄN A", "Lê-Nguyễn A" }, { "Nguyễn Văn A", "Nguyễn Văn A" }, { "Lê thị Ánh", "Lê thị Ánh" },
		{ "A", "A" }, { "", "" },
		{ "TÔN THÂ\u0301T THUYÊ\u0301T", "Tôn Thâ\u0301t Thuyê\u0301t" }, { "MacDONALD", "MacDONALD" },
		{ "ĐINH 2", "Đinh 2" },
	};
	struct arena *a = arena_new(1 * MiB);

	for (size_t i = 0; i < COUNT(cases); i++) {
		CHECK_TEXT(cases[i].repaired, name_repair(a, cases[i].typed));
		CHECK_INT(strcmp(cases[i].typed, cases[i].repaired) != 0, name_needs_repair(cases[i].typed));
	}
	arena_free(a);
}

/* In the order in which a Vietnamese clerk lists them: by given name, then family, then middle name. */
static const char *const listed[] = {
	"Nguyễn Thị A", "Bùi Văn An", "Lê An", "Lê Thị An", "Lê Văn An", "Nguyễn An", "Nguyễn Văn Ân", "Đỗ Thị Ẩn", "Lê Thị Ba",
	"Trần Thị Bà", "Trần Thị Bả", "Trần Thị Bã", "Trần Thị Bá", "Trần Thị Bạ", "Ngô Bằng", "Ngô Bân", "Phan Văn Cường",
	"Trần Dũng",
	"Cao Thị Đào", "Võ Đạt", "Lý Em", "Lý Êm", "Hồ Thị Hoa", "Đặng Thị Hoà", "Đặng Thị Hòa", "Đinh Hùng", "Đinh Hưng",
	"Mai Oanh",
	"Mai Ổn", "Mai Ơn", "Tạ Thị Thu", "Tạ Thị Thư", "Vũ Thị Uyên", "Vũ Thị Ước", "Lâm Xuân", "Lâm Thị Ý", "Lâm Thị Yến",
};

TEST(name, key_order_is_icu_order_of_given_family_middle)
{
	struct arena *a = arena_new(16 * MiB);
	UErrorCode error = U_ZERO_ERROR;
	UCollator *c = ucol_open("vi", &error);

	CHECK_INT(U_ZERO_ERROR, error);          /* no fallback to another language */
	for (size_t i = 0; i < COUNT(listed); i++)
		for (size_t j = 0; j < COUNT(listed); j++) {
			struct name x = name_split(a, listed[i]), y = name_split(a, listed[j]);
			const char *const left[] = { x.given, x.family, x.middle };
			const char *const right[] = { y.given, y.family, y.middle };
			int want = 0;

			for (size_t k = 0; k < 3 && !want; k++)
				want = ucol_strcollUTF8(c, left[k], -1, right[k], -1, &error);
			CHECK_INT(sign(want), sign(compare(name_key(a, listed[i]), name_key(a, listed[j]))));
		}
	CHECK(U_SUCCESS(error));
	ucol_close(c);
	arena_free(a);
}

TEST(name, keys_sort_a_list_as_a_clerk_does)
{
	struct arena *a = arena_new(16 * MiB);

	for (size_t i = 1; i < COUNT(listed); i++)
		if (compare(name_key(a, listed[i - 1]), name_key(a, listed[i])) >= 0)
			fail_msg("%s must come before %s", listed[i - 1], listed[i]);
	CHECK_INT(0, compare(name_key(a, "Đặng Thị Hoà"), name_key(a, "Đặng Thị Hoa\u0300")));
	arena_free(a);
}

TEST(name, unit_names_sort_numbers_by_value)
{
	static const char *const units[] = { "Ấp 2", "Ấp 2A", "Ấp 10", "Ấp An Hoà", "Ấp Bình Hoà",
		"Khu phố 1", "Khu phố 01A", "Xã Đức Huệ" };
	struct arena *a = arena_new(1 * MiB);
	char longest[900];

	for (size_t i = 1; i < COUNT(units); i++)
		if (compare(text_key(a, units[i - 1]), text_key(a, units[i])) >= 0)
			fail_msg("%s must come before %s", units[i - 1], units[i]);
	for (size_t i = 0; i + 1 < sizeof longest; i += 2)
		memcpy(longest + i, i + 3 < sizeof longest ? "ễ" : "é", 2);
	longest[sizeof longest - 1] = '\0';
	CHECK(text_key(a, longest).len > 256);
	CHECK_INT(0, compare(text_key(a, longest), text_key(a, longest)));
	CHECK(name_collator_version() > 1LL << 32);
	arena_free(a);
}
