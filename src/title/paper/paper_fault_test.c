/* Each operation of this feature that writes, with a fault at every place: all of it, or nothing. */
#include "tests/test.h"

#include <string.h>

#include "base/buf.h"
#include "db/db.h"
#include "registry/audit/audit.h"
#include "tests/framework.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/criteria/criteria.h"
#include "title/paper/forms.h"
#include "title/paper/paper.h"

enum { INDICATORS = 12 };

struct way { struct world *w; int64_t an, binh; const char *ticket; };

static struct sheet_key key_of(const struct way *way, int64_t person)
{
	return (struct sheet_key){ person, way->w->round };
}

/* What may have changed: sheets, codes under the last ticket, replaced forms, and the audit of all of them. */
static const char *seen(const struct way *way)
{
	struct world *w = way->w;
	const int64_t people[] = { way->an, way->binh };
	struct figure_counts counts;
	struct audit_list trail;
	struct replaced_forms forms;
	struct paper_codes codes;
	struct buf out = BUF(w->arena);

	for (size_t i = 0; i < COUNT(people); i++) {
		struct sheet s = year_sheet(w, people[i]);

		CHECK_OUTCOME(OK, audit_of_person(&w->ask, people[i], NULL, &trail));
		buf_format(&out, "%d/%lld/%lld/%s/%s/%zu ", (int)s.state, (long long)s.version, (long long)scores_total(&s.self),
			s.helper, s.remark, trail.n);
	}
	CHECK_OUTCOME(OK, figures_of_unit(&w->ask, w->round, w->hamlet, "", &counts));
	buf_format(&out, "| %lld %lld %lld", (long long)counts.states[SHEET_REGISTERED], (long long)counts.states[SHEET_DRAFT],
		(long long)counts.states[SHEET_SUBMITTED]);
	world_as(w, ROLE_BRANCH, w->hamlet);
	CHECK_OUTCOME(OK, paper_codes_again(&w->ask, w->hamlet, 0, way->ticket, &codes));
	CHECK_OUTCOME(OK, forms_replaced(&w->ask, w->province, &forms));
	CHECK_OUTCOME(OK, audit_of_subject(&w->ask, "paper_form", w->province, &trail));
	buf_format(&out, "| %zu codes | %zu forms, %zu rows", codes.n, forms.n, trail.n);
	for (size_t i = 0; i < forms.n; i++)
		buf_format(&out, " %s %s %lld", forms.at[i].paper, forms.at[i].name, (long long)forms.at[i].version);
	return buf_cstr(&out);
}

/* ---- the operations ---- */

static enum outcome type(struct way *way, int64_t person, int64_t version, bool submit)
{
	struct paper_typed t = { .key = key_of(way, person), .version = version, .remark = "Tôi đồng ý", .helper = "Bà Ba nhập",
		.consent = 1, .submit = submit };

	world_as(way->w, ROLE_BRANCH, way->w->hamlet);
	CHECK(scores_read(framework_scores(way->w->arena, INDICATORS, 8), &t.scores));
	return paper_type(&way->w->ask, &t);
}

static enum outcome do_typed(struct way *way) { return type(way, way->an, 1, false); }
static enum outcome do_typed_and_handed_in(struct way *way) { return type(way, way->binh, 1, true); }

static enum outcome do_codes(struct way *way)
{
	world_as(way->w, ROLE_BRANCH, way->w->hamlet);
	return paper_codes_make(&way->w->ask, way->w->hamlet, 0, &way->ticket);
}

static enum outcome form(struct way *way, int64_t version, const char *name)
{
	world_as(way->w, ROLE_PROVINCE, way->w->province);
	return form_replace(&way->w->ask, way->w->province, version, "bien-ban", name, (struct bytes){ "pieces", 6 });
}

static enum outcome do_form(struct way *way) { return form(way, 0, "Biên bản của tỉnh.docx"); }
static enum outcome do_form_again(struct way *way) { return form(way, 1, "Biên bản, bản hai.docx"); }

static enum outcome do_form_restored(struct way *way)
{
	world_as(way->w, ROLE_PROVINCE, way->w->province);
	return form_restore(&way->w->ask, way->w->province, 2, "bien-ban");
}

TEST(paper, what_fails_anywhere_leaves_nothing_behind)
{
	static enum outcome (*const steps[])(struct way *) = { do_typed, do_typed_and_handed_in, do_codes, do_form, do_form_again,
		do_form_restored };
	static const struct sheet_help help = { "Bà Ba", "Nói đồng ý" };
	struct world w;
	struct way way = { .w = &w, .ticket = "none" };

	world_open(&w);
	framework_round(&w, 6, 6, 10, "Trong năm tôi học thêm điều mới");
	w.ask.criteria = criteria_cache_new();           /* parsed once: some hundred tries share the world's memory */
	way.an = year_person(&w, "Nguyễn Thị An", w.hamlet);
	way.binh = year_person(&w, "Trần Thị Bình", w.hamlet);
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(OK, sheet_register(&w.ask, key_of(&way, way.an), "nong_dan", "", false, &help));
	CHECK_OUTCOME(OK, sheet_register(&w.ask, key_of(&way, way.binh), "nong_dan", "", false, &help));
	for (size_t i = 0; i < COUNT(steps); i++) {
		const char *before = seen(&way);
		enum outcome done = FAILED;
		int64_t at = 0;

		while (done != OK) {
			world_again(&w);
			db_fail_at(w.db, ++at);
			done = steps[i](&way);
			if (db_fail_at(w.db, 0) > 0)
				CHECK_OUTCOME(OK, done);
			else
				CHECK_OUTCOME(FAILED, done);
			if (done != OK)
				CHECK_TEXT(before, seen(&way));
		}
		CHECK(at > 4);
		CHECK(strcmp(before, seen(&way)) != 0);
	}
	CHECK_INT(SHEET_SUBMITTED, year_sheet(&w, way.binh).state);
	CHECK_INT(INDICATORS * 8, scores_total(&(struct scores[]){ year_sheet(&w, way.binh).self }[0]));
	criteria_cache_free((struct criteria_cache *)w.ask.criteria);
	world_close(&w);
}
