/* people_http.h: the routes of registry/people, for app/routes.c. */
#ifndef REGISTRY_PEOPLE_HTTP_H
#define REGISTRY_PEOPLE_HTTP_H

#include "http/route.h"

extern const struct route_table people_table, person_form_table, corrections_table, codes_table;

#endif
