/* access_page.h: the page around a request: the menu its actor may use, who is signed in, and the token its forms carry.
 * Every X_http.c begins its views with it. */
#ifndef REGISTRY_ACCESS_PAGE_H
#define REGISTRY_ACCESS_PAGE_H

#include "html/page.h"
#include "http/request.h"

#define SESSION_COOKIE "phien"
#define KEPT_FIELD "con_lai"              /* beside the token: which kept form this is (session.h) */

struct session;
struct actor;

/* title: of the window. Problems of the request's form stand in the summary; the menu marks where one is. */
void access_page(struct request *req, struct page *page, const char *title);
/* A page that sends nothing: no token, and no cookie to bind it to for who is not signed in. */
void access_page_read(struct request *req, struct page *page, const char *title);
/* What stands around the page alone, without a token or problems: for a page that says why there is none. */
void access_frame(struct request *req, struct page *page);
/* The parts that have no room in the masthead, of those the actor may open: for their own page. */
size_t access_more(struct request *req, const struct link **out);
/* Somebody with a role beyond their own sheet. NULL: nobody. */
bool access_is_officer(const struct actor *);
/* The session behind the request; NULL: nobody is signed in. */
const struct session *access_session(const struct request *req);
/* What tokens of this request are bound to: the session, or for the public the cookie that access_page set. */
struct hash access_bound_to(struct request *req);

#endif
