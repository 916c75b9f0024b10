/* transfers_page.h (private): what the pages of title/transfers have in common. */
#ifndef TITLE_TRANSFERS_PAGE_H
#define TITLE_TRANSFERS_PAGE_H

#include "http/request.h"
#include "title/transfers/transfers_view.h"

const char *transfers_today(struct request *);
const char *number_text(struct arena *, int64_t);
struct url transfers_url(struct arena *, int64_t unit_id);       /* /chuyen?unit= */
struct url transfer_url(struct arena *, int64_t id);             /* /chuyen/7 */
/* "Chuyển, gộp" / here */
void transfers_crumbs(struct request *, struct page *, const char *here);
bool is_picked(const struct id_list *, int64_t id);
/* Active people of a leaf to choose from, PERSON_PAGE a page; after 0: the first. *next: where the next page begins, 0: none. */
OUTCOME pick_people(struct request *, int64_t leaf_id, int64_t after, const struct id_list *chosen, struct pick_rows *out,
	int64_t *next);

/* ---- the look before an act on a unit ---- */

void look_fact(struct arena *, struct look *, const char *label, const char *value);
void look_note(struct arena *, struct look *, const char *text);
/* what NULL: in the words of each one's fate, at the unit named `to`. */
void look_officers(struct arena *, struct look *, const struct role_on_list *, const char *to, const char *what);
void look_weight(struct arena *, struct look *, enum unit_level, const struct unit_weight *, bool follows);
struct url unit_act_url(struct arena *, int64_t transfer_id);    /* /viec-don-vi/7 */
/* "Đơn vị" / the unit / here */
void unit_crumbs(struct request *, struct page *, const struct unit *, const char *here);
OUTCOME transfer_lines(struct request *, int64_t unit_id, bool of_units, const struct transfer_line **out, size_t *n);
enum outcome transfer_act_show(struct request *);
enum outcome transfer_undo_post(struct request *);

enum outcome duplicate_show(struct request *);
enum outcome duplicate_post(struct request *);
enum outcome waiting_show(struct request *);
enum outcome waiting_post(struct request *);

#endif
