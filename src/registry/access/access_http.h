/* access_http.h: the routes of accounts, for app/routes.c. */
#ifndef REGISTRY_ACCESS_HTTP_H
#define REGISTRY_ACCESS_HTTP_H

#include "http/route.h"

extern const struct route_table sign_in_table;   /* sign in and out, activation, the two notes of the foot */
extern const struct route_table own_table;       /* one's own account, what was kept */
extern const struct route_table accounts_table;  /* officers and their roles */
extern const struct route_table journal_table;   /* the auditor's */

#endif
