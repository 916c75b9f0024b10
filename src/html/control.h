/* control.h: the parts a page is made of, as structs that templates include:
 *
 *	{{ include field_text with form.name }}        over struct field (base/form.h); its id is the field's name
 *	{{ include strip with scores }}                over the structs below
 *
 * field_text _lines _secret (the one in use) _secret_new _date _number _digits _files _flag; field_choice (radios),
 * field_select (begins with "Chọn"), field_filter (a select of a GET form: its options alone). Each ties label, hint and error
 * to its box.
 * Field parts show f.value as typed and f.error beside it; an optional one says so. field_files takes f.max as bytes a file.
 * Helpers here build what more than one feature shows from plain values. Colours and signs: web/README.md. Texts are never NULL. */
#ifndef HTML_CONTROL_H
#define HTML_CONTROL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/form.h"
#include "base/url.h"
#include "html/page.h"

/* A sheet has up to 20 indicators of up to 100 whole points (model.md 4); how many of how much, its criteria say. The reference
 * criteria: 4 + 4 + 2 of 10. */
enum { INDICATORS_MAX = 20, POINTS_MAX = 100 };

/* A state: shape, word, colour (model.md 3). `code` is that of the state ("submitted"); an unknown one is a bug. */
struct state_mark {
	const char *code;                /* part of a class */
	const char *word;                /* "Đã nộp, chờ xét" */
};
struct state_mark state_mark(const char *code);
const char *state_word(const char *code);                /* NULL: no state of a sheet has that code */
struct state_mark state_mark_short(const char *code);    /* in tables: "Chờ xét" */

/* The strip of boxes: the sign of the product wherever a sheet is summed up. A picture, not a row of links. */
struct strip_box {
	const char *number;              /* 1 … 20 */
	const char *css;                 /* "is-empty is-here …"; "" for none */
	const char *value;               /* "8", or "·" */
	const char *note;                /* for the ear: "chưa chấm", " (tự chấm 8)", "" */
	const char *score, *self;        /* for ts/tally.ts: "8" or "" */
};
struct strip {
	const char *label;               /* "Điểm tự chấm" */
	struct strip_box boxes[INDICATORS_MAX];
	size_t n_boxes;
	bool is_ten;                     /* set in 4 + 4 + 2; another number stands in even rows */
};
/* `scores` and `self` have n values; self may be NULL (nothing was changed, or this is the person's own). `here` is 1…n, or 0.
 * A score under `least` is low. */
struct strip strip_of(struct arena *, const char *label, const struct maybe *scores, const struct maybe *self, size_t n, int here,
	int least);

/* "Đạt" · "Thiếu 3 điểm, chỉ số 6 dưới 5" · "Còn 4 chỉ số" · "Chưa chấm": what a row lacks. css is pass, fail or wait. */
struct verdict { const char *text, *css; };
struct verdict verdict_of(struct arena *, const struct maybe *scores, size_t n, int pass_sum, int least);

/* Sticky sum while scoring; ts/tally.ts keeps it live (inputs with data-indicator). */
struct tally {
	struct url href;                 /* the whole of it is one link, to the sheet */
	int sum;
	struct strip strip;
	struct verdict verdict;
	const char *rule;                /* "Đạt khi tổng từ 80, mỗi chỉ số từ 5": one line of a phone */
	int pass_sum, least;
};
struct tally tally_of(struct arena *, struct url, const struct maybe *scores, size_t n, int here, int pass_sum, int least);

/* The ladder: 0 to the most an indicator has, in one group. Levels with words are rungs; the points between two levels
 * stand between them. */
struct ladder_point { const char *id, *value; bool chosen; };
struct ladder_step {
	bool is_rung, is_pass;           /* is_pass: the pass line stands before it */
	const char *words;               /* of a rung; of a gap "Hơn mức 3, chưa trọn mức 5" */
	const char *words_id;
	const struct ladder_point *points;
	size_t n_points;                 /* of a rung 1 */
};
struct ladder {
	const char *name, *legend, *hint, *error;
	int indicator;                   /* 1…20 */
	const struct ladder_step *steps;
	size_t n_steps;
};
/* `words` has max + 1 texts, "" where a level has none. The pass line stands before `least`. `field` gives name, label,
 * hint, error
 * and the value typed. */
struct ladder ladder_of(struct arena *, const struct field *, int indicator, const char *const *words, int max, int least);

/* The way through a long list by keyset: no page numbers. */
struct pager {
	struct url first, next;          /* URL_NONE: none that way */
	const char *text;                /* "301 người"; "" for none */
};

/* A heading that sorts: a link, with aria-sort when it is the order now. */
struct sort_head {
	const char *label;
	struct url href;
	const char *order;               /* "ascending", "descending"; "": not the order now */
	bool is_num;
};

/* Label and value. */
struct fact { const char *label, *value, *css; };      /* css: "name", "code" or "" */
struct facts { const struct fact *items; size_t n_items; };

/* Figures of a page: each is a link to its list, where there is one (URL_NONE: none). small may be "". */
struct figure { const char *label, *value, *small; struct url href; };
struct figures { const struct figure *items; size_t n_items; };

/* What happened, newest first: what, by whom, the details or the reason ("" for none). */
struct trail_item { const char *title, *by, *text, *when; bool is_next; };
struct trail { const struct trail_item *items; size_t n_items; };
/* Neighbours of `title` by the same hand become one item, "từ … đến …, 10 lần", with all their texts. The rest stays. */
struct trail trail_of(struct arena *, struct trail_item *items, size_t n, const char *title);

/* A filter made of counts. */
struct count { const char *value, *label, *small; struct url href; bool is_here; };
struct counts { const char *label; const struct count *items; size_t n_items; };

/* A year on one page. */
struct step { const char *title, *value, *small; struct url href; bool is_done, is_now; };
struct steps { const struct step *items; size_t n_items; };

/* A changed score: who, when, why; a reviewer's words stand in violet. */
struct change { const char *from, *to, *title, *words, *by; };      /* words "": none were needed */
struct changes { const struct change *items; size_t n_items; };

#endif
