/* Headings → fields. Compared folded; the words are those that officers' lists have. */
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "text/text.h"
#include "title/roster/roster_read.h"

static const char *const names[ROSTER_FIELDS] = {
	"ignored", "stt", "full_name", "name_family", "name_given", "birth", "birth_male", "birth_female", "sex",
	"sex_female_mark", "sex_male_mark", "national_id", "phone", "hamlet", "occupation", "target_group",
	"score1", "score2", "score3", "score4", "score5", "score6", "score7", "score8", "score9", "score10",
	"total", "member", "gdht", "note" };

const char *roster_field_name(enum roster_field field)
{
	BUG_ON(field >= ROSTER_FIELDS);
	return names[field];
}

bool roster_field_of(const char *name, enum roster_field *out)
{
	for (int i = 0; i < ROSTER_FIELDS; i++)
		if (!strcmp(names[i], name)) {
			*out = (enum roster_field)i;
			return true;
		}
	return false;
}

/* In this order: the first line with one of its words decides. "=" in front: the whole heading; else whole words within it. */
static const struct rule { enum roster_field field; const char *words; } rules[] = {
	{ ROSTER_STT, "=stt|=tt|=so tt|=so thu tu|=thu tu|=no" },
	/* Other people's, and papers' own, before the words that they contain. */
	{ ROSTER_PHONE, "dien thoai|so dt|sdt|dtdd|di dong|=dt|so dien thoai|dt lien he|zalo" },
	{ ROSTER_IGNORED,
	"chu ho|phu huynh|ten cha|ten me|ten vo|ten chong|ten bo|ho ten con|giam ho|ngay cap|noi cap|dan toc|ton giao|"
		"dia chi|cho o|noi o|thuong tru|tam tru|que quan|nguyen quan|noi sinh|bo phan|phong ban|xep loai|ket qua|"
		"ky ten|chu ky|"
		"ky nhan|trinh do|quan he|ngay vao|ngay ky|ngay dang ky|email|nguoi than|nguoi bao ho|nguoi lien he|"
		"nguoi gioi thieu|ngay nhan" },
	{ ROSTER_NATIONAL_ID, "cccd|ddcn|can cuoc|dinh danh|cmnd|cmt|chung minh|so the|so cc|=cc" },
	{ ROSTER_BIRTH, "ngay sinh|nam sinh|ngay thang nam sinh|thang nam sinh|sinh ngay|sinh nam|ngay thang sinh|=ns|=ntns" },
	{ ROSTER_SEX, "gioi tinh|=phai|=gt|=gioi" },
	{ ROSTER_SEX_FEMALE_MARK, "=nu|=nu x|=gioi tinh nu|=la nu|=phai nu|=gioi nu|=nu danh x|=nu danh dau x" },
	{ ROSTER_SEX_MALE_MARK, "=nam|=nam x|=gioi tinh nam|=la nam|=phai nam|=gioi nam|=nam danh x|=nam danh dau x" },
	{ ROSTER_NAME_FAMILY,
	"ho ten dem|ho va ten dem|ho va ten lot|ho ten lot|ho dem|ho va chu dem|ho chu dem|ho lot|ho va chu lot|"
		"ho chu lot|ho va dem|ho va lot|=ho" },
	{ ROSTER_FULL_NAME,
	"ho ten|ho va ten|hovaten|hoten|ho ten thanh vien|=ten hoc sinh|=ten nguoi dan|=ten cong dan|=ten hoi vien" },
	{ ROSTER_NAME_GIVEN, "=ten|=ten goi" },
	{ ROSTER_TARGET_GROUP, "doi tuong|=nhom|=nhom doi tuong" },
	{ ROSTER_OCCUPATION, "nghe nghiep|=nghe|cong viec|chuc vu|chuc danh|nhiem vu|viec lam" },
	{ ROSTER_MEMBER, "hoi vien" },
	{ ROSTER_GDHT, "gdht|gia dinh hoc tap" },
	{ ROSTER_HAMLET,
	"=ap|=khu pho|=khu vuc|=ap khu pho|=khu pho ap|=ap kp|=kp|=kv|=thon|=ap thon|=thon ap|=ten ap|=ap khu vuc|"
		"=ap to|=ten ap khu pho|=thuoc ap|=khu pho to|=thon ap khu pho|=ap khu pho thon" },
	{ ROSTER_NOTE, "ghi chu|=gc" },
	{ ROSTER_TOTAL, "=tong|tong diem|cong diem|=tong cong|=cong|tong so diem|tong cong diem|diem tong" },
	{ ROSTER_IGNORED, "ma|to|ngay|truong|lop" },
};

/* Whole words: at the beginning or after a space, up to the end or a space. */
static bool contains(const char *folded, const char *words, size_t len)
{
	const char *at = folded;

	for (;;) {
		if (!strncmp(at, words, len) && (at[len] == '\0' || at[len] == ' '))
			return true;
		at = strchr(at, ' ');
		if (!at)
			return false;
		at++;
	}
}

static bool told_by(struct arena *a, const struct rule *rule, const char *folded, const char **word)
{
	const char *at = rule->words;

	while (*at) {
		bool whole = *at == '=';
		size_t len;

		at += whole;
		len = strcspn(at, "|");
		if (whole ? strlen(folded) == len && !memcmp(folded, at, len) : contains(folded, at, len)) {
			*word = arena_textn(a, at, len);
			return true;
		}
		at += len + (at[len] == '|');
	}
	return false;
}

/* TC1, TC 1, Chỉ số 1, Tiêu chí 10, Điểm 3; a bare number where `bare` (under “Điểm”, “Chỉ số”, “Tiêu chí”). */
static bool is_score(const char *folded, bool bare, int *number)
{
	static const char *const before[] = { "tc", "chi so", "tieu chi", "diem tc", "diem tieu chi", "diem chi so", "diem",
		"cs" };
	const char *at = folded;
	char *end;
	long n;

	for (size_t i = 0; i < COUNT(before); i++) {
		size_t len = strlen(before[i]);

		if (!strncmp(folded, before[i], len) && strlen(before[i]) > (size_t)(at - folded) &&
		    (folded[len] == ' ' || (folded[len] >= '0' && folded[len] <= '9')))
			at = folded + len;
	}
	if (at == folded && !bare)
		return false;
	at += strspn(at, " ");
	if (*at < '0' || *at > '9')
		return false;
	n = strtol(at, &end, 10);
	if (n < 1 || n > ROSTER_SCORES || (*end && *end != ' '))
		return false;
	*number = (int)n;
	return true;
}

static bool is_score_parent(const char *folded)
{
	return contains(folded, "diem", 4) || contains(folded, "chi so", 6) || contains(folded, "tieu chi", 8);
}

static bool classify(struct arena *a, const char *folded, enum roster_field *field, const char **word)
{
	int number;

	if (is_score(folded, false, &number)) {
		*field = (enum roster_field)(ROSTER_SCORE + number - 1);
		*word = folded;
		return true;
	}
	for (size_t i = 0; i < COUNT(rules); i++)
		if (told_by(a, &rules[i], folded, word)) {
			*field = rules[i].field;
			return true;
		}
	return false;
}

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && !strcmp(text + n - m, end);
}

/* “Sinh năm”, whose last word folds as “nam” does. */
static bool ends_as_year(const char *heading)
{
	const char *last = strrchr(heading, ' ');

	return strstr(last ? last : heading, "ă") || strstr(last ? last : heading, "Ă");
}

bool roster_heading(struct arena *a, const char *parent, const char *heading, enum roster_field *field, const char **word)
{
	const char *above = text_fold(a, parent), *own = text_fold(a, heading);
	enum roster_field of_parent = ROSTER_IGNORED;
	bool known;
	int number;

	*field = ROSTER_IGNORED;
	*word = "";
	if (!*own)
		return false;
	if (*above && is_score_parent(above) && is_score(own, true, &number)) {
		*field = (enum roster_field)(ROSTER_SCORE + number - 1);
		*word = own;
		return true;
	}
	known = classify(a, own, field, word);
	if (*above && known && (*field == ROSTER_SEX_MALE_MARK || *field == ROSTER_SEX_FEMALE_MARK) &&
	    classify(a, above, &of_parent, word) && of_parent == ROSTER_BIRTH) {
		*field = *field == ROSTER_SEX_MALE_MARK ? ROSTER_BIRTH_MALE : ROSTER_BIRTH_FEMALE;
		return true;
	}
	/* “Năm” is no “Nam”; “Năm sinh nam” stands in one cell too. */
	if (known && *field == ROSTER_SEX_MALE_MARK && ends_as_year(heading))
		known = false;
	if (known && *field == ROSTER_BIRTH && ends_with(own, " nam") && !ends_as_year(heading))
		*field = ROSTER_BIRTH_MALE;
	if (known && *field == ROSTER_BIRTH && ends_with(own, " nu"))
		*field = ROSTER_BIRTH_FEMALE;
	if (!known)
		*field = ROSTER_IGNORED, *word = "";
	if (!known && *above)
		known = classify(a, arena_format(a, "%s %s", above, own), field, word);
	return known;
}
