/* tables_paper.h: the lists on the commune's papers. Private to recognition. Rows stream as the paper is rendered. */
#ifndef TITLE_RECOGNITION_TABLES_PAPER_H
#define TITLE_RECOGNITION_TABLES_PAPER_H

#include "document/document.h"
#include "registry/tree/tree.h"
#include "title/criteria/criteria.h"
#include "title/rounds/rounds.h"
#include "title/standing/standing.h"
#include "title/recognition/recognition.h"

/* What all papers of a commune and round speak of, as of now; texts "" where not known yet. */
struct paper_facts {
	int64_t adults;                  /* official, -1: none entered */
	const char *adults_day;
	const char *commune, *province, *place;          /* "xã Đức Hoà", "Tỉnh Tây Ninh", "Đức Hoà" */
	struct authority authority;
	const struct criteria *criteria;
	struct figure_counts counts;
	struct objection_counts objections;
	int64_t branches, trained;                       /* where anybody registered; members trained, 0: none written down */
	bool has_meeting, has_proposal, has_decision;
	struct meeting meeting;                          /* the newest of each */
	struct proposal proposal;
	struct decision decision;                        /* of that tờ trình */
	struct posting posting;
	const char *list_check;          /* of the list, as people read it: "7K2M-9QXT-4" */
};

struct people_stream;
/* The people of the list: of the newest tờ trình, before there is one whoever is listed or posted. */
struct people_stream *people_of_list(struct ask *ask, int64_t commune_id, const struct round *, const struct paper_facts *);
/* Ready for document_table; rows come once. */
struct table changed_table(struct ask *ask, int64_t round_id, int64_t commune_id);                               /* CDHT-03,
	item 3 */
struct table list_table(struct ask *ask, int64_t commune_id, const struct round *, const struct paper_facts *);         /*
	CDHT-04 */
struct table decision_table(struct ask *ask, int64_t commune_id, const struct round *, const struct paper_facts *);     /*
	CDHT-06 */
struct table posting_table(struct ask *ask, int64_t commune_id, const struct round *, const struct paper_facts *);      /*
	CDHT-08 */
OUTCOME posting_count(struct ask *ask, int64_t commune_id, const struct round *, const struct paper_facts *, int64_t *out);

/* What stands under CDHT-04's list; groups in the order of person_groups. */
enum { LIST_GROUPS = 32 };
struct list_totals { int64_t people, women, elders, groups[LIST_GROUPS]; };
OUTCOME list_totals(struct ask *ask, int64_t commune_id, const struct round *, const struct paper_facts *,
	struct list_totals *out);

/* The facts of a commune and round as of now. */
OUTCOME paper_facts_get(struct ask *ask, const struct unit *commune, const struct round *, struct paper_facts *out);

#endif
