#include "tests/test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/shipped.h"
#include "figures/check/check.h"
#include "files/files.h"
#include "registry/people/people.h"
#include "registry/units/units.h"
#include "tests/world.h"
#include "title/transfers/boundaries.h"

static const char round_sql[] =
	"INSERT INTO criteria (id, code, release, title, document, published_at, made_at, version) VALUES (1, 'c', '1', '', '', 1, 0,"
	" 0) ON CONFLICT (id) DO NOTHING;"
	"INSERT INTO round (id, criteria_id, register_from, register_until, score_from, score_until, review_from, review_until, recognise_from,"
	" recognise_until, posting_days, title_years, locked, version) VALUES (2026, 1, '', '', '', '', '', '', '', '', 0, 1, 0, 0)";

static int64_t add(struct world *w, const char *name)
{
	struct person_new new = { .name = name, .birth = "1980-05-20", .national_id = "", .phone = "", .address = "",
		.household = "",
		.clan = "", .group = "nong_dan", .trained_on = "", .guardian = "", .sex = SEX_FEMALE, .leaf_id = w->hamlet,
		.hamlet_id = w->hamlet };
	int64_t id;

	CHECK_OUTCOME(OK, person_add(&w->ask, &new, &id));
	return id;
}

/* Two people, through the operations themselves: what they leave must agree. */
static void open_world(struct world *w)
{
	world_open(w);
	CHECK_OUTCOME(OK, db_script(w->db, round_sql, "check"));
	/* the world's own accounts have no trail */
	CHECK_OUTCOME(OK, db_script(w->db, "UPDATE account SET version = 0; DELETE FROM unique_key WHERE use = 1", "check"));
	w->ask.actor = &access_system;
	add(w, "Nguyễn Thị Lan");
	add(w, "Trần Thị Hoa");
}

static void check(struct world *w, struct check_report *report, bool deep)
{
	CHECK_OUTCOME(OK, check_all(&w->ask, deep, report));
}

static const struct check *named(const struct check_report *report, const char *name)
{
	for (size_t i = 0; i < report->n; i++)
		if (!strcmp(report->at[i].name, name))
			return &report->at[i];
	fail_msg("no check %s", name);
	return NULL;
}

/* After `sql` exactly the named check is wrong, and its first fault has the words. */
static void check_finds(const char *sql, const char *name, const char *words)
{
	struct world w;
	struct check_report report;
	const struct check *found;

	open_world(&w);
	CHECK_OUTCOME(OK, db_script(w.db, sql, "check"));
	check(&w, &report, false);
	found = named(&report, name);
	CHECK(found->wrong > 0);
	CHECK_HAS(found->faults[0], words);
	world_close(&w);
}

TEST(check, finds_nothing_where_nothing_is_wrong)
{
	struct world w;
	struct check_report report;

	open_world(&w);
	check(&w, &report, true);
	for (size_t i = 0; i < report.n; i++)
		if (report.at[i].wrong)
			fail_msg("%s: %s", report.at[i].name, report.at[i].faults[0]);
	CHECK_INT(2, named(&report, "standing")->looked);
	world_close(&w);
}

TEST(check, finds_a_counter_changed_by_hand)
{
	check_finds("UPDATE counter SET n = n + 1 WHERE unit_id = (SELECT max(leaf_id) FROM standing)", "counters",
		"ghi 3 người 0 điểm, đếm lại 2");
	check_finds("UPDATE counter SET s3 = 7", "counters", "tổng của từng chỉ số");
	check_finds("UPDATE counter_day SET n = 9", "counter_days", "nay 2 người, cuối ngày gần nhất 9");
	check_finds("DELETE FROM counter; DELETE FROM counter_day", "counters", "không nằm trong số đếm");
	check_finds("INSERT INTO target_counter SELECT 2026, unit_id, 4, 1, 5 FROM counter", "counters",
		"tử số của T4, đếm lại lệch -5");
	check_finds("UPDATE counter_sum SET n = n + 1", "counter_sums", "tổng ghi");
	check_finds("UPDATE counter_sum_day SET n = n + 1", "counter_sums", "cuối ngày gần nhất");
	check_finds("DELETE FROM counter_stamp", "counter_stamps", "chưa có");
}

TEST(check, finds_a_standing_row_that_is_not_its_persons)
{
	check_finds("UPDATE standing SET age_band = 1", "standing", "độ tuổi ghi 1, tính lại 3");
	check_finds("UPDATE standing SET state = 4", "standing", "trạng thái ghi 4, tính lại 0");
	check_finds("UPDATE standing SET flags = 32", "standing", "cờ danh hiệu ghi 32, tính lại 0");
	check_finds("UPDATE person SET household = 'Lan'; INSERT INTO learning_model SELECT 1, 2026, 3, max(leaf_id), '', '', '', 0, 1 FROM standing",
		"standing", "cờ mô hình học tập ghi 0, tính lại 8");
	check_finds("DELETE FROM standing", "standing_missing", "chưa có chỗ đứng trong năm 2026");
}

TEST(check, finds_a_missing_or_doubled_trail)
{
	check_finds("DELETE FROM audit WHERE subject = 'person'", "audit_person", "bản 1, nhật ký có 0 dòng");
	check_finds("UPDATE person SET version = 3", "audit_person", "bản 3, nhật ký có 1 dòng");
	check_finds("DELETE FROM audit WHERE subject = 'unit' AND subject_id = (SELECT max(leaf_id) FROM standing)",
		"audit_unit", "đơn vị");
	check_finds("INSERT INTO population (round_id, unit_id, adults, source, as_of, version) VALUES (2026, 5, 1, '', '', 1)",
		"audit_population", "dân số của đơn vị 5");
}

TEST(check, finds_units_that_overlap_and_keys_of_nobody)
{
	check_finds("INSERT INTO unit_version SELECT unit_id, '2026-01-01', '9999-12-31', 'X', name, kind, parent_id, folded, name_key FROM"
		" unit_version WHERE unit_id = (SELECT max(leaf_id) FROM standing)", "unit_versions", "không nối bản trước");
	check_finds("INSERT INTO unique_key (use, value, owner_id) VALUES (3, CAST('01' AS BLOB), 12345)", "unique_keys", "12345");
}

TEST(check, finds_a_hole_in_the_book)
{
	check_finds("INSERT INTO certificate (person_id, id, round_id, decision_id, decision_number, decision_day, authority, authority_unit_id,"
		" place, signer, signer_role, book_number, code, name, birth, home, valid_until, condition, replaced_by, revoked_reason, made_at,"
		" version, ended_on) SELECT id, 9, 2026, 1, '', '', '', 7, '', '', '', 2, '', '', '', '', '', 2, 0, '', 0, 0, '' FROM person LIMIT 1;"
		"INSERT INTO certificate_book VALUES (7, 2026, 3)", "certificate_books", "1 số, từ 2 tới 2");
}

TEST(check, finds_a_file_that_is_gone_or_not_itself)
{
	char folder[] = "/tmp/hoctap-check-XXXXXX";
	struct check_report report;
	struct files *files;
	struct hash name;
	struct world w;
	const char *path;

	CHECK(mkdtemp(folder) != NULL);
	open_world(&w);
	path = arena_format(w.arena, "%s/files", folder);
	CHECK_OUTCOME(OK, files_open(path, &files));
	CHECK_OUTCOME(OK, files_put(files, (struct bytes){ "tám điểm", 11 }, &name));
	w.ask.files = files;
	CHECK_OUTCOME(OK, db_script(w.db, arena_format(w.arena,
		"INSERT INTO stored_file (content_hash, size, type, made_at, refs, free_since)"
		" VALUES (%s, 11, 'text/plain', 0, 1, 0)", store_blob(w.db, w.arena, hash_hex(w.arena, name))), "check"));
	check(&w, &report, true);
	CHECK_INT(1, named(&report, "files")->looked);
	CHECK_INT(0, named(&report, "files")->wrong);
	CHECK_OUTCOME(OK, db_script(w.db, "UPDATE stored_file SET size = 10", "check"));
	check(&w, &report, false);
	CHECK_HAS(named(&report, "files")->faults[0], "dài 11 byte, ghi 10");
	CHECK_OUTCOME(OK, files_remove(files, name));
	check(&w, &report, false);
	CHECK_HAS(named(&report, "files")->faults[0], "không có trong kho");
	files_close(files);
	CHECK_INT(0, system(arena_format(w.arena, "rm -r %s", folder)));
	world_close(&w);
}

TEST(check, a_recount_says_what_the_counters_say)
{
	struct world w;
	struct id_list units;
	struct figure_counts now, again;

	open_world(&w);
	CHECK_OUTCOME(OK, figures_units(&w.ask, 2026, w.province, &units));
	CHECK_OUTCOME(OK, figures_of_unit(&w.ask, 2026, w.province, "", &now));
	CHECK_OUTCOME(OK, check_recount(&w.ask, 2026, &units, &again));
	CHECK(!memcmp(&now, &again, sizeof now));
	CHECK_INT(2, again.people);
	world_close(&w);
}

/* ---- restated in today's units ---- */

static int64_t in_scope(struct world *w, const struct scope *scope, const char *code)
{
	for (size_t i = 0; i < scope->n_children; i++)
		if (!strcmp(scope->children[i].unit.code, code)) {
			struct figure_parts parts;

			CHECK_OUTCOME(OK, figures_in(&w->ask, 2026, &scope->children[i].counted.units, "", "", &parts));
			return parts.n ? parts.at[0].counts.people : 0;
		}
	return -1;
}

TEST(check, a_hamlet_of_a_merged_commune_is_restated_and_one_of_a_divided_commune_waits)
{
	struct world w;
	struct unit province, unit;
	struct scope scope;

	open_world(&w);
	CHECK_OUTCOME(OK, tree_get(&w.ask, w.province, WORLD_TODAY, &province));
	CHECK_OUTCOME(OK, scope_in(&w.ask, 2026, &province, BOUNDARIES_NOW, "", &scope));
	CHECK_INT(2, in_scope(&w, &scope, "27937"));
	/* a year later the commune is one with the other */
	w.ask.now = day_start("2027-08-01");
	CHECK_OUTCOME(OK, tree_get(&w.ask, w.commune, WORLD_TODAY, &unit));
	CHECK_OUTCOME(OK, tree_end(&w.ask, w.commune, unit.version, "2027-07-01"));
	CHECK_OUTCOME(OK, tree_add_edge(&w.ask, w.commune, w.other_commune, "2027-07-01"));
	CHECK_OUTCOME(OK, scope_in(&w.ask, 2026, &province, BOUNDARIES_NOW, "", &scope));
	CHECK_INT(2, in_scope(&w, &scope, "25645"));
	CHECK_INT(-1, in_scope(&w, &scope, ""));
	CHECK_OUTCOME(OK, scope_own(&w.ask, 2026, &province, &scope));
	CHECK_INT(2, in_scope(&w, &scope, "27937"));
	/* had it been divided, nobody knows yet */
	CHECK_OUTCOME(OK, tree_add_edge(&w.ask, w.commune, w.province, "2027-07-01"));
	CHECK_OUTCOME(OK, scope_in(&w.ask, 2026, &province, BOUNDARIES_NOW, "", &scope));
	CHECK_INT(0, in_scope(&w, &scope, "25645"));
	CHECK_INT(2, in_scope(&w, &scope, ""));
	world_close(&w);
}
