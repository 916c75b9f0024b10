/* paper_http.h: routes of title/paper. */
#ifndef TITLE_PAPER_HTTP_H
#define TITLE_PAPER_HTTP_H

#include "http/route.h"

extern const struct route_table sheets_table, typed_table, household_table, papers_table, own_forms_table;

#endif
