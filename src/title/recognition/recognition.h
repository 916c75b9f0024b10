/* recognition.h: from reviewed sheets to a decision: meeting, posting, objections, tờ trình, decision, revocation (model.md 4;
 * forms CDHT-03 to 06, 08, 09). A commune is also an organisation directly below the province: it stands for itself.
 *
 * Each operation moves its sheets with sheet_write in one transaction, by name; the counters are written once at its end
 * (standing_batch). Memory is one sheet's. The window of recognition must be open; all problems are said at once. Permission:
 * LIST_EDIT on the commune for the association's part, DECIDE on it for the authority's. */
#ifndef TITLE_RECOGNITION_H
#define TITLE_RECOGNITION_H

#include "title/assessments/assessments.h"
#include "title/certificates/certificates.h"

enum { OBJECTION_ANSWER_DAYS = 5, RECOGNITION_REASON_MIN = 10,
	RECOGNITION_PAGE = 100, CHANGED_PAGE = 200 };   /* days: working days */

/* ---- who recognises ---- */

/* The authority of a unit on a day: what was set for it or the nearest unit above it; else the People's Committee of the unit. */
struct authority {
	int64_t unit_id, version;        /* version 0: nothing was set */
	const char *from_day, *name, *place, *signer_role;
};
OUTCOME authority_of(struct ask *ask, int64_t unit_id, const char *day, struct authority *out);
/* PERMIT_ROUND_EDIT on the unit (the province association). version 0 sets from a new day, else changes that day's. */
OUTCOME authority_set(struct ask *ask, const struct authority *);
struct authority_list { size_t n; const struct authority *at; };
OUTCOME authority_list(struct ask *ask, int64_t unit_id, struct authority_list *out);    /* set for this unit, newest first */

/* ---- who is left out ----
 *
 * Noted before the meeting or the decision, one by one or many at once, by whoever may hold it; kept until that act takes
 * them over or an officer takes them in again. As many as there are. The person reads the reason. */

enum exception_kind { EXCEPTION_NOT_MET = 2, EXCEPTION_SENT_BACK = 3 };  /* as decision_person.result */
enum leaving_step { LEAVING_MEETING = 1, LEAVING_DECISION };             /* as left_out.step */
/* Whose list: of reviewed sheets of a commune's round (LIST_EDIT), or of a tờ trình's people (DECIDE). */
struct leaving {
	enum leaving_step step;
	int64_t round_id, commune_id;
	int64_t proposal_id, version;    /* LEAVING_DECISION: both needed to write,
		since each note makes the tờ trình a newer one */
};
struct exception { int64_t person_id; enum exception_kind kind; const char *reason, *name; };
struct exceptions { size_t n; const struct exception *at; };             /* by person_id */
/* Those noted who are still in that list. */
OUTCOME left_out(struct ask *ask, const struct leaving *, struct exceptions *out);
const struct exception *exception_of(const struct exceptions *, int64_t person_id);      /* NULL: not left out */
/* Problems: "nguoi" nobody, or somebody who is not in that list; "why" too short. Noted before: the newer reason holds. */
OUTCOME leave_out(struct ask *ask, const struct leaving *, enum exception_kind, const char *reason, struct id_list people);
OUTCOME leave_in(struct ask *ask, const struct leaving *,
	struct id_list people);        /* who was not left out stays as they are */

/* ---- the meeting, form CDHT-03 ---- */

struct meeting_new {
	int64_t round_id, commune_id;
	const char *held_on, *place, *number, *chair, *secretary;
	const char *attendees;           /* a line each: name, whom they stand for */
	const char *absent, *discussion;
	int64_t votes_for;               /* of those attending */
	int64_t left_out;                /* how many the officer saw left out: CONFLICT when it is another number by now */
};
/* Figures as they were on the day of the meeting. */
struct minutes { int64_t registered, submitted, assisted, reviewed, listed, not_met, short_total, short_each, attendees,
	votes_for; };
struct meeting { int64_t id, round_id, commune_id, version; const char *held_on, *place, *number, *chair, *secretary,
	*attendees, *absent, *discussion; struct minutes minutes;
	const char *began, *ended, *relatives, *copies; };       /* hours; who did not vote on a relative's sheet; all may be
		"" */
struct meeting_list { size_t n; const struct meeting *at; };
/* All reviewed sheets of the commune: those that pass are listed, the others not met, with what is missing as the reason, or with
 * the reason for which they were left out. */
OUTCOME meeting_hold(struct ask *ask, const struct meeting_new *, int64_t *id);
OUTCOME meeting_get(struct ask *ask, int64_t id, struct meeting *out);
/* Its words; the day and the figures stay as they were: as many people attended as are counted (problem of "attendees").
 * LIST_EDIT. */
OUTCOME meeting_change(struct ask *ask, const struct meeting *);
/* newest first, at most 50 */
OUTCOME meeting_list(struct ask *ask, int64_t round_id, int64_t commune_id, struct meeting_list *out);
/* Scores agreed otherwise than the person gave them, for the minutes: by name, CHANGED_PAGE a page. */
struct changed_line { int64_t person_id, id, indicator, was, became; const char *name, *birth, *reason; struct bytes name_key; };
struct changed_lines { size_t n; const struct changed_line *at; };
OUTCOME changed_scores(struct ask *ask, int64_t round_id, int64_t commune_id, const struct changed_line *after,
	struct changed_lines *out);

/* ---- posting, form CDHT-08 ---- */

struct posting { int64_t id, round_id, commune_id, version; const char *from_day, *until_day, *place; };
/* All listed ones but who refused to be posted. At least the round's number of working days. */
/* Not before the newest meeting was held; as many working days as the round asks for. May be typed in afterwards. */
OUTCOME posting_make(struct ask *ask, const struct posting *, int64_t *id);
OUTCOME posting_newest(struct ask *ask, int64_t round_id, int64_t commune_id, struct posting *out);      /* NOT_FOUND: none */
int working_days(const char *from, const char *until);           /* Monday to Friday, both ends counted; holidays are not known */

/* ---- objections, form CDHT-09 ---- */

enum objection_answer { OBJECTION_OPEN, OBJECTION_UPHELD, OBJECTION_REFUSED };
struct objection {
	int64_t id, round_id, commune_id, person_id, version;
	const char *by_name, *by_contact, *words, *received_on, *due_day, *answer_words, *answered_on;
	enum objection_answer answer;
	const char *person_name;         /* of whom it speaks */
};
struct objection_list { size_t n; const struct objection *at; };
struct objection_counts { int64_t all, open, upheld; };
/* About a sheet that is listed, posted, or not met (one left out objects too). due_day is set: OBJECTION_ANSWER_DAYS working
 * days. */
OUTCOME objection_receive(struct ask *ask, const struct objection *, int64_t *id);
/* Upheld: the sheet goes back to be reviewed again. Never by who scored it, never about one's own. */
OUTCOME objection_answer(struct ask *ask, int64_t id, int64_t version, enum objection_answer, const char *words);
OUTCOME objection_get(struct ask *ask, int64_t id, struct objection *out);
/* open first, at most 200 */
OUTCOME objection_list(struct ask *ask, int64_t round_id, int64_t commune_id, struct objection_list *out);
OUTCOME objection_count(struct ask *ask, int64_t round_id, int64_t commune_id, struct objection_counts *out);

/* ---- tờ trình, form CDHT-05 ---- */

struct proposal { int64_t id, round_id, commune_id, people, made_at, version; const char *number, *day, *signer; bool decided; };
struct leaving leaving_of(const struct proposal *);         /* the list that it is */
struct proposal_list { size_t n; const struct proposal *at; };
/* All posted ones once the posting is over, and listed ones who need none; whoever an open objection speaks of waits for the
 * next. */
OUTCOME proposal_make(struct ask *ask, const struct proposal *, int64_t *id);
OUTCOME proposal_get(struct ask *ask, int64_t id, struct proposal *out);
OUTCOME proposal_list(struct ask *ask, int64_t round_id, int64_t commune_id,
	struct proposal_list *out);         /* newest first, at most 50 */
struct appraisal_line {
	int64_t person_id, total, lowest;
	const char *name, *birth, *code, *group, *leaf_name, *national_id_end;
	enum sex sex;
	struct scores scores;
	enum sheet_state state;
	bool no_posting;
	struct bytes name_key;
};
struct appraisal_lines { size_t n; const struct appraisal_line *at; };
/* By name, `limit` (RECOGNITION_PAGE on pages, 1 … 2000 for papers) a page. */
OUTCOME proposal_people(struct ask *ask, const struct proposal *, const struct appraisal_line *after, int64_t limit,
	struct appraisal_lines *out);
/* The same of a commune's people in one state, before there is a tờ trình. */
OUTCOME listed_people(struct ask *ask, int64_t round_id, int64_t commune_id, enum sheet_state, const struct appraisal_line *after,
	int64_t limit, struct appraisal_lines *out);

/* ---- the decision, form CDHT-06 ---- */

struct decision {
	int64_t id, round_id, commune_id, proposal_id, people, not_met, made_at, version;
	bool revokes;
	const char *authority, *number, *day, *signer, *signer_role;
	int64_t authority_unit_id;
	bool has_file;
	struct hash file;                /* the signed one */
	const char *list_check;          /* read off the signed list and found the same; "": not compared */
};
struct decision_list { size_t n; const struct decision *at; };
/* All of the tờ trình but those left out (not met, or sent back to be reviewed again) are recognised, flagged by their scores,
 * and get a certificate valid to 31 December of year + title_years - 1. version: of the tờ trình. Who was withdrawn meanwhile is
 * passed over. */
OUTCOME decision_make(struct ask *ask, const struct decision *, int64_t *id);
/* Number, day or signer were typed wrong: the certificates follow. */
OUTCOME decision_correct(struct ask *ask, const struct decision *, const char *reason);
/* The check sum of a decision's list, 9 characters (people_stream.h says of what): printed under the list, draft or not. */
OUTCOME decision_list_check(struct ask *ask, const struct decision *, const char **out);
/* What our papers carry among their file's key words, before the check sum of their list: "ma-danh-sach=7K2M-9QXT-4" (a
 * colon or blank would be taken apart: LibreOffice makes two key words of it). */
#define LIST_CHECK_MARK "ma-danh-sach="
/* The check sum that a signed file carries so, 9 characters; "" when it carries none (a scan). */
const char *signed_list_check(struct arena *, struct bytes file);
/* The signed file, stored already (files_put); replaces an older one. list_check: as typed off the signed list; another than the
 * list's is a problem of that name. in_file: as the file carries it, counts where nothing was typed; another is a problem of
 * `file`. Both "": not compared. */
OUTCOME decision_attach(struct ask *ask, int64_t id, int64_t version, struct hash file, int64_t size, const char *type,
	const char *list_check, const char *in_file);
/* A decision of its own about one person: title and certificate end. */
OUTCOME decision_revoke(struct ask *ask, int64_t person_id, const struct decision *, const char *reason, int64_t *id);
OUTCOME decision_get(struct ask *ask, int64_t id, struct decision *out);
OUTCOME decision_list(struct ask *ask, int64_t round_id, int64_t commune_id,
	struct decision_list *out);         /* newest first, at most 50 */

/* ---- units that end ---- */

/* hooks->unit_succeeded: what is under way in rounds that are not locked goes on in the successor's name; decisions stay with
 * who took them. And its undoing: what the trail says that `from_id` made. */
OUTCOME recognition_succeed(struct ask *ask, int64_t from_id, int64_t to_id);
OUTCOME recognition_unsucceed(struct ask *ask, int64_t from_id, int64_t to_id);

#endif
