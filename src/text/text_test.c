#include "tests/test.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "text/icu.h"
#include "text/text.h"

static struct bytes bytes_of(const char *text)
{
	return (struct bytes){ text, strlen(text) };
}

static const char *line(struct arena *a, const char *typed)
{
	const char *out;

	CHECK_INT(TEXT_OK, text_line(a, bytes_of(typed), &out));
	return out;
}

static const char *nfd(struct arena *a, const char *text)
{
	UErrorCode error = U_ZERO_ERROR;
	struct utf16 in = utf16_of(a, text), out = { ARENA_ARRAY(a, UChar, 1000), 0 };

	out.len = unorm2_normalize(unorm2_getNFDInstance(&error), in.at, in.len, out.at, 1000, &error);
	CHECK(U_SUCCESS(error));
	return utf16_text(a, out);
}

TEST(text, line_is_trimmed_single_spaced_nfc)
{
	struct arena *a = arena_new(1 * MiB);

	CHECK_TEXT("Nguyễn Văn An", line(a, "  Nguyễn \t Văn\u00a0\n An\u3000"));
	CHECK_TEXT("Hoà Thành", line(a, "Hoa\u0300 Tha\u0300nh"));
	CHECK_TEXT("Hường", line(a, "Hươ\u0300ng"));
	CHECK_TEXT("Hường", line(a, "Hu\u031bo\u031b\u0300ng"));
	CHECK_TEXT("An Bình", line(a, "\ufeffAn\u200b Bì\u00adn\u202eh"));
	CHECK_TEXT("", line(a, " \r\n\u2028 "));
	CHECK_TEXT("", line(a, ""));
	CHECK_TEXT("Ấp 2 – “Tân Hoà” 😀", line(a, "Ấp 2 – “Tân Hoà” 😀"));
	arena_free(a);
}

TEST(text, lines_keep_indent_and_unify_line_ends)
{
	struct arena *a = arena_new(1 * MiB);
	const char *out;

	CHECK_INT(TEXT_OK, text_lines(a, bytes_of("\r\n \r\n- một  hai \r\n  - ba\rbốn\xc2\x85\n\nnăm \n \n"), &out));
	CHECK_TEXT("- một  hai\n  - ba\nbốn\n\n\nnăm", out);
	CHECK_INT(TEXT_OK, text_lines(a, bytes_of("a\tb"), &out));
	CHECK_TEXT("a b", out);
	arena_free(a);
}

TEST(text, bad_bytes_and_controls_are_refused)
{
	static const char *const broken[] = { "\xff", "a\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "T\xf4n Th\xeat" };
	static const struct bytes controls[] = { { "a\0b", 3 }, { "\x1b[0m", 4 }, { "\x7f", 1 }, { "\xc2\x80", 2 } };
	struct arena *a = arena_new(1 * MiB);
	const char *out;

	for (size_t i = 0; i < COUNT(broken); i++) {
		CHECK_INT(TEXT_NOT_UTF8, text_line(a, bytes_of(broken[i]), &out));
		CHECK_TEXT("", out);
		CHECK_INT(TEXT_NOT_UTF8, text_lines(a, bytes_of(broken[i]), &out));
		CHECK(!text_is_utf8(bytes_of(broken[i])));
	}
	for (size_t i = 0; i < COUNT(controls); i++) {
		CHECK_INT(TEXT_CONTROL, text_line(a, controls[i], &out));
		CHECK_INT(TEXT_CONTROL, text_lines(a, controls[i], &out));
		CHECK(text_is_utf8(controls[i]));
	}
	CHECK(*text_fault_message(TEXT_NOT_UTF8) && *text_fault_message(TEXT_CONTROL) && !*text_fault_message(TEXT_OK));
	arena_free(a);
}

TEST(text, nfc_agrees_with_icu_on_every_letter)
{
	struct arena *a = arena_new(64 * MiB);
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);

	for (UChar32 c = 0x80; c < 0x3000; c++) {
		UChar one[2] = { (UChar)c, 0 };
		const char *text = utf16_text(a, (struct utf16){ one, 1 });
		struct utf16 want = { ARENA_ARRAY(a, UChar, 16), 0 };

		want.len = unorm2_normalize(nfc, one, 1, want.at, 16, &error);
		CHECK_TEXT(utf16_text(a, want), text_nfc(a, text));
		CHECK_TEXT(utf16_text(a, want), text_nfc(a, nfd(a, text)));
		if (c % 256 == 0)
			arena_reset(a);
	}
	CHECK(U_SUCCESS(error));
	arena_free(a);
}

static const char vietnamese[] = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ";
static const char unmarked[] = "aaaaaaaaaaaaaaaaaaeeeeeeeeeeeeiiiiiioooooooooooooooooouuuuuuuuuuuuyyyyyyd";

TEST(text, fold_knows_all_vietnamese_letters)
{
	struct arena *a = arena_new(1 * MiB);

	CHECK_INT(73, text_length(vietnamese));
	CHECK_TEXT(unmarked, text_fold(a, vietnamese));
	CHECK_TEXT(unmarked, text_fold(a, text_upper(a, vietnamese)));
	CHECK_TEXT(unmarked, text_fold(a, nfd(a, vietnamese)));
	CHECK_TEXT(vietnamese, text_lower(a, text_upper(a, vietnamese)));
	arena_free(a);
}

TEST(text, fold_makes_spellings_alike)
{
	static const struct { const char *text, *folded; } cases[] = {
		{ "Hoà Thành", "hoa thanh" }, { "Hòa Thành", "hoa thanh" }, { "HÒA THÀNH", "hoa thanh" },
		{ "  hoà-thành. ", "hoa thanh" },
		{ "Thuý", "thuy" }, { "Thúy", "thuy" }, { "Đặng Thị Ngọc Ánh", "dang thi ngoc anh" },
		{ "Y H'Nuê Êban", "y h nue eban" },
		{ "K’Brơi", "k broi" }, { "Ấp 2A (mới)", "ap 2a moi" }, { "", "" }, { "…", "" }, { "a\u200bb", "ab" },
		{ "100 %", "100" }, { "Привет", "привет" }, { "ΑΒΓ", "αβγ" }, { "中文", "中文" }, { "Straße", "straße" },
		{ "\u00a0x\u00a0", "x" },
		{ "a\xff" "b", "a b" }, { "😀 ơi", "oi" },
	};
	struct arena *a = arena_new(1 * MiB);

	for (size_t i = 0; i < COUNT(cases); i++) {
		CHECK_TEXT(cases[i].folded, text_fold(a, cases[i].text));
		CHECK_TEXT(cases[i].folded, text_fold(a, cases[i].folded));
		if (text_is_utf8(bytes_of(cases[i].text)))
			CHECK_TEXT(cases[i].folded, text_fold(a, nfd(a, cases[i].text)));
	}
	arena_free(a);
}

/* The table against ICU's transliterator, letter by letter: where that gives one ASCII letter, so must we. */
TEST(text, fold_agrees_with_icu_on_all_latin_letters)
{
	static const int ranges[][2] = { { 0x20, 0x7f }, { 0xa0, 0x250 }, { 0x1e00, 0x1f00 } };
	struct arena *a = arena_new(16 * MiB);
	UErrorCode error = U_ZERO_ERROR;
	struct utf16 id = utf16_of(a, "NFD; [:Mn:] Remove; Latin-ASCII; Lower");
	UTransliterator *t = utrans_openU(id.at, id.len, UTRANS_FORWARD, NULL, 0, NULL, &error);
	int letters = 0;

	CHECK(U_SUCCESS(error));
	for (size_t r = 0; r < COUNT(ranges); r++)
		for (int c = ranges[r][0]; c < ranges[r][1]; c++) {
			UChar u[16] = { (UChar)c };
			int32_t len = 1, limit = 1;
			const char *got = text_fold(a, utf16_text(a, (struct utf16){ u, 1 }));

			if (!u_isalnum(c)) {
				CHECK_TEXT("", got);
				continue;
			}
			utrans_transUChars(t, u, &len, 16, 0, &limit, &error);
			CHECK(U_SUCCESS(error));
			if (len == 1 && u[0] < 0x80) {
				CHECK_TEXT(utf16_text(a, (struct utf16){ u, 1 }), got);
				letters++;
			} else {
				CHECK(*got);
			}
		}
	CHECK(letters > 600);
	utrans_close(t);
	arena_free(a);
}

TEST(text, fold_is_never_longer_and_folds_to_itself)
{
	struct arena *a = arena_new(64 * MiB);

	for (UChar32 c = 1; c < 0x110000; c += c < 0x3100 ? 1 : 97) {
		UChar u[2];
		int32_t n = 0;
		const char *text;

		if (c >= 0xd800 && c < 0xe000)
			continue;
		U16_APPEND_UNSAFE(u, n, c);
		text = utf16_text(a, (struct utf16){ u, n });
		CHECK(strlen(text_fold(a, text)) <= strlen(text));
		CHECK_TEXT(text_fold(a, text), text_fold(a, text_fold(a, text)));
		CHECK(text_is_utf8(bytes_of(text_fold(a, text))));
		if (c % 4096 == 1)
			arena_reset(a);
	}
	arena_free(a);
}

TEST(text, words_and_parts)
{
	struct arena *a = arena_new(1 * MiB);
	struct words w = text_words(a, " hoa  thanh ");

	CHECK_INT(2, w.n);
	CHECK_TEXT("hoa", w.at[0]);
	CHECK_TEXT("thanh", w.at[1]);
	CHECK_INT(0, text_words(a, "").n);
	w = text_split(a, "a||c|", '|');
	CHECK_INT(4, w.n);
	CHECK_TEXT("a", w.at[0]);
	CHECK_TEXT("", w.at[1]);
	CHECK_TEXT("c", w.at[2]);
	CHECK_TEXT("", w.at[3]);
	CHECK_INT(1, text_split(a, "", ',').n);
	arena_free(a);
}

TEST(text, capitals_keep_their_marks)
{
	struct arena *a = arena_new(1 * MiB);

	CHECK_TEXT("ỦY BAN NHÂN DÂN XÃ ĐỨC HUỆ", text_upper(a, "Ủy ban nhân dân xã Đức Huệ"));
	CHECK_TEXT("đức huệ", text_lower(a, "ĐỨC HUỆ"));
	CHECK_INT(7, text_length("Đức Huệ"));
	arena_free(a);
}
