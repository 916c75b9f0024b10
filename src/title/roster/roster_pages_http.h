/* roster_pages_http.h (private): the handlers of roster_http.c's routes, and what their pages share. */
#ifndef TITLE_ROSTER_PAGES_HTTP_H
#define TITLE_ROSTER_PAGES_HTTP_H

#include "http/route.h"
#include "title/roster/roster_list.h"
#include "title/roster/roster_view.h"

struct url roster_url(struct arena *, int64_t id);
void roster_crumbs(struct request *, struct page *, const struct list *, const char *here);    /* list NULL: the first page */
const char *roster_state_words(enum list_state);
/* "1961, nữ, …0121, Ấp Bình Hoà" */
const char *roster_row_facts(struct arena *, const struct list_row *);
/* While the list is being read, written or taken back, and when it could not be read. */
OUTCOME roster_wait_show(struct request *, const struct list *);

enum outcome roster_list_show(struct request *);
enum outcome roster_apply_post(struct request *);
enum outcome roster_row_post(struct request *);
enum outcome roster_all_post(struct request *);
enum outcome roster_columns_show(struct request *);
enum outcome roster_columns_post(struct request *);
enum outcome roster_result_show(struct request *);
enum outcome roster_undo_show(struct request *);
enum outcome roster_undo_post(struct request *);

#endif
