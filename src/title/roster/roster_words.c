/* Words of lists: groups, places, signatures, subtotals. */
#include <string.h>

#include "text/text.h"
#include "title/roster/roster_read.h"

/* ---- groups ---- */

/* In this order: the first line with one of its words, whole, decides. */
static const struct { const char *code, *words; } groups[] = {
	{ "nguoi_cao_tuoi", "huu|gia yeu|cao tuoi|nct|mat suc|lon tuoi" },
	{ "luc_luong_vu_trang", "bo doi|cong an|quan doi|quan nhan|bien phong|dan quan|si quan|llvt|luc luong vu trang" },
	{ "can_bo_quan_ly", "hieu truong|hieu pho|truong phong|pho phong|chu tich|bi thu|cbql|quan ly|quan doc" },
	{ "doanh_nhan", "giam doc|chu doanh nghiep|chu dn|chu co so|doanh nhan|chu cty|chu cong ty|chu vua" },
	{ "nguoi_hoc", "hoc sinh|hs|sinh vien|sv|hoc vien|di hoc|nguoi hoc" },
	{ "vien_chuc", "giao vien|gv|giang vien|vien chuc|vc|bac si|bs|y si|y ta|dieu duong|duoc si|ho sinh" },
	{ "cong_chuc", "cong chuc|cc|cbcc|cbccvc|can bo|cb" },
	{ "cong_nhan", "cong nhan|cn|cong ty|cty|xi nghiep|khu cong nghiep|kcn" },
	{ "nong_dan", "nong dan|nong|ruong|nong nghiep|vuon|ray|chan nuoi|trong|nuoi|nd" },
	{ "lao_dong_tu_do",
	"buon ban|mua ban|tieu thuong|noi tro|lam thue|lam muon|tho|phu ho|xe om|tai xe|lai xe|chay xe|tu do|ldtd|"
		"lao dong|ban ve so|giup viec|boc vac|kinh doanh|cat toc|uon toc" },
};

static bool holds(const char *folded, const char *words)
{
	while (*words) {
		size_t len = strcspn(words, "|");

		for (const char *at = folded; at; at = strchr(at, ' '), at = at ? at + 1 : NULL)
			if (!strncmp(at, words, len) && (at[len] == '\0' || at[len] == ' '))
				return true;
		words += len + (words[len] == '|');
	}
	return false;
}

static const char *group_of_part(struct arena *a, const char *text, size_t len)
{
	const char *folded = text_fold(a, arena_textn(a, text, len));

	for (size_t i = 0; *folded && i < COUNT(groups); i++)
		if (holds(folded, groups[i].words))
			return groups[i].code;
	return "";
}

static const char *group_of(struct arena *a, const char *text, bool *ambiguous)
{
	const char *first = "";

	while (*text) {
		size_t len = strcspn(text, ",;/+");
		const char *group = group_of_part(a, text, len);

		if (!*first)
			first = group;
		else if (*group && strcmp(group, first) != 0)
			*ambiguous = true;
		text += len + (text[len] != '\0');
	}
	return first;
}

void roster_read_group(struct arena *a, const char *target, const char *occupation, struct roster_person *p)
{
	bool ambiguous = false;

	p->group = group_of(a, target, &ambiguous);
	if (!*p->group)
		p->group = group_of(a, occupation, &ambiguous);
	if (ambiguous)
		p->warnings |= ROSTER_BIT(group_ambiguous);
	if (!*p->group && (*target || *occupation))
		p->warnings |= ROSTER_BIT(group_unknown);
}

/* ---- places ---- */

const char *roster_hamlet_key(struct arena *a, const char *hamlet)
{
	static const char *const kinds[] = { "khu pho", "khu vuc", "to dan pho", "ap", "kp", "kv", "thon", "to", "a" };
	const char *at = text_fold(a, hamlet);
	char *out = arena_alloc(a, strlen(at) + 1), *to = out;

	for (size_t i = 0; i < COUNT(kinds); i++) {
		size_t len = strlen(kinds[i]);

		/* Folded, a dot or colon is a space too. */
		if (!strncmp(at, kinds[i], len) && (at[len] == ' ' || (at[len] >= '0' && at[len] <= '9'))) {
			at += len + (at[len] == ' ');
			break;
		}
	}
	while (*at) {
		if (*at == '0' && (to == out || to[-1] < '0' || to[-1] > '9') && at[1] >= '0' && at[1] <= '9')
			at++;
		else
			*to++ = *at++;
	}
	*to = '\0';
	return out;
}

bool roster_is_hamlet_title(struct arena *a, const char *text)
{
	static const char *const begins[] = { "ap", "khu pho", "kp", "khu vuc", "thon" };
	const char *folded = text_fold(a, text);

	for (size_t i = 0; i < COUNT(begins); i++) {
		size_t len = strlen(begins[i]);

		if (!strncmp(folded, begins[i], len) && (folded[len] == ' ' || (folded[len] >= '0' && folded[len] <= '9')))
			return true;
	}
	return false;
}

/* ---- signatures and subtotals ---- */

struct phrase { const char *folded, *exact; };

/* Begins with one of the words, whole. `exact` has them with their marks, in small letters: “Trưởng ban” signs, “Trương Ban” is a
 * person. */
static bool begins(struct arena *a, const char *text, const struct phrase *phrases, size_t n)
{
	const char *folded, *small = NULL;

	if (strlen(text) > 400)
		return false;
	folded = text_fold(a, text);
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(phrases[i].folded);

		if (*folded != *phrases[i].folded || strncmp(folded, phrases[i].folded, len) != 0 ||
		    (folded[len] != '\0' && folded[len] != ' '))
			continue;
		small = small ? small : text_lower(a, text);
		while (*small && strchr(" \"'(-*.", *small))
			small++;
		if (!strncmp(small, phrases[i].exact, strlen(phrases[i].exact)))
			return true;
	}
	return false;
}

bool roster_is_signature(struct arena *a, const char *text)
{
	static const struct phrase signs[] = { { "nguoi lap", "người lập" }, { "nguoi tong hop", "người tổng hợp" },
		{ "truong ap", "trưởng ấp" }, { "truong khu pho", "trưởng khu phố" }, { "truong ban", "trưởng ban" },
		{ "phong nhan su", "phòng nhân sự" }, { "hieu truong", "hiệu trưởng" }, { "giam doc", "giám đốc" },
		{ "chu tich", "chủ tịch" }, { "tm", "tm" }, { "kt", "kt" }, { "xac nhan cua", "xác nhận của" } };

	return begins(a, text, signs, COUNT(signs)) || (roster_is_dated(a, text) && !strncmp(text_fold(a, text), "ngay ", 5));
}

bool roster_is_dated(struct arena *a, const char *text)
{
	const char *at;

	/* The year's digits or dots to be filled make it longer than any name. */
	if (!strpbrk(text, "0123456789.…"))
		return false;
	at = text_fold(a, text);
	/* ngày … tháng … năm …: what stands between may be dots to be filled. */
	for (at = strstr(at, "ngay"); at; at = strstr(at + 4, "ngay")) {
		const char *month = strstr(at, " thang");

		if (month && month - at < 16 && strstr(month, " nam") && strstr(month, " nam") - month < 20)
			return strncmp(month, " thang nam sinh", 15) != 0;
	}
	return false;
}

bool roster_is_subtotal(struct arena *a, const char *text)
{
	static const struct phrase sums[] = { { "cong", "cộng" }, { "tong cong", "tổng cộng" }, { "tong so", "tổng số" },
		{ "trong do", "trong đó" } };

	return begins(a, text, sums, COUNT(sums));
}
