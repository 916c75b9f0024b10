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

enum outcome duplicate_show(struct request *);
enum outcome duplicate_post(struct request *);
enum outcome waiting_show(struct request *);
enum outcome waiting_post(struct request *);

#endif
