#include "title/criteria/scores.h"

#include <string.h>

#include "base/buf.h"
#include "base/bug.h"

const char *scores_write(struct arena *arena, const struct scores *s)
{
	struct buf out = BUF(arena, .max = 1 * KiB);

	BUG_ON(s->n < 0 || s->n > SCORES_MAX);
	if (!s->n)
		return "";
	for (int i = 0; i < s->n; i++) {
		buf_char(&out, i ? ',' : '[');
		if (s->at[i].is)
			buf_int(&out, s->at[i].value);
		else
			buf_text(&out, "null");
	}
	buf_char(&out, ']');
	return buf_cstr(&out);
}

/* "8", "100" or "null" at *p, which goes past it. No sign, no leading zero. */
static bool read_score(const char **p, struct maybe *out)
{
	size_t digits = strspn(*p, "0123456789");
	int64_t value = 0;

	*out = NONE;
	if (!strncmp(*p, "null", 4)) {
		*p += 4;
		return true;
	}
	if (!digits || digits > 3 || (digits > 1 && **p == '0'))
		return false;
	for (size_t i = 0; i < digits; i++)
		value = value * 10 + (*p)[i] - '0';
	*p += digits;
	*out = SOME(value);
	return value <= SCORE_POINTS_MAX;
}

bool scores_read(const char *text, struct scores *out)
{
	const char *p = text;

	*out = (struct scores){ 0 };
	if (!*text || !strcmp(text, "[]"))
		return true;
	do {
		if (*p++ != (out->n ? ',' : '[') || out->n == SCORES_MAX || !read_score(&p, &out->at[out->n])) {
			*out = (struct scores){ 0 };
			return false;
		}
		out->n++;
	} while (*p == ',');
	if (!strcmp(p, "]"))
		return true;
	*out = (struct scores){ 0 };
	return false;
}

int64_t scores_total(const struct scores *s)
{
	int64_t total = 0;

	for (int i = 0; i < s->n; i++)
		total += s->at[i].is ? s->at[i].value : 0;
	return total;
}

int scores_missing(const struct scores *s)
{
	int missing = 0;

	for (int i = 0; i < s->n; i++)
		missing += !s->at[i].is;
	return missing;
}

bool scores_equal(const struct scores *a, const struct scores *b)
{
	if (a->n != b->n)
		return false;
	for (int i = 0; i < a->n; i++)
		if (a->at[i].is != b->at[i].is || (a->at[i].is && a->at[i].value != b->at[i].value))
			return false;
	return true;
}
