#include "tests/test.h"

#include <string.h>

#include "figures/dashboards/dashboards.h"
#include "registry/audit/audit.h"
#include "registry/units/units.h"
#include "tests/world.h"

static void add_sheet(struct world *w, int64_t id, int64_t leaf, int64_t commune, enum sheet_state state)
{
	struct standing before, after;

	CHECK_OUTCOME(OK, db_script(w->db, arena_format(w->arena,
		"INSERT INTO person (id, name, folded, name_key, birth, sex, national_id, national_id_end, phone, address, leaf_id, hamlet_id,"
		" organisation_id, commune_id, province_id, household, clan, group_code, member, trained_on, guardian, condition, merged_into,"
		" made_at, version) VALUES (%lld, 'Người %lld', 'nguoi', CAST('%04llx' AS BLOB), '%s', %d, NULL, '', '', '', %lld, %lld, 0, %lld, %lld, '',"
		" '', '%s', 1, '', '', 1, 0, 0, 1)", (long long)id, (long long)id, (long long)id, id % 3 ? "1980" : "1955",
		(int)(id % 2) + 1, (long long)leaf, (long long)leaf, (long long)commune, (long long)w->province,
		id % 2 ? "nong_dan" : "vien_chuc"), "dashboards"));
	CHECK_OUTCOME(OK, standing_person_changed(&w->ask, id));
	CHECK_OUTCOME(OK, standing_get(&w->ask, id, w->round, &before));
	after = before;
	after.state = state;
	CHECK_OUTCOME(OK, standing_change(&w->ask, &before, &after));
}

/* 8 people registered in one commune, of whom 6 submitted and 5 are recognised; 3 in the other. */
static void fill(struct world *w)
{
	static const enum sheet_state states[] = { SHEET_RECOGNISED, SHEET_RECOGNISED, SHEET_RECOGNISED, SHEET_RECOGNISED,
		SHEET_RECOGNISED,
		SHEET_SUBMITTED, SHEET_DRAFT, SHEET_RETURNED, SHEET_NONE };

	world_round(w);
	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, setting_set(&w->ask, "province", "80"));
	for (size_t i = 0; i < COUNT(states); i++)
		add_sheet(w, 501 + (int64_t)i, w->hamlet, w->commune, states[i]);
	for (int64_t id = 601; id <= 603; id++)
		add_sheet(w, id, w->other_hamlet, w->other_commune, SHEET_DRAFT);
}

static const char *path(struct world *w, const char *format, int64_t unit)
{
	return arena_format(w->arena, "/so-lieu/%lld%s", (long long)unit, format);
}

/* ---- rules ---- */

TEST(dashboards, a_small_cell_is_hidden_and_so_is_the_one_that_would_tell_it)
{
	static const struct { int64_t cells[4]; bool hidden[4]; } rows[] = {
		{ { 10, 20, 30, 0 }, { false, false, false, false } },
		{ { 3, 20, 30, 0 }, { true, true, false, false } },      /* the total would tell a lone one */
		{ { 3, 4, 30, 5 }, { true, true, false, false } },
		{ { 1, 0, 0, 0 }, { true, false, false, false } },
		{ { 5, 0, 0, 4 }, { true, false, false, true } },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		bool hidden[4];

		results_hide(rows[i].cells, 4, hidden);
		for (size_t k = 0; k < 4; k++)
			CHECK_INT(rows[i].hidden[k], hidden[k]);
	}
}

TEST(dashboards, each_figure_has_its_word_and_its_states)
{
	for (size_t i = 0; i < figure_words_n; i++)
		CHECK(figure_word_of(figure_words[i].states) == &figure_words[i]);
	for (int i = 0; i < SHEET_STATE_N; i++) {
		unsigned bit = 1u << i;

		CHECK(figure_word_of(bit) != NULL);
		CHECK_INT(sheet_is_registered((enum sheet_state)i), (figure_words[1].states & bit) != 0);
		CHECK_INT(sheet_is_submitted((enum sheet_state)i), (figure_words[2].states & bit) != 0);
	}
}

/* ---- figures ---- */

TEST(dashboards, parts_add_up_to_the_whole)
{
	struct world w;
	struct dashboard d;
	struct figure_counts counts;
	int64_t registered = 0, in_groups = 0;

	world_open(&w);
	fill(&w);
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(OK, dashboard_get(&w.ask, 0, w.province, BOUNDARIES_OWN, &d));
	CHECK_OUTCOME(OK, figures_of_unit(&w.ask, w.round, w.province, "", &counts));
	for (size_t i = 0; i < d.children.n; i++)
		registered += d.children.at[i].counts.registered;
	for (size_t i = 0; i < d.crowds.n; i++)
		in_groups += d.crowds.groups[i].crowd.all.registered;
	CHECK_INT(11, counts.registered);
	CHECK_INT(counts.registered, d.crowds.whole.all.registered);
	CHECK_INT(counts.registered, registered);
	CHECK_INT(counts.registered, in_groups);
	CHECK_INT(12, d.crowds.whole.adults);
	CHECK_INT(counts.registered, d.years[0].registered);
	CHECK_TEXT(WORLD_TODAY, d.cut_off);
	world_as(&w, ROLE_COMMUNE, w.other_commune);
	CHECK_OUTCOME(FORBIDDEN, dashboard_get(&w.ask, 0, w.commune, BOUNDARIES_OWN, &d));
	world_close(&w);
}

static int64_t statements_of(struct world *w, int64_t unit)
{
	struct db_counts before = db_counts(w->db);
	struct dashboard d;

	CHECK_OUTCOME(OK, dashboard_get(&w->ask, 0, unit, BOUNDARIES_OWN, &d));
	return db_counts(w->db).statements - before.statements;
}

static int64_t public_statements(struct world *w)
{
	struct db_counts before = db_counts(w->db);
	struct results r;

	CHECK_OUTCOME(OK, results_get(&w->ask, 0, &r));
	return db_counts(w->db).statements - before.statements;
}

TEST(dashboards, statements_of_a_page_grow_neither_with_communes_nor_with_people)
{
	struct world w;
	struct buf csv;
	struct import_counts c;
	int64_t few, few_public;

	world_open(&w);
	fill(&w);
	few = statements_of(&w, w.province);
	few_public = public_statements(&w);
	csv = BUF(w.arena);
	buf_text(&csv,
		"code,name,kind,parent_code\n80,Tỉnh Tây Ninh,Tỉnh,\n27937,Xã Đức Hoà,Xã,80\n25645,Phường Hoà Thành,Phường,80\n");
	for (int i = 0; i < 90; i++)
		buf_format(&csv, "%d,Xã Thứ %d,Xã,80\n", 30000 + i, i);
	CHECK_OUTCOME(OK, units_import_state(&w.ask, buf_bytes(&csv), "2025-08-01", DAY_OPEN, &c));
	CHECK_INT(90, c.added);
	for (int64_t id = 701; id <= 760; id++)
		add_sheet(&w, id, w.hamlet, w.commune, SHEET_SUBMITTED);
	CHECK(few > 0 && few < 40);
	CHECK_INT(few, statements_of(&w, w.province));
	CHECK_INT(few_public, public_statements(&w));
	world_close(&w);
}

/* ---- pages ---- */

TEST(dashboards, the_home_page_speaks_to_who_comes)
{
	struct world w;
	struct reply reply;

	world_serve(&w);
	world_get(&w, ROLES, "/", &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Chưa có số liệu: chưa mở đợt nào");
	fill(&w);
	world_get(&w, ROLES, "/", &reply);
	CHECK_HAS(reply_text(&w, &reply), "nhận phiếu đến hết ngày 30/11/2026, còn 6 ngày");
	CHECK_HAS(reply_text(&w, &reply), "href=\"/ket-qua\"");
	CHECK_HAS(reply_text(&w, &reply), "data-chart=\"map\"");
	world_get(&w, ROLE_CITIZEN, "/", &reply);
	CHECK_HAS(reply_text(&w, &reply), "Việc của tôi");
	CHECK_HAS(reply_text(&w, &reply), "href=\"/phieu\"");
	world_get(&w, ROLE_COMMUNE, "/", &reply);
	CHECK_HAS(reply_text(&w, &reply), "href=\"/so-lieu\"");
	CHECK_HAS(reply_text(&w, &reply), "Số liệu Xã Đức Hoà");
	world_close(&w);
}

TEST(dashboards, each_level_shows_its_own_and_every_figure_opens_its_list)
{
	struct world w;
	struct reply reply;
	const char *text;

	world_serve(&w);
	fill(&w);
	world_get(&w, ROLE_COMMUNE, "/so-lieu", &reply);
	CHECK_INT(303, reply.status);
	CHECK_TEXT(path(&w, "", w.commune), reply.location);
	world_get(&w, ROLE_COMMUNE, path(&w, "", w.commune), &reply);
	CHECK_INT(200, reply.status);
	text = reply_text(&w, &reply);
	CHECK_HAS(text, "Số liệu đến hết ngày 24/11/2026");
	CHECK_HAS(text, path(&w, "/danh-sach?dot=2026&amp;tt=dang-ky\">8</a>", w.commune));
	CHECK_HAS(text, path(&w, "/danh-sach?dot=2026&amp;tt=bo-sung\">1</a>", w.commune));
	CHECK_HAS(text, "Ấp Bình Hoà");
	CHECK_HAS(text, "chưa có số liệu");                       /* the school has nobody */
	world_get(&w, ROLE_COMMUNE, path(&w, "/danh-sach?dot=2026&tt=bo-sung", w.commune), &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Người 508");
	CHECK(!strstr(reply_text(&w, &reply), "Người 501"));
	world_get(&w, ROLE_COMMUNE, path(&w, "", w.other_commune), &reply);
	CHECK_INT(403, reply.status);
	world_get(&w, ROLE_COMMUNE, path(&w, "/danh-sach", w.other_commune), &reply);
	CHECK_INT(403, reply.status);
	world_get(&w, ROLE_BRANCH, path(&w, "", w.hamlet), &reply);
	CHECK_INT(200, reply.status);
	world_get(&w, ROLE_PROVINCE, path(&w, "", w.province), &reply);
	CHECK_HAS(reply_text(&w, &reply), "data-chart=\"map\"");
	world_close(&w);
}

TEST(dashboards, a_table_is_sorted_by_links_both_ways)
{
	struct world w;
	struct reply reply;
	const char *text;

	world_serve(&w);
	fill(&w);
	world_get(&w, ROLE_PROVINCE, path(&w, "?xep=dk", w.province), &reply);
	text = reply_text(&w, &reply);
	CHECK_HAS(text, "aria-sort=\"descending\"");
	CHECK(strstr(text, "<tr data-code=\"27937\">") < strstr(text, "<tr data-code=\"25645\">"));
	world_get(&w, ROLE_PROVINCE, path(&w, "?xep=dk&nguoc=1", w.province), &reply);
	text = reply_text(&w, &reply);
	CHECK_HAS(text, "aria-sort=\"ascending\"");
	CHECK(strstr(text, "<tr data-code=\"27937\">") > strstr(text, "<tr data-code=\"25645\">"));
	world_close(&w);
}

TEST(dashboards, the_public_sees_communes_without_small_cells_or_names)
{
	struct world w;
	struct reply reply;
	const char *text;

	world_serve(&w);
	fill(&w);
	world_get(&w, ROLES, "/ket-qua", &reply);
	CHECK_INT(200, reply.status);
	text = reply_text(&w, &reply);
	CHECK_HAS(text, "Xã Đức Hoà");
	CHECK_HAS(text, "data-label=\"Đăng ký\">ẩn</td>");
	CHECK(!strstr(text, "data-label=\"Đăng ký\">3</td>"));
	CHECK(!strstr(text, "Người 5"));
	world_get(&w, ROLES, "/ket-qua/tai/csv", &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "ẩn");
	CHECK_HAS(reply_text(&w, &reply), "Xã Đức Hoà");
	world_get(&w, ROLES, "/ket-qua/tai/xlsx", &reply);
	CHECK_INT(200, reply.status);
	world_get(&w, ROLES, "/ket-qua?dot=2021", &reply);
	CHECK_INT(404, reply.status);
	world_close(&w);
}

TEST(dashboards, a_file_is_written_down_before_it_is_taken)
{
	struct world w;
	struct reply reply, file;
	const char *export;

	world_serve(&w);
	fill(&w);
	export = arena_format(w.arena, "/so-lieu/%lld/tai", (long long)w.commune);
	world_get(&w, ROLE_COMMUNE, path(&w, "/danh-sach", w.commune), &reply);
	world_post(&w, ROLE_COMMUNE, export, "dot=2026&phan=danh-sach&tt=dang-ky", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_COMMUNE, reply.location, &file);
	CHECK_INT(200, file.status);
	CHECK(file.body.len > 1000);
	world_get(&w, ROLE_BRANCH, reply.location, &file);       /* somebody else's */
	CHECK_INT(403, file.status);
	world_get(&w, ROLE_COMMUNE, path(&w, "/danh-sach", w.commune), &reply);
	world_post(&w, ROLE_COMMUNE, export, "dot=2026&phan=so-lieu", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_COMMUNE, reply.location, &file);
	CHECK_INT(200, file.status);
	world_post(&w, ROLE_COMMUNE, path(&w, "/tai", w.other_commune), "dot=2026&phan=danh-sach&tt=dang-ky", &reply);
	CHECK_INT(403, reply.status);
	world_post(&w, ROLE_COMMUNE, export, "dot=2026&phan=khac", &reply);
	CHECK_INT(422, reply.status);
	world_get(&w, ROLE_PROVINCE, path(&w, "", w.province), &reply);
	world_post(&w, ROLE_PROVINCE, path(&w, "/tai", w.province), "dot=2026&phan=danh-sach", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_PROVINCE, reply.location, &file);     /* all the names of a province as one file */
	CHECK_INT(200, file.status);
	CHECK(file.body.len > 1000);
	CHECK(!memcmp(file.body.ptr, "PK", 2));
	world_get(&w, ROLE_PROVINCE, path(&w, "/tep?dot=2026&phan=danh-sach", w.province), &file);
	CHECK_INT(422, file.status);
	world_close(&w);
}

TEST(dashboards, fault_at_each_step_of_an_export_leaves_nothing)
{
	struct world w;

	world_open(&w);
	fill(&w);
	world_as(&w, ROLE_COMMUNE, w.commune);
	for (int64_t n = 1;; n++) {
		enum outcome done;

		world_again(&w);
		db_fail_at(w.db, n);
		done = export_note(&w.ask, EXPORT_NAMES, w.commune, w.round, "thử");
		if (db_fail_at(w.db, 0) > 0) {
			CHECK_OUTCOME(OK, done);
			break;
		}
		CHECK_OUTCOME(FAILED, done);
	}
	world_close(&w);
}

TEST(dashboards, a_crowd_opens_to_the_people_behind_it)
{
	static const struct { const char *query; bool an; } cases[] = { { "tt=tat-ca&ai=nu", true }, { "tt=tat-ca&ai=60", true },
		{ "tt=tat-ca&ai=18", true }, { "tt=tat-ca&nhom=nong_dan", true }, { "tt=tat-ca&nhom=tre_em", false },
		{ "tt=tat-ca&ai=nu-18&nhom=nong_dan", true }, { "tt=qua-han&ai=nu", false } };
	struct world w;
	struct reply reply;

	world_serve(&w);
	fill(&w);
	world_get(&w, ROLE_COMMUNE, path(&w, "", w.commune), &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "tt=dang-ky&amp;ai=nu\"");
	CHECK_HAS(reply_text(&w, &reply), "nhom=nong_dan\"");
	for (size_t i = 0; i < COUNT(cases); i++) {
		world_get(&w, ROLE_COMMUNE, arena_format(w.arena, "%s?dot=2026&%s", path(&w, "/danh-sach", w.commune),
			cases[i].query),
			&reply);
		CHECK_INT(200, reply.status);
		CHECK((strstr(reply_text(&w, &reply), "href=\"/nguoi/") != NULL) == cases[i].an);
	}
	world_get(&w, ROLE_PROVINCE, arena_format(w.arena, "%s?dot=2026&tt=dang-ky&ai=nu", path(&w, "/danh-sach", w.province)),
		&reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Chọn xã, phường");
	CHECK_HAS(reply_text(&w, &reply), arena_format(w.arena, "/so-lieu/%lld/danh-sach?dot=2026&amp;tt=dang-ky&amp;ai=nu\"",
		(long long)w.commune));
	world_close(&w);
}
