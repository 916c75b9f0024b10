/* The answers a handler may give (request.h). The frame adds what every answer has: complete.c. */
#include "http/request.h"

#include <string.h>
#include <strings.h>

#include "base/bug.h"
#include "http/messages.h"
#include "http/parts.h"
#include "http/spool.h"

const char *request_header(const struct request *req, const char *name)
{
	const char *value = raw_header(req->input->headers, req->input->n_headers, name, NULL);

	return value ? value : "";
}

static const char *cookie_name(const struct request *req, const char *name)
{
	return req->input->behind_proxy ? arena_format(req->ask.arena, "__Host-%s", name) : name;
}

const char *request_cookie(const struct request *req, const char *name)
{
	const char *at = request_header(req, "Cookie"), *full = cookie_name(req, name), *found = NULL;
	size_t len = strlen(full), n = 0, value = 0;

	while (*at) {
		size_t pair;

		at += strspn(at, " ;");
		pair = strcspn(at, ";");
		if (!strncmp(at, full, len) && at[len] == '=') {
			found = at + len + 1;
			value = pair - len - 1;
			n++;
		}
		at += pair;
	}
	return n == 1 ? arena_textn(req->ask.arena, found, value) : "";
}

const char *request_extra(const struct request *req, const char *name)
{
	size_t n = 0;
	const char *value = input_value(req->input, FROM_BODY, name, &n);

	return n == 1 ? value : "";
}

const struct typed *request_typed(const struct request *req, size_t *n)
{
	const struct form_def *def = req->route ? req->route->form : &no_form_def;
	struct typed *out = ARENA_ARRAY(req->ask.arena, struct typed, def->n * FORM_LIST);

	*n = 0;
	for (size_t i = 0; i < def->n; i++) {
		const struct field_def *f = &def->fields[i];
		bool is_list = f->type == FIELD_texts || f->type == FIELD_numbers;

		if (f->type == FIELD_secret || f->type == FIELD_id || f->type == FIELD_ids || f->type == FIELD_files)
			continue;
		for (size_t k = 1; k <= (is_list ? FORM_LIST : 1); k++) {
			const char *name = is_list ? arena_format(req->ask.arena, "%s_%zu", f->name, k) : f->name;
			const char *raw = input_value(req->input, FROM_BODY, name, NULL);

			if (!raw || !*raw || !utf8_is_valid(raw, strlen(raw)))
				continue;
			out[(*n)++] = (struct typed){ is_list ? arena_format(req->ask.arena, "%s %zu", f->label, k) :
				f->label, raw };
		}
	}
	return out;
}

/* Header text is made by our code from constants, numbers and encoded names: a control character in it is our bug. */
static void check_header(const char *value)
{
	for (; *value; value++)
		BUG_ON((unsigned char)*value < 0x20 || *value == 0x7f);
}

void request_lists(struct request *req, int64_t unit_id, const char *list)
{
	req->listed_unit = unit_id;
	req->listed = list;
}

void response_header(struct request *req, const char *name, const char *value)
{
	BUG_ON(req->response.n_headers == COUNT(req->response.headers));
	check_header(value);
	req->response.headers[req->response.n_headers++] = (struct header){ name, arena_text(req->ask.arena, value) };
}

void response_cookie(struct request *req, const char *name, const char *value, int max_age)
{
	const char *age = max_age > 0 ? arena_format(req->ask.arena, "; Max-Age=%d", max_age) : max_age < 0 ? "; Max-Age=0" : "";

	BUG_ON(strpbrk(value, "; ,\"\\") || max_age < -1);
	response_header(req, "Set-Cookie", arena_format(req->ask.arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s",
		cookie_name(req, name), value, req->input->behind_proxy ? "; Secure" : "", age));
}

static void answer(struct request *req, int status, const char *type, struct bytes body)
{
	BUG_ON(req->response.status);
	req->response.status = status;
	req->response.type = type;
	req->response.body = body;
}

OUTCOME respond_html(struct request *req, int status, const struct buf *page)
{
	if (page->failed)
		return FAILED;
	answer(req, status, "text/html; charset=utf-8", buf_bytes(page));
	return OK;
}

OUTCOME respond_json(struct request *req, int status, const struct buf *json)
{
	if (json->failed)
		return FAILED;
	answer(req, status, "application/json", buf_bytes(json));
	return OK;
}

OUTCOME respond_text(struct request *req, int status, const char *text)
{
	text = arena_text(req->ask.arena, text);
	answer(req, status, "text/plain; charset=utf-8", (struct bytes){ text, strlen(text) });
	return OK;
}

/* RFC 6266: a plain name for old programs, and the whole one percent-encoded (RFC 8187). */
static void disposition(struct request *req, const char *filename, bool inline_ok)
{
	struct buf b = BUF(req->ask.arena, .max = 8 * KiB);

	buf_text(&b, inline_ok ? "inline; filename=\"" : "attachment; filename=\"");
	for (const char *c = filename; *c; c++) {
		unsigned char u = (unsigned char)*c;

		if ((u & 0xc0) == 0x80)
			continue;
		buf_char(&b, u < 0x20 || u > 0x7e || strchr("\"\\/%", *c) ? '_' : *c);
	}
	buf_text(&b, "\"; filename*=UTF-8''");
	for (const char *c = filename; *c; c++) {
		if ((*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || strchr("-._~", *c))
			buf_char(&b, *c);
		else
			buf_format(&b, "%%%02X", (unsigned char)*c);
	}
	BUG_ON(b.failed);
	response_header(req, "Content-Disposition", buf_cstr(&b));
}

OUTCOME respond_file(struct request *req, const char *type, const char *filename, struct bytes body, bool inline_ok)
{
	answer(req, HTTP_OK, type, body);
	disposition(req, filename, inline_ok);
	return OK;
}

OUTCOME respond_stream(struct request *req, const char *type, const char *filename,
	OUTCOME (*stream)(void *state, struct arena *row, struct buf *out, bool *done), void *state)
{
	BUG_ON(req->route->class != ROUTE_WORK);
	answer(req, HTTP_OK, type, (struct bytes){ "", 0 });
	disposition(req, filename, false);
	req->response.stream = stream;
	req->response.stream_state = state;
	return OK;
}

struct spool_file *request_spool(struct request *req)
{
	return spool_open(req->ask.arena, req->server->config.spool_dir);
}

OUTCOME request_spool_add(void *spool_file, const void *bytes, size_t len)
{
	return spool_file && spool_write(spool_file, bytes, len) ? OK : FAILED;
}

OUTCOME respond_spooled(struct request *req, const char *type, const char *filename, struct spool_file *made)
{
	struct bytes body = spool_map(made);

	return body.ptr ? respond_file(req, type, filename, body, false) : FAILED;
}

OUTCOME redirect_see_other(struct request *req, struct url url)
{
	BUG_ON(url_is_none(url));
	check_header(url.text);
	answer(req, HTTP_SEE_OTHER, "", (struct bytes){ "", 0 });
	req->response.location = url;
	return OK;
}
