/* route.h: routes are data. The permission stands in the row; a row without one does not compile.
 *
 *	const struct route units_routes[] = {
 *		GET (READ,  "/don-vi",            PERMIT_UNIT_READ, SEES_NOBODY, units_form,       units_list)
 *		POST(WRITE, "/don-vi/{unit}/ten", PERMIT_UNIT_EDIT, SEES_NOBODY, unit_rename_form, NO_PREPARE, unit_post_rename)
 *	};
 *
 * Paths are Vietnamese without tones. {name} is one segment, read into the form's field of that name.
 * READ   short: on the event loop, read-only connection; abandoned past 5 ms and begun again on a worker
 * WORK   long (PDF, XLSX, sandbox, big pages): on a worker, read-only
 * WRITE  prepare on a worker without a connection for writing (hashing, decoding, files), then the handler whole on the one
 *        writer inside a savepoint; its answer leaves after the commit's fsync. GET cannot be WRITE: it does not compile.
 *
 * When the fields do not parse the handler is not called. `.again = show_it` as a last argument names what shows the page with the
 * problems beside the fields (request_form): it is called instead, with the fields that are wrong at their empty values, and also
 * when a handler or prepare step returns INVALID without an answer of its own. Its 200 leaves as 422.
 *
 *	POST(WRITE, "/don-vi/{unit}/ten", PERMIT_UNIT_EDIT, SEES_NOBODY, unit_rename_form, NO_PREPARE, unit_post_rename,
 *		.again = unit_rename_page)
 *
 * `.rules` is what says what the operation thinks of the values that did parse, so that a form with several faults gets all its
 * messages at once: it is called before `again`, only when a field did not parse, on a connection that cannot write and with the
 * form's problems already in ask.problems. As a rule it is the handler itself: an operation adds its problems and stops at the
 * first check that there is none, before it changes anything; what it returns or answers is dropped. Its fields may then have
 * empty values (a choice −1, an id 0). A second problem of a field that has one is left out.
 *
 * A form with a version (base/form.h) whose handler returns CONFLICT is shown by `.again` too, as 409: request_form says field by
 * field what is stored by now. */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "http/request.h"

enum route_class { ROUTE_READ, ROUTE_WORK, ROUTE_WRITE };
enum { ROUTE_GET_READ = ROUTE_READ, ROUTE_GET_WORK = ROUTE_WORK, ROUTE_POST_WRITE = ROUTE_WRITE };
enum route_method { METHOD_GET, METHOD_POST };          /* HEAD is answered as GET without its body */

typedef enum outcome (*route_handler)(struct request *);

struct route {
	enum route_method method;
	enum route_class class;
	const char *path;
	int permission;                  /* enum permit of registry/access; http/ only passes it to the gate */
	const char *sees;                /* form field that names the person seen, NULL: nobody's sheet */
	const struct form_def *form;
	route_handler prepare;           /* NULL: none */
	route_handler handler;
	route_handler again;             /* the page with what was typed and its problems; NULL: the frame lists the problems */
	route_handler rules;             /* NULL: the fields have no rules beyond their own */
};
struct route_table { const struct route *at; size_t n; };
#define ROUTES(table) { (table), COUNT(table) }

#define NO_PREPARE NULL
#define SEES_NOBODY NULL
#define SEES(field) #field
#define GET(kind, path_, permit, sees_, form_, ...) \
	{ METHOD_GET, (enum route_class)ROUTE_GET_##kind, (path_), (permit), (sees_), &form_##_def, NULL, __VA_ARGS__ },
#define POST(kind, path_, permit, sees_, form_, prepare_, ...) \
	{ METHOD_POST, (enum route_class)ROUTE_POST_##kind, (path_), (permit), (sees_), &form_##_def, (prepare_), __VA_ARGS__ },

#endif
