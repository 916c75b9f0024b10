/* request.h: one request as a handler sees it, and the answers it may give.
 * A handler translates and nothing else: it reads req->form (typed, bounded, already valid), calls an operation with
 * &req->ask, and answers once. Any outcome but OK may be returned as it is: the frame shows the page for 403, 404, 409, 500. */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "base/ask.h"
#include "base/buf.h"
#include "base/form.h"
#include "base/url.h"

struct route;
struct gate;
struct server;
struct input;            /* raw values as they came, by name: private to http/ */

enum { HTTP_OK = 200, HTTP_SEE_OTHER = 303, HTTP_NOT_MODIFIED = 304, HTTP_BAD_REQUEST = 400, HTTP_UNAUTHORIZED = 401, HTTP_FORBIDDEN = 403,
	HTTP_NOT_FOUND = 404, HTTP_METHOD_NOT_ALLOWED = 405, HTTP_CONFLICT = 409, HTTP_LENGTH_REQUIRED = 411, HTTP_TOO_LARGE = 413,
	HTTP_UNPROCESSABLE = 422, HTTP_FAILED = 500, HTTP_UNAVAILABLE = 503 };

struct header { const char *name, *value; };

struct response {
	int status;                      /* 0 until answered */
	struct bytes body;               /* arena's or static */
	const char *type;                /* Content-Type */
	struct url location;
	struct header headers[12];       /* further ones: ETag, Content-Disposition, Set-Cookie … */
	size_t n_headers;
	/* A stream instead of a body (chunked; GET WORK only): called until it sets *done; each call appends to out and gets a fresh row arena. */
	OUTCOME (*stream)(void *state, struct arena *row, struct buf *out, bool *done);
	void *stream_state;
	const char *etag;                /* set: answered 304 when the browser has it */
	bool forget;                     /* the same post sent again runs again instead of being answered as before: for a sign-in,
	                                  * whose cookie and page are not stored */
};

struct request {
	struct ask ask;
	const struct route *route;
	const void *form;                /* the route's form struct; no_form: NULL */
	void *prepared;                  /* what the prepare step left for the handler, in the arena */
	const char *path;                /* decoded, begins with '/' */
	const char *target;              /* path?query as it came: "come back here" */
	bool is_post, is_htmx;           /* HX-Request: answer with the part alone where the page has one */
	const struct input *input;
	const struct gate *gate;
	struct server *server;
	struct response response;
	void *session;                   /* the gate's own */
	const char *peer;                /* address of the client (behind a proxy: as it says) */
	bool stale;                      /* the form came with a version that is no longer the stored one */
	int64_t seen_person;             /* SEES: who was seen, queued after the answer */
	int64_t listed_unit;             /* request_lists */
	const char *listed;
};

const char *request_header(const struct request *, const char *name);        /* "" when absent */
const char *request_cookie(const struct request *, const char *name);        /* "" when absent or sent twice */

/* The text fields that were sent, as typed, for a page that must give them back; without secrets, ids and the token. */
struct typed { const char *label, *value; };
const struct typed *request_typed(const struct request *, size_t *n);

/* This page lists people of a unit: noted after the answer as `list` in words, static ("Lưới điểm"). */
void request_lists(struct request *, int64_t unit_id, const char *list);

/* A body field of the house's own that no form declares, beside "token". "" when absent or sent twice. */
const char *request_extra(const struct request *, const char *name);

/* What was typed into a form of this server and kept by gate->keep, `path` and urlencoded `fields`, as it shall stand on a page:
 * the declared fields in order without those of the path, secrets empty. NOT_FOUND: no form is sent to that path (any more). */
struct again_field {
	enum field_type type;
	struct field field;
	const char *const *ids;          /* FIELD_ids: each as typed */
	size_t n_ids;
};
struct again { const struct route *route; const struct again_field *fields; size_t n; };
OUTCOME request_again(struct request *, const char *path, const char *fields, struct again *out);

/* A form as it shall stand on a page. What was just typed wins over `values` (the route's struct, from the store; may be NULL);
 * problems stand beside their fields. `view` is the form's struct X_form_view.
 * A form with a version is given the stored `values` with their version also when it was sent: was it made from an older
 * one, then
 * each field that differs says what is stored (but those .once), and view.version holds the version by now, so that sending it
 * again overwrites knowingly. */
void request_form(struct request *, const struct form_def *, const void *values, void *view);
/* After the options of an id's field are set: says what is stored, when somebody else changed it. */
void request_stored_option(struct request *, struct field *);
/* The same outside a request, for tests and first pages. */
void form_show(struct arena *, const struct form_def *, const void *values, void *view);

OUTCOME respond_html(struct request *, int status, const struct buf *page);  /* FAILED when the buffer overflowed */
OUTCOME respond_json(struct request *, int status, const struct buf *json);  /* for a script of our own; FAILED as above */
OUTCOME respond_text(struct request *, int status, const char *text);
/* A file to keep: Content-Disposition: attachment with an ASCII and a UTF-8 name. inline_ok shows it in the browser (PDF, image). */
OUTCOME respond_file(struct request *, const char *type, const char *filename, struct bytes body, bool inline_ok);
OUTCOME respond_stream(struct request *, const char *type, const char *filename,
	OUTCOME (*stream)(void *state, struct arena *row, struct buf *out, bool *done), void *state);
/* A file too large for memory: its bytes are added to the spool, nameless on disk, and sent from there. WORK routes.
 *	struct spool_file *made = request_spool(req);
 *	TRY(document_render(paper, DOCUMENT_XLSX, (struct sink){ request_spool_add, made }));
 *	return respond_spooled(req, type, "Danh sách.xlsx", made); */
struct spool_file;
struct spool_file *request_spool(struct request *);                          /* NULL: no room, logged; adding to it fails */
OUTCOME request_spool_add(void *spool_file, const void *bytes, size_t len);  /* FAILED: no room, logged */
OUTCOME respond_spooled(struct request *, const char *type, const char *filename, struct spool_file *);
OUTCOME redirect_see_other(struct request *, struct url);
void response_header(struct request *, const char *name, const char *value);
/* HttpOnly; SameSite=Lax; Path=/; Secure and the __Host- prefix only behind a proxy with TLS. max_age 0 = session, -1 = remove. */
void response_cookie(struct request *, const char *name, const char *value, int max_age);

#endif
