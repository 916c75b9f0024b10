/* grid_place_http.h: what the pages of this feature share: which branch, round and criteria; may it be written now. */
#ifndef TITLE_GRID_PLACE_HTTP_H
#define TITLE_GRID_PLACE_HTTP_H

#include "http/request.h"
#include "registry/tree/tree.h"
#include "title/criteria/criteria.h"
#include "title/grid/grid.h"
#include "title/grid/grid_view.h"

struct grid_place {
	struct round round;
	struct unit unit;
	const struct criteria *criteria;
	enum grid_mode mode;
	int64_t after;                   /* person, 0: from the first */
	int64_t done;                    /* what was just done: told on top; 0: nothing */
	bool is_proposed;                /* empty rows filled with last year's scores, to be confirmed one by one */
	const char *closed;              /* why nothing can be written now; "" when it can */
};

/* The permission of a mode on a unit; FORBIDDEN without. */
OUTCOME grid_require(struct request *, enum grid_mode, int64_t unit_id);
struct url grid_url(struct arena *, const struct grid_place *, int64_t after_person);    /* /luoi?… */
struct url grid_bulk_url(struct arena *, const struct grid_place *, enum grid_act);
/* Where a person's own page is from here: the review of the sheet, or the sheet. */
struct url grid_person_url(struct arena *, const struct grid_line *, enum grid_mode);
bool grid_is_among(const struct id_list *, int64_t person_id);
struct verdict grid_verdict(struct arena *, const struct scores *, const struct criteria *);

/* The table of plain rows: lines as stored, or as typed (form of a post, numbered as it was). */
OUTCOME grid_fill_rows(struct request *, const struct grid_place *, const struct grid_lines *, const struct grid_page_form *typed,
	struct grid_page *view);
/* The page of a place; typed NULL: a fresh one. */
OUTCOME grid_show_place(struct request *, struct grid_place *, const struct grid_page_form *typed);
OUTCOME grid_place_get(struct request *, int64_t unit_id, int64_t round_id, enum grid_mode, struct grid_place *out);

/* Handlers of the other files. */
enum outcome grid_rows_show(struct request *);
enum outcome grid_self_post(struct request *);
enum outcome grid_self_again(struct request *);
enum outcome grid_review_post(struct request *);
enum outcome grid_review_again(struct request *);
enum outcome grid_page_post(struct request *);
enum outcome grid_page_again(struct request *);
enum outcome grid_page_rules(struct request *);
OUTCOME grid_tell_done(struct request *, const struct grid_place *, int64_t id, struct page *);
struct url grid_dones_url(struct arena *, const struct grid_place *);    /* what was done today */
struct url grid_done_url(struct arena *, const struct grid_done *);
enum outcome grid_dones_show(struct request *);
enum outcome grid_undo_show(struct request *);
enum outcome grid_undo_post(struct request *);
enum outcome grid_bulk_show(struct request *);
enum outcome grid_bulk_post(struct request *);
enum outcome grid_bulk_again(struct request *);

#endif
