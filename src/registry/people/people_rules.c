/* What a person may be: pure, for forms and lists alike. */
#include <string.h>

#include "base/day.h"
#include "registry/people/people.h"
#include "registry/people/people_messages.h"
#include "text/national_id.h"
#include "text/parse.h"
#include "text/text.h"

enum { NAME_MIN = 2 };

const struct choices person_groups = CHOICES(
	{ "nong_dan", "Nông dân" }, { "cong_nhan", "Công nhân, lao động tiểu thủ công" }, { "cong_chuc", "Cán bộ, công chức" },
	{ "vien_chuc", "Viên chức" }, { "doanh_nhan", "Doanh nhân" }, { "can_bo_quan_ly", "Cán bộ quản lý" },
	{ "luc_luong_vu_trang", "Lực lượng vũ trang" }, { "nguoi_hoc", "Học sinh từ 16 tuổi, sinh viên, học viên" },
	{ "lao_dong_tu_do", "Lao động tự do, nội trợ" }, { "nguoi_cao_tuoi", "Người cao tuổi, hưu trí" });

const char *person_group_label(const char *code)
{
	for (size_t i = 0; i < person_groups.n; i++)
		if (!strcmp(person_groups.at[i].code, code))
			return person_groups.at[i].label;
	return code;
}

/* A letter of any script: what folds to something that is not a digit. One sign of UTF-8, 2 to 4 bytes. */
static bool is_letter(struct arena *arena, const char *sign, size_t len)
{
	const char *folded = text_fold(arena, arena_textn(arena, sign, len));

	return *folded && !(*folded >= '0' && *folded <= '9');
}

static bool is_name(struct arena *arena, const char *name)
{
	static const char others[] = "\xE2\x80\x99";     /* ’ */

	for (size_t len; *name; name += len) {
		unsigned char c = (unsigned char)*name;

		len = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
		if (len == 1 && !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || strchr(" '-.", c)))
			return false;
		if (len > 1 && strncmp(name, others, len) != 0 && !is_letter(arena, name, len))
			return false;
	}
	return true;
}

static void check_birth(const struct person_new *p, const char *today, struct problems *problems)
{
	int year = day_year(today);

	if (!day_is_valid(p->birth) || day_year(p->birth) < PERSON_BIRTH_FIRST || day_year(p->birth) > year)
		problem(problems, "birth", person_birth_wrong(problems->arena, p->birth, PERSON_BIRTH_FIRST,
			year - PERSON_AGE_MIN));
	else if (strncmp(p->birth, today, strlen(p->birth)) > 0)
		problem(problems, "birth", PERSON_BIRTH_FUTURE);
	else if (day_age_at_end(p->birth, year) < PERSON_AGE_MIN)
		problem(problems, "birth", person_too_young(problems->arena, p->birth, year));
	else if (day_age_at_end(p->birth, year) < PERSON_ADULT && !*p->guardian)
		problem(problems, "guardian", PERSON_GUARDIAN_NONE);
}

static void check_numbers(const struct person_new *p, struct problems *problems)
{
	char digits[PHONE_LEN_MAX + NATIONAL_ID_LEN + 1];
	enum phone_fault phone = *p->phone ? text_to_phone(p->phone, digits) : PHONE_OK;
	enum national_id_fault number = p->national_id && *p->national_id ? text_to_national_id(p->national_id, digits)
		: NATIONAL_ID_OK;

	if (phone != PHONE_OK)
		problem(problems, "phone", phone_message(phone));
	if (number != NATIONAL_ID_OK)
		problem(problems, "national_id", national_id_message(number));
}

bool person_may_be(const struct person_new *p, const char *today, struct problems *problems)
{
	size_t before = problems->n;

	if (text_length(p->name) < NAME_MIN)
		problem(problems, "name", PERSON_NAME_SHORT);
	else if (!is_name(problems->arena, p->name))
		problem(problems, "name", PERSON_NAME_SIGNS);
	check_birth(p, today, problems);
	if (!*p->group)
		problem(problems, "group", PERSON_GROUP_NONE);
	check_numbers(p, problems);
	if (*p->trained_on && strcmp(p->trained_on, today) > 0)
		problem(problems, "trained_on", PERSON_TRAINED_FUTURE);
	if (!p->leaf_id || (p->leaf_id != p->hamlet_id && p->leaf_id != p->organisation_id))
		problem(problems, "leaf", PERSON_LEAF_NONE);
	return problems->n == before;
}

const char *person_doubts(struct arena *arena, const struct person *p, const char *national_id)
{
	const char *number = "";
	bool one_word = !strchr(p->name, ' ');

	if (*national_id)
		number = national_id_doubt_message(national_id_doubts(national_id, day_year(p->birth), p->sex));
	return arena_format(arena, "%s%s%s", one_word ? PERSON_NAME_ONE_WORD : "", one_word && *number ? " " : "", number);
}
