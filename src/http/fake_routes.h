/* fake_routes.h: the routes and files that http/'s tests serve, over the fake gate. */
#ifndef HTTP_FAKE_ROUTES_H
#define HTTP_FAKE_ROUTES_H

#include "http/fake_gate.h"

#define ADD_FORM(FIELD) \
	FIELD(whole, n, .label = "Số", .min = 1, .max = 100) \
	FIELD(text, how, .label = "Cách", .max = 20, .optional = true) \
	FIELD(secret, pass, .label = "Mật khẩu", .min = 1, .max = 20, .optional = true)
FORM(fake_add_form, ADD_FORM)
#define PERSON_FORM(FIELD) FIELD(id, person, .label = "Người")
FORM(fake_person_form, PERSON_FORM)
#define PAPERS_FORM(FIELD) FIELD(files, papers, .label = "Tệp", .max_bytes = 100000)
FORM(fake_papers_form, PAPERS_FORM)

extern const struct route fake_routes[];
extern const size_t fake_n_routes;
struct server *fake_server(struct fake *, const struct gate *, const struct server_config *more);

#endif
