/* sheet_place_http.h: where a page of a sheet stands: person, round, sheet, criteria; shared by the pages of this feature. */
#ifndef TITLE_SHEET_PLACE_HTTP_H
#define TITLE_SHEET_PLACE_HTTP_H

#include "http/request.h"
#include "registry/people/people.h"
#include "title/assessments/assessments.h"
#include "title/assessments/assessments_view.h"
#include "title/criteria/criteria.h"

struct sheet_place {
	struct person person;
	struct round round;
	struct sheet sheet;              /* a blank one in state NONE when there is none */
	const struct criteria *criteria;
	int group;                       /* index in the criteria; -1: none chosen */
	bool has_sheet, is_own;
	const char *who, *who_capital;   /* "bà", "Bà": of whom the page speaks */
};

/* To read: own or PERMIT_SHEET_READ on the leaf; to change: own or PERMIT_SHEET_ASSIST. Whoever may not is told NOT_FOUND.
 * needs_sheet: NOT_FOUND also when the person has not registered. */
OUTCOME sheet_place(struct request *, int64_t person_id, int64_t round_id, bool to_change, bool needs_sheet,
	struct sheet_place *out);

/* Instead of a page that needs a sheet: to the registration, or for who may not register this person to where that is said. */
OUTCOME sheet_register_first(struct request *, const struct sheet_place *);

/* The page around: title, crumbs, over ("Phiếu nông dân năm 2026"), back to the sheet's start, action /phieu/P/R/part. */
void sheet_top(struct request *, const struct sheet_place *, const char *part, const char *heading, struct sheet_top *out);
struct url sheet_url(struct arena *, struct sheet_key, const char *part);        /* part "": the start */
struct url sheet_score_url(struct arena *, struct sheet_key, int indicator);

/* The fields of another's hand, when they are still to be filled in. */
struct sheet_help_view sheet_help_view(const struct sheet_place *, struct field helper,
	struct field consent);
/* What was filled in; NULL: nothing (own sheet, or named before). `room` holds it. */
const struct sheet_help *sheet_help_of(const struct request *, int64_t person_id, const char *helper, const char *consent,
	struct sheet_help *room);

/* Evidence for a page: that of one indicator (only_linked), or all of the person's with marks. */
OUTCOME sheet_evidence(struct request *, const struct sheet_place *, int indicator, bool only_linked,
	const struct sheet_evidence **out, size_t *n);
struct strip sheet_strip(const struct request *, const struct sheet_place *, const char *label, const struct scores *,
	const struct scores *self, int here);
const char *sheet_rule(struct arena *, const struct criteria *);

/* Handlers of the other files, for the table in assessments_http.c. */
enum outcome sheet_register_show(struct request *);
enum outcome sheet_register_post(struct request *);
enum outcome sheet_score_show(struct request *);
enum outcome sheet_score_post(struct request *);
enum outcome sheet_evidence_show(struct request *);
enum outcome sheet_upload_prepare(struct request *);
enum outcome sheet_upload_post(struct request *);
enum outcome sheet_link_post(struct request *);
enum outcome sheet_remove_post(struct request *);

#endif
