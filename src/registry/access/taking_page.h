/* taking_page.h: a file that carries people out of the house is given only to who has just written into the journal that they take it.
 *
 *	POST	TRY(audit_add(…AUDIT_EXPORTED…)); return taking_redirect(req, url_own(a, "/nguoi/danh-sach/%lld", unit));
 *	GET	TRY(taking_was_noted(req)); … respond_file(…)
 *
 * A GET cannot write, so the post writes the row and the address it leads to carries a seal: of this session, this address with its
 * query, and TAKING_SECONDS from then. Within them the same address answers again (a broken download, a browser that asks twice):
 * that is the taking already in the journal, not a second one. */
#ifndef REGISTRY_ACCESS_TAKING_PAGE_H
#define REGISTRY_ACCESS_TAKING_PAGE_H

#include "http/request.h"

enum { TAKING_SECONDS = 600 };

OUTCOME taking_redirect(struct request *, struct url file);
/* INVALID with what to do, for an address that was copied, kept, or made up. */
OUTCOME taking_was_noted(struct request *);

#endif
