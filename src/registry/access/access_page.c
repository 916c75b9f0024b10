#include "registry/access/access_page.h"

#include <string.h>

#include "crypto/crypto.h"
#include "html/control.h"
#include "http/gate.h"
#include "registry/access/access.h"
#include "registry/access/access_terms.h"
#include "registry/access/session.h"
#include "text/parse.h"

enum { PRE_LEN = 32, PRE_SECONDS = 2 * 3600 };
#define PRE_COOKIE "truoc"

const struct session *access_session(const struct request *req)
{
	const struct session *s = req->session;

	return s && !s->is_over ? s : NULL;
}

static struct hash hash_text(struct request *req, const char *text)
{
	return keyring_hash(req->ask.keys, HASH_SESSION, (struct bytes){ text, strlen(text) });
}

/* Somebody who is not signed in has a cookie of their own for their tokens, made with the first page that needs it. */
struct hash access_bound_to(struct request *req)
{
	const struct session *s = access_session(req);
	const char *pre;
	unsigned char random[PRE_LEN / 2];

	if (s)
		return s->key;
	pre = request_cookie(req, PRE_COOKIE);
	if (strlen(pre) != PRE_LEN) {
		random_bytes(random, sizeof random);
		pre = arena_textn(req->ask.arena, hash_hex(req->ask.arena, hash_of((struct bytes){ random, sizeof random })), PRE_LEN);
		response_cookie(req, PRE_COOKIE, pre, PRE_SECONDS);
	}
	return hash_text(req, pre);
}

/* "/don-vi" is where one is on /don-vi/7 too, but "/" only on "/". */
static bool is_under(const char *path, const char *item)
{
	size_t len = strlen(item);

	return !strncmp(path, item, len) && (len > 1 || !path[1]) && (!path[len] || path[len] == '/' || len == 1);
}

static void set_menu(struct request *req, struct page *page)
{
	struct link *nav = ARENA_ARRAY(req->ask.arena, struct link, req->gate->n_nav);

	for (size_t i = 0; i < req->gate->n_nav; i++) {
		const struct nav_item *item = &req->gate->nav[i];

		if (item->more || (item->only_public && req->ask.actor) || !req->gate->may(req, item->permission))
			continue;
		nav[page->n_nav++] = (struct link){ item->label, item->href, is_under(req->path, item->href.text) };
	}
	page->nav = nav;
}

size_t access_more(struct request *req, const struct link **out)
{
	struct link *links = ARENA_ARRAY(req->ask.arena, struct link, req->gate->n_nav);
	size_t n = 0;

	for (size_t i = 0; i < req->gate->n_nav; i++)
		if (req->gate->nav[i].more && req->gate->may(req, req->gate->nav[i].permission))
			links[n++] = (struct link){ req->gate->nav[i].label, req->gate->nav[i].href, false };
	*out = links;
	return n;
}

bool access_is_officer(const struct actor *actor)
{
	for (size_t i = 0; actor && i < actor->n_grants; i++)
		if (actor->grants[i].role != ROLE_CITIZEN)
			return true;
	return false;
}

void access_frame(struct request *req, struct page *page)
{
	page->site = req->gate->site;
	page->place = req->gate->place;
	page->help = req->gate->help;
	page->is_work = access_is_officer(req->ask.actor);
	set_menu(req, page);
	if (req->ask.actor)
		page->user = (struct link){ req->ask.actor->name, URL("/toi"), is_under(req->path, "/toi") };
}

void access_page_read(struct request *req, struct page *page, const char *title)
{
	page_init(page, req->ask.arena, title);
	access_frame(req, page);
}

void access_page(struct request *req, struct page *page, const char *title)
{
	access_page_read(req, page, title);
	page->token.value = token_make(&req->ask, access_bound_to(req));
	if (req->is_post && !text_to_int(request_extra(req, KEPT_FIELD), 1, INT64_MAX, &page->token.kept))
		page->token.kept = 0;
	if (req->ask.problems)
		page_problems(page, req->ask.arena, req->ask.problems);
}

const char *access_term(const char *key, const char *value)
{
	enum role role;

	if (!strcmp(key, "role"))
		return role_of_code(value, &role) ? role_label(role) : NULL;
	if (!strcmp(key, "state"))
		return state_word(value);
	if (!strcmp(key, "no_posting"))
		return strcmp(value, "1") ? "không" : "có";
	return NULL;
}
