#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "figures/reports/reports.h"
#include "figures/reports/reports_cli.h"
#include "figures/reports/reports_paper.h"
#include "tests/world.h"

/* An invented person of a leaf, whose sheet of the world's round stands in a state, every indicator at 8 but the sixth at 7. */
static void add_sheet(struct world *w, int64_t id, int64_t leaf, int64_t commune, const char *birth, int sex, const char *group,
	enum sheet_state state)
{
	struct standing before, after;

	CHECK_OUTCOME(OK, db_script(w->db, arena_format(w->arena,
		"INSERT INTO person (id, name, folded, name_key, birth, sex, national_id, national_id_end, phone, address, leaf_id, hamlet_id,"
		" organisation_id, commune_id, province_id, household, clan, group_code, member, trained_on, guardian, condition, merged_into,"
		" made_at, version) VALUES (%lld, 'Người %lld', 'nguoi', CAST('%04llx' AS BLOB), '%s', %d, NULL, '', '', '', %lld, %lld, 0, %lld, %lld, '',"
		" '', '%s', 1, '', '', 1, 0, 0, 1)", (long long)id, (long long)id, (long long)id, birth, sex, (long long)leaf,
		(long long)leaf, (long long)commune, (long long)w->province, group), "reports"));
	CHECK_OUTCOME(OK, standing_person_changed(&w->ask, id));
	CHECK_OUTCOME(OK, standing_get(&w->ask, id, w->round, &before));
	after = before;
	after.state = state;
	if (sheet_is_submitted(state))
		CHECK(scores_read("[8,8,8,8,8,7,8,8,8,8]", &after.scores));
	CHECK_OUTCOME(OK, standing_change(&w->ask, &before, &after));
}

/* Seven people in two communes: 5 registered, 4 submitted, 2 recognised. */
static void fill(struct world *w)
{
	world_round(w);
	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, setting_set(&w->ask, "province", "80"));
	add_sheet(w, 501, w->hamlet, w->commune, "1960", 2, "nong_dan", SHEET_RECOGNISED);
	add_sheet(w, 502, w->hamlet, w->commune, "1980", 1, "nong_dan", SHEET_RECOGNISED);
	add_sheet(w, 503, w->hamlet, w->commune, "1990", 2, "vien_chuc", SHEET_SUBMITTED);
	add_sheet(w, 504, w->hamlet, w->commune, "2009", 2, "nguoi_hoc", SHEET_REVIEWED);
	add_sheet(w, 505, w->other_hamlet, w->other_commune, "1955", 1, "nguoi_cao_tuoi", SHEET_DRAFT);
	add_sheet(w, 506, w->other_hamlet, w->other_commune, "1985", 1, "nong_dan", SHEET_NONE);
	add_sheet(w, 507, w->other_hamlet, w->other_commune, "1985", 2, "nong_dan", SHEET_WITHDRAWN);
}

static const char *rendered(struct world *w, const struct report *report, enum document_format format)
{
	struct buf out = BUF(w->arena, .max = 8 * MiB);

	CHECK_OUTCOME(OK, document_render(report_paper(&w->ask, report), format, sink_buf(&out)));
	return buf_cstr(&out);
}

TEST(reports, totals_are_those_of_the_counters)
{
	struct world w;
	struct report r;
	struct figure_counts counts;
	int64_t registered = 0, submitted = 0, recognised = 0, in_groups = 0;

	world_open(&w);
	fill(&w);
	CHECK_OUTCOME(OK, report_result(&w.ask, &(struct report_asked){ w.round, w.province, REPORT_YEAR, BOUNDARIES_OWN, "" },
		&r));
	CHECK_OUTCOME(OK, figures_of_unit(&w.ask, w.round, w.province, "", &counts));
	CHECK_INT(2, r.n_lines);
	for (size_t i = 0; i < r.n_lines; i++) {
		registered += r.lines[i].registered;
		submitted += r.lines[i].submitted;
		recognised += r.lines[i].recognised;
	}
	for (size_t i = 0; i < r.n_groups; i++)
		in_groups += r.groups[i].registered;
	CHECK_INT(5, counts.registered);
	CHECK_INT(counts.registered, registered);
	CHECK_INT(counts.registered, r.total.registered);
	CHECK_INT(counts.registered, in_groups);
	CHECK_INT(counts.submitted, submitted);
	CHECK_INT(counts.recognised, recognised);
	CHECK_INT(counts.recognised, r.all.recognised);
	CHECK(!r.total.adults.is && !r.total.recognised_before.is);
	world_close(&w);
}

TEST(reports, women_elders_mean_and_lowest_indicator_by_group)
{
	struct world w;
	struct report r;

	world_open(&w);
	fill(&w);
	CHECK_OUTCOME(OK, report_result(&w.ask, &(struct report_asked){ w.round, w.commune, REPORT_YEAR, BOUNDARIES_OWN, "" },
		&r));
	CHECK_TEXT("Nông dân", r.groups[0].title);               /* in the order people know */
	CHECK_INT(2, r.groups[0].recognised);
	CHECK_INT(1, r.groups[0].women);
	CHECK_INT(1, r.groups[0].elders);
	CHECK_INT(790, r.groups[0].mean.value);
	CHECK_TEXT("Chỉ số 6", r.groups[0].lowest);
	CHECK_TEXT("Chỉ số 6", r.all.lowest);
	CHECK_INT(1, r.young_submitted);
	world_close(&w);
}

TEST(reports, csv_has_every_unit_and_the_counters_totals)
{
	struct world w;
	struct report r;
	const char *csv;

	world_open(&w);
	fill(&w);
	CHECK_OUTCOME(OK, report_result(&w.ask, &(struct report_asked){ w.round, w.province, REPORT_YEAR, BOUNDARIES_OWN, "" },
		&r));
	csv = rendered(&w, &r, DOCUMENT_CSV);
	CHECK_HAS(csv, "Phường Hoà Thành");
	CHECK_HAS(csv, "Xã Đức Hoà");
	CHECK_HAS(csv, "Cộng,chưa có,5,4,2,");
	CHECK_HAS(csv, "chưa có");
	world_close(&w);
}

TEST(reports, a_day_before_anything_happened_counts_nobody)
{
	struct world w;
	struct report r;

	world_open(&w);
	fill(&w);
	CHECK_OUTCOME(OK, report_result(&w.ask, &(struct report_asked){ w.round, w.province, REPORT_HALF, BOUNDARIES_OWN, "" },
		&r));
	CHECK_TEXT("2026-06-30", r.as_of);
	CHECK_INT(0, r.total.registered);
	CHECK_OUTCOME(INVALID, report_result(&w.ask, &(struct report_asked){ w.round, w.province, REPORT_YEAR, BOUNDARIES_OWN,
		"2026-11-25" }, &r));
	CHECK_PROBLEM(&w, "as_of");
	world_again(&w);
	CHECK_OUTCOME(INVALID, report_result(&w.ask, &(struct report_asked){ w.round, w.province, REPORT_YEAR, BOUNDARIES_OWN,
		"2025-12-31" }, &r));
	CHECK_PROBLEM(&w, "as_of");
	CHECK_TEXT("2023-02-28", day_year_before(w.arena, "2024-02-29"));
	world_close(&w);
}

TEST(reports, another_communes_officer_may_not)
{
	struct world w;
	struct report r;

	world_open(&w);
	fill(&w);
	world_as(&w, ROLE_COMMUNE, w.other_commune);
	CHECK_OUTCOME(FORBIDDEN, report_result(&w.ask, &(struct report_asked){ w.round, w.commune, REPORT_YEAR, BOUNDARIES_OWN,
		"" }, &r));
	CHECK_OUTCOME(OK, report_result(&w.ask, &(struct report_asked){ w.round, w.other_commune, REPORT_YEAR, BOUNDARIES_OWN,
		"" }, &r));
	world_close(&w);
}

/* What pdftotext reads; "" where the tool is not installed. */
static const char *text_of_pdf(struct world *w, const char *path)
{
	struct buf out = BUF(w->arena);
	FILE *tool = popen(arena_format(w->arena, "pdftotext -layout %s - 2>/dev/null", path), "r");
	char part[4096];
	size_t n;

	CHECK(tool != NULL);
	while ((n = fread(part, 1, sizeof part, tool)) > 0)
		buf_add(&out, part, n);
	pclose(tool);
	return buf_cstr(&out);
}

TEST(reports, the_command_writes_a_pdf_that_names_the_communes)
{
	struct world w;
	struct report_args args = { .name = "result", .unit_code = "80", .as_of = "", .format = "pdf" };
	char path[] = "/tmp/hoctap-report-XXXXXX";
	const char *text;
	int fd = mkstemp(path);

	CHECK(fd >= 0);
	world_open(&w);
	fill(&w);
	CHECK_OUTCOME(OK, reports_cli_write(&w.ask, &args, fd));
	close(fd);
	text = text_of_pdf(&w, path);
	unlink(path);
	if (*text) {
		CHECK_HAS(text, "Xã Đức Hoà");
		CHECK_HAS(text, "Phường Hoà Thành");
		CHECK_HAS(text, "HỘI KHUYẾN HỌC VIỆT NAM");
		CHECK_HAS(text, "Bảng 3. Chỉ tiêu T1 đến T5");
	}
	args = (struct report_args){ .name = "khac", .unit_code = "99999", .round_id = 1999, .as_of = "", .format = "exe" };
	CHECK_OUTCOME(INVALID, reports_cli_write(&w.ask, &args, -1));
	CHECK_PROBLEM(&w, "name");
	CHECK_PROBLEM(&w, "unit");
	CHECK_PROBLEM(&w, "round");
	CHECK_PROBLEM(&w, "format");
	world_close(&w);
}

/* ---- pages ---- */

TEST(reports, a_report_is_chosen_and_taken_in_four_kinds)
{
	static const char *const kinds[] = { "pdf", "docx", "xlsx", "csv" };
	struct world w;
	struct reply reply;

	world_serve(&w);
	world_get(&w, ROLE_PROVINCE, "/bao-cao", &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Chưa có đợt nào");
	fill(&w);
	world_get(&w, ROLE_PROVINCE, "/bao-cao", &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Phường Hoà Thành");
	CHECK_HAS(reply_text(&w, &reply), "/docx?");
	for (size_t i = 0; i < COUNT(kinds); i++) {
		world_get(&w, ROLE_PROVINCE, arena_format(w.arena, "/bao-cao/%lld/%s?dot=2026", (long long)w.province, kinds[i]), &reply);
		CHECK_INT(200, reply.status);
		CHECK(reply.body.len > 300);
	}
	world_get(&w, ROLE_COMMUNE, arena_format(w.arena, "/bao-cao/%lld/csv", (long long)w.other_commune), &reply);
	CHECK_INT(403, reply.status);
	world_get(&w, ROLE_PROVINCE, "/bao-cao?as_of=24%2F11%2F2027", &reply);
	CHECK_INT(422, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "24/11/2027");
	CHECK_HAS(reply_text(&w, &reply), "Số liệu chỉ có đến hôm nay");
	world_close(&w);
}
