#include "title/roster/roster_doubts.h"

#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "text/parse.h"
#include "text/text.h"

#define PERSON_WORD "nguoi-"
#define BIT(choice) (1u << CHOICE_##choice)
#define TAKE_OR_LEAVE (BIT(TAKE) | BIT(LEAVE))
#define NUMBER_OR_NOT (BIT(TAKE) | BIT(CLEAR) | BIT(LEAVE))
#define VALUE_OR_NOT (BIT(TAKE) | BIT(BLANK) | BIT(LEAVE))

const struct choices ways_to_decide =
	CHOICES({"", "Chưa chọn"}, {"lay", "Đúng, lấy như vậy"}, {"cung", "Cùng một người"}, {"khac", "Người khác"},
		{"bo-so", "Bỏ trống số định danh"}, {"bo-trong", "Bỏ phần đó"}, {"xuong", "Làm tròn xuống"},
		{"len", "Làm tròn lên"}, {"bo-dong", "Không nạp dòng này"}, {"nguoi", "Là người này"});

static const struct doubt doubts[] = {
	{"former_round", "Đợt trước có tên. Người này có đăng ký đợt này không?", TAKE_OR_LEAVE},
	{"match_number", "Số định danh này trong sổ đang của một người khác tên hoặc khác năm sinh.",
	 BIT(SAME) | BIT(CLEAR) | BIT(LEAVE)},
	{"people_alike", "Trong sổ có nhiều người cùng tên, cùng năm sinh ở đây. Dòng này là ai?",
	 BIT(PERSON) | BIT(NEW) | BIT(LEAVE)},
	{"number_elsewhere", "Số định danh này đã có ở một người của nơi khác.", BIT(CLEAR) | BIT(LEAVE)},
	{"dup_cccd", "Số định danh này có ở hai dòng trong tệp.", BIT(SAME) | BIT(CLEAR) | BIT(LEAVE)},
	{"dup_name", "Tệp có hai dòng cùng tên, cùng năm sinh, cùng ấp.", BIT(SAME) | BIT(NEW) | BIT(LEAVE)},
	{"cccd_leading_zero", "Số định danh thiếu số 0 ở đầu, Excel hay làm mất; đã thêm vào cho đủ 12 số.", NUMBER_OR_NOT},
	{"cccd_unknown_province", "Ba số đầu của số định danh không phải mã của tỉnh nào.", BIT(CLEAR) | BIT(LEAVE)},
	{"cccd_missing", "Chưa có số định danh.", 0},
	{"cccd_precision_lost", "Excel đã làm tròn số định danh, không đọc lại được; để trống.", 0},
	{"cmnd_old", "Là số chứng minh nhân dân 9 số; không ghi vào ô số định danh.", 0},
	{"cccd_bad_length", "Số định danh không đủ 12 số; để trống.", 0},
	{"cccd_bad_chars", "Số định danh có chữ lẫn vào; để trống.", 0},
	{"birth_missing", "Chưa có năm sinh.", 0},
	{"birth_invalid", "Ngày sinh không có thật; chỉ giữ năm nếu đọc được.", 0},
	{"birth_two_digit_year", "Năm sinh chỉ ghi hai số cuối; đã đoán thế kỷ.", 0},
	{"birth_month_day_swapped", "Tháng lớn hơn 12; đã đổi chỗ ngày và tháng.", 0},
	{"birth_month_dropped", "Chỉ ghi tháng và năm; giữ năm.", 0},
	{"birth_serial_number", "Ngày sinh là một con số của Excel; đã đổi ra ngày.", 0},
	{"birth_out_of_range", "Năm sinh ngoài khoảng 1906 đến nay; để trống.", 0},
	{"birth_from_cccd", "Năm sinh lấy theo số định danh.", VALUE_OR_NOT},
	{"birth_conflicts_cccd", "Năm sinh khác với năm trong số định danh.", NUMBER_OR_NOT},
	{"sex_missing", "Chưa ghi nam hay nữ.", 0},
	{"sex_unclear", "Ô nam, nữ ghi không rõ; để trống.", 0},
	{"sex_from_cccd", "Nam, nữ lấy theo số định danh.", VALUE_OR_NOT},
	{"sex_conflicts_cccd", "Nam, nữ khác với số định danh.", NUMBER_OR_NOT},
	{"phone_leading_zero", "Số điện thoại thiếu số 0 ở đầu; đã thêm.", 0},
	{"phone_extra", "Có nhiều số điện thoại; lấy số đầu.", 0},
	{"phone_bad", "Số điện thoại không dùng được; để trống.", 0},
	{"group_unknown", "Nghề ghi trong tệp không đổi ra nhóm được.", 0},
	{"group_ambiguous", "Nghề ghi trong tệp thuộc hai nhóm; lấy nhóm đầu.", 0},
	{"score_half", "Có điểm lẻ nửa; bộ tiêu chí chỉ nhận điểm nguyên.", BIT(DOWN) | BIT(UP) | BIT(BLANK) | BIT(LEAVE)},
	{"score_from_text", "Điểm ghi bằng chữ; đã đổi ra số.", 0},
	{"score_out_of_range", "Có điểm ngoài 0 đến 10; để trống.", 0},
	{"score_unreadable", "Có điểm không đọc được; để trống.", 0},
	{"score_missing", "Còn chỉ số chưa có điểm.", 0},
	{"total_mismatch", "Tổng điểm trong tệp khác với cộng mười chỉ số; lấy điểm từng chỉ số.", 0},
	{"name_single_word", "Họ tên chỉ có một tiếng.", TAKE_OR_LEAVE},
	{"name_unusual", "Họ tên có số hoặc dấu ngoặc, sổ không nhận.", BIT(BLANK) | BIT(LEAVE)},
	{"note_left", "Ghi chú nói người này đã mất hoặc chuyển đi.", TAKE_OR_LEAVE},
	{"hidden_row", "Dòng này đang bị ẩn trong bảng tính.", 0},
	{"cell_error", "Có ô công thức bị lỗi; coi như trống.", 0},
};

const struct doubt *roster_doubt(const char *code)
{
	for (size_t i = 0; i < COUNT(doubts); i++)
		if (!strcmp(doubts[i].code, code))
			return &doubts[i];
	return NULL;
}

const size_t roster_doubts_n = COUNT(doubts);
const struct doubt *roster_doubt_at(size_t i) { return &doubts[i]; }

bool roster_has_code(const char *codes, const char *code)
{
	size_t len = strlen(code);

	for (const char *p = codes; (p = strstr(p, code)); p++)
		if ((p == codes || p[-1] == ' ') && (!p[len] || p[len] == ' '))
			return true;
	return false;
}

const char *roster_sentences(struct arena *a, const char *first, const char *second)
{
	size_t len = strlen(first);

	if (!len || !*second)
		return len ? first : second;
	return arena_format(a, "%s%s%s", first, first[len - 1] == '.' ? " " : ". ", second);
}

const char *roster_codes_words(struct arena *a, const char *codes)
{
	struct words list = text_words(a, codes);
	const char *out = "";

	for (size_t i = 0; i < list.n; i++) {
		const struct doubt *doubt = roster_doubt(list.at[i]);

		if (doubt)
			out = roster_sentences(a, out, doubt->words);
	}
	return out;
}

/* Where "code:" stands in a list of decisions, or NULL. */
static const char *find(const char *choices, const char *code)
{
	size_t len = strlen(code);

	for (const char *p = choices; (p = strstr(p, code)); p++)
		if ((p == choices || p[-1] == ' ') && p[len] == ':')
			return p;
	return NULL;
}

enum list_choice roster_chosen(const char *choices, const char *code)
{
	const char *at = find(choices, code);
	size_t len;

	if (!at)
		return CHOICE_NONE;
	at += strlen(code) + 1;
	len = strcspn(at, " ");
	if (!strncmp(at, PERSON_WORD, strlen(PERSON_WORD)))
		return CHOICE_PERSON;
	for (int i = CHOICE_TAKE; i < LIST_CHOICES; i++)
		if (strlen(ways_to_decide.at[i].code) == len && !strncmp(ways_to_decide.at[i].code, at, len))
			return (enum list_choice)i;
	return CHOICE_NONE;
}

bool roster_person_word(const char *word, int64_t *person_id)
{
	size_t len = strlen(PERSON_WORD);

	return !strncmp(word, PERSON_WORD, len) && text_to_int(word + len, 1, INT64_MAX, person_id);
}

int64_t roster_chosen_person(const char *choices, const char *code)
{
	const char *at = find(choices, code);
	char word[40];
	int64_t id;

	if (!at)
		return 0;
	at += strlen(code) + 1;
	snprintf(word, sizeof word, "%.*s", (int)strcspn(at, " "), at);
	return roster_person_word(word, &id) ? id : 0;
}

enum list_choice roster_chosen_for(const char *row_choices, const char *all_choices, const char *code)
{
	enum list_choice own = roster_chosen(row_choices, code);

	return own ? own : roster_chosen(all_choices, code);
}

static const char *without(struct arena *a, const char *choices, const char *code)
{
	struct words list = text_words(a, choices);
	const char *out = "";

	for (size_t i = 0; i < list.n; i++)
		if (!find(list.at[i], code))
			out = arena_format(a, "%s%s%s", out, *out ? " " : "", list.at[i]);
	return out;
}

const char *roster_choose(struct arena *a, const char *choices, const char *code, enum list_choice choice)
{
	const char *others = without(a, choices, code);

	if (choice == CHOICE_NONE)
		return others;
	return arena_format(a, "%s%s%s:%s", others, *others ? " " : "", code, ways_to_decide.at[choice].code);
}

const char *roster_choose_person(struct arena *a, const char *choices, const char *code, int64_t person_id)
{
	const char *others = without(a, choices, code);

	return arena_format(a, "%s%s%s:" PERSON_WORD "%lld", others, *others ? " " : "", code, (long long)person_id);
}

bool roster_waits(struct arena *a, const char *codes, const char *row_choices, const char *all_choices)
{
	struct words list = text_words(a, codes);

	for (size_t i = 0; i < list.n; i++) {
		const struct doubt *doubt = roster_doubt(list.at[i]);

		if (doubt && doubt->may && !roster_chosen_for(row_choices, all_choices, list.at[i]))
			return true;
	}
	return false;
}
