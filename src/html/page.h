/* page.h: what surrounds every page: skip link, masthead, an officer's context, crumbs, errors, notice, foot.
 *
 *	struct units_list { struct page page; ... };            X_view.h; the template begins and ends with
 *	{{ include page_start with page }} <h1>…</h1> {{ include page_end with page }}
 *
 * page_init sets what most pages want; the feature sets the rest by assignment. The template writes its own one <h1>.
 * Memory is the arena's; every text is UTF-8, never NULL. */
#ifndef HTML_PAGE_H
#define HTML_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problems.h"
#include "base/url.h"

struct link {
	const char *label;
	struct url href;
	bool is_here;                    /* aria-current: the page one is on */
};

/* The field "token" of a retry-safe post (http/gate.h): every <form method="post"> holds {{ include token with … }}. */
struct token {
	const char *value;
	int64_t kept;                    /* what was typed when a session had ended, to be let go once it is sent; 0: none */
};

/* Under an officer's masthead: where one works, which round, until when. */
struct context {
	const char *unit;                /* "Chi hội ấp Bình Hoà" */
	const char *within;              /* "xã Đức Hoà"; "" for none */
	const char *round;               /* "Đợt năm 2026" */
	const char *due;                 /* "Nộp phiếu đến hết ngày 30/11/2026, còn 7 ngày"; "" for none */
	const struct link *links;        /* other rounds, other units */
	size_t n_links;
};

/* At most one a page, on top. Not for tips. */
enum notice_kind { NOTICE_TURN, NOTICE_DONE, NOTICE_STOP };
struct notice {
	const char *kind;                /* part of a class: see page_notice */
	const char *title, *text;
	struct link link;                /* URL_NONE: none */
};

struct error_line {
	const char *text;
	struct url href;                 /* URL_NONE: of the whole form */
};
struct error_summary {
	const char *title;
	const struct error_line *lines;
	size_t n_lines;
};

struct page {
	const char *title;               /* of the window, and usually the h1: 1..200 characters */
	const char *site, *place;        /* "học tập Tây Ninh", "tỉnh Tây Ninh" */
	const char *help;                /* in the foot: whom to ask, with a telephone where there is one */
	bool is_work;                    /* officers: 16 px, wide, folded menu on a phone, work.css */
	bool is_bare;                    /* no <div class="page"> around: the page lays out its own (home, scoring) */
	bool has_chart, has_parts, has_grid;     /* loads chart.js; parts.js (htmx); grid.js */
	struct url app_css, work_css, app_js, chart_js, parts_js, grid_js, icon;

	const struct link *nav;          /* in the masthead; an officer's menu is folded on a phone */
	size_t n_nav;
	struct link user;                /* "Bà Lành": last in the masthead; label "": nobody */
	struct context context;          /* unit "": none */
	const struct link *crumbs;       /* the way here, without the page itself */
	size_t n_crumbs;
	const char *here;                /* the last crumb, no link */

	struct token token;
	struct notice notice;            /* title "": none */
	struct error_summary errors;     /* any: the window's title begins with "Lỗi:" */
};

/* Styles, scripts, names of the place; no menu, no user, no context. */
void page_init(struct page *, struct arena *, const char *title);
/* The way here: links are copied; `here` is the page itself. */
void page_crumbs(struct page *, struct arena *, const struct link *links, size_t n, const char *here);
/* Text may be "". Without a link give URL_NONE and "". */
void page_notice(struct page *, enum notice_kind, const char *title, const char *text, const char *label, struct url href);
/* The summary of everything wrong, each line a link to its field. Nothing when there is no problem. A problem of "name_3" links
 * to that box; id="name" is the box, or the fieldset of radios. */
void page_problems(struct page *, struct arena *, const struct problems *);

/* Addresses of boundaries, for data-map of a table[data-chart="map"] (web/ts/map.ts); its credit stands in web/maps/README.md. */
const char *page_map_communes(void);
const char *page_map_provinces(void);

/* A whole page for an outcome: cause, next steps, request id. */
struct retry_field { const char *name, *value; };
struct error_view {
	struct page page;
	const char *over;                /* "Lỗi 503" */
	const char *title, *why;
	const char *const *steps;        /* what to do, in order */
	size_t n_steps;
	bool is_step;                    /* one step only: a sentence, not a list */
	struct url back;
	const char *back_label;
	const char *request_id;          /* "" for none */
	const char *at;                  /* "15:20:41 ngày 23/11/2026" */
	/* A post that may be sent again as it was: the same token, so that it counts once. */
	struct url retry;                /* URL_NONE: none */
	struct token retry_token;
	const struct retry_field *fields;
	size_t n_fields;
	/* What was typed and could not be taken, to be copied: name is the label. */
	const struct retry_field *typed;
	size_t n_typed;
};

/* Words for a status of 400, 401, 403, 404, 405, 409, 411, 413, 422, 500, 503; any other speaks as 500. `why` replaces the cause
 * when it is not "". Back leads home; set another. */
void error_view_init(struct error_view *, struct arena *, int status, const char *why, const char *request_id, const char *at);

/* Where a list would stand and there is nothing: what is done, what comes next. */
struct empty {
	const char *title, *text;
	struct link action;              /* the one button; URL_NONE: none */
	const struct link *links;
	size_t n_links;
};

#endif
