/* people_page.h (private): what the pages of people have in common. */
#ifndef REGISTRY_PEOPLE_PAGE_H
#define REGISTRY_PEOPLE_PAGE_H

#include "http/request.h"
#include "registry/people/people_view.h"
#include "registry/tree/tree.h"

const char *people_today(struct request *);
struct url person_url(struct arena *, int64_t id, const char *part);     /* part "": the page itself; "/sua" … */
struct url people_url(struct arena *, int64_t unit_id);
const char *sex_label(enum sex);
struct person_rows person_rows_of_entries(struct arena *, struct person_entries, const char *caption);
struct person_rows person_rows_of(struct arena *, struct person_list, const char *caption);
/* "Người" / unit / here; unit_id 0: none. */
OUTCOME people_crumbs(struct request *, struct page *, int64_t unit_id, const char *here);
OUTCOME person_facts(struct request *, const struct person *, struct facts *out);

enum outcome person_show(struct request *);              /* GET /nguoi/{person}; also shown again by its posts */
enum outcome people_show(struct request *);              /* GET /nguoi */

#endif
