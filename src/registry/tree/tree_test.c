#include "tests/test.h"

#include <string.h>

#include "base/id.h"
#include "registry/tree/tree.h"
#include "tests/world.h"

TEST(tree, kinds_of_the_state_follow_code_and_parent)
{
	static const struct { const char *label; bool parent; const char *kind; enum unit_level level; } table[] = {
		{ "Tỉnh", false, "tinh", LEVEL_PROVINCE }, { "Thành phố", false, "thanh_pho", LEVEL_PROVINCE },
		{ "Thành phố", true, "thanh_pho", LEVEL_DISTRICT }, { "Huyện", true, "huyen", LEVEL_DISTRICT },
		{ "Phường", true, "phuong", LEVEL_COMMUNE }, { "Đặc khu", true, "dac_khu", LEVEL_COMMUNE },
		{ "Phường", false, NULL, 0 }, { "Làng", true, NULL, 0 }, { "", true, NULL, 0 },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		enum unit_level level = 0;
		const char *kind = unit_kind_of_state(table[i].label, table[i].parent, &level);

		CHECK(table[i].kind ? kind && !strcmp(kind, table[i].kind) && level == table[i].level : !kind);
	}
}

TEST(tree, state_ids_are_the_same_everywhere_and_differ_by_code_and_day)
{
	int64_t a = tree_state_id("80", "2025-07-01");

	CHECK(a == tree_state_id("80", "2025-07-01"));
	CHECK(a != tree_state_id("080", "2025-07-01") && a != tree_state_id("80", "2025-07-02") && a != tree_state_id("81", "2025-07-01"));
	CHECK_INT(0, id_register(a));
	CHECK(tree_state_id("99999", "2999-12-31") < (int64_t)1 << 43);
}

TEST(tree, search_folds_and_finds_by_prefixes_of_words)
{
	static const struct { const char *query; size_t found; } table[] = {
		{ "hoa thanh", 1 }, { "HÒA THÀNH", 1 }, { "Hoà", 4 }, { "thanh hoa", 1 }, { "duc h", 2 }, { "xyz", 0 }, { "", 0 }, { "...", 0 },
	};
	struct world w;
	struct unit_list found;

	world_open(&w);
	for (size_t i = 0; i < COUNT(table); i++) {
		CHECK_OUTCOME(OK, tree_search(&w.ask, table[i].query, WORLD_TODAY, 0, 50, &found));
		CHECK_INT(table[i].found, found.n);
	}
	CHECK_OUTCOME(OK, tree_search(&w.ask, "hoa", WORLD_TODAY, w.commune, 50, &found));
	CHECK_INT(3, found.n);
	CHECK_OUTCOME(OK, tree_search(&w.ask, "hoa", WORLD_TODAY, 0, 1, &found));
	CHECK_INT(1, found.n);
	world_close(&w);
}

TEST(tree, path_goes_from_the_province_down)
{
	struct world w;
	struct unit_list path;
	bool below;

	world_open(&w);
	CHECK_OUTCOME(OK, tree_path(&w.ask, w.hamlet, WORLD_TODAY, &path));
	CHECK_INT(3, path.n);
	CHECK_INT(w.province, path.at[0].id);
	CHECK_INT(w.hamlet, path.at[2].id);
	CHECK_OUTCOME(OK, tree_is_below(&w.ask, w.hamlet, w.commune, WORLD_TODAY, &below));
	CHECK(below);
	CHECK_OUTCOME(OK, tree_is_below(&w.ask, w.hamlet, w.other_commune, WORLD_TODAY, &below));
	CHECK(!below);
	CHECK_OUTCOME(NOT_FOUND, tree_path(&w.ask, w.hamlet, "2020-01-01", &path));
	world_close(&w);
}

TEST(tree, names_sort_by_number_and_vietnamese_order)
{
	static const char *const expected[] = { "Ấp Bình Hoà", "Trường THCS Đức Hoà" };
	struct world w;
	struct unit_list children, next;

	world_open(&w);
	CHECK_OUTCOME(OK, tree_children(&w.ask, w.commune, WORLD_TODAY, NULL, &children));
	CHECK_INT(COUNT(expected), children.n);
	for (size_t i = 0; i < children.n; i++)
		CHECK_TEXT(expected[i], children.at[i].name);
	CHECK_OUTCOME(OK, tree_children(&w.ask, w.commune, WORLD_TODAY, &children.at[0], &next));
	CHECK_INT(1, next.n);
	CHECK_TEXT(expected[1], next.at[0].name);
	world_close(&w);
}

TEST(tree, what_is_unique_can_be_claimed_once)
{
	struct world w;
	struct bytes value = { "abc", 3 };
	int64_t owner;

	world_open(&w);
	CHECK_OUTCOME(OK, unique_claim(&w.ask, UNIQUE_LOGIN, value, 7));
	CHECK_OUTCOME(CONFLICT, unique_claim(&w.ask, UNIQUE_LOGIN, value, 8));
	CHECK_OUTCOME(OK, unique_claim(&w.ask, UNIQUE_PHONE, value, 8));
	CHECK_OUTCOME(OK, unique_find(&w.ask, UNIQUE_LOGIN, value, &owner));
	CHECK_INT(7, owner);
	CHECK_OUTCOME(OK, unique_release(&w.ask, UNIQUE_LOGIN, value, 8));          /* not theirs: stays */
	CHECK_OUTCOME(OK, unique_find(&w.ask, UNIQUE_LOGIN, value, &owner));
	CHECK_OUTCOME(OK, unique_release(&w.ask, UNIQUE_LOGIN, value, 7));
	CHECK_OUTCOME(NOT_FOUND, unique_find(&w.ask, UNIQUE_LOGIN, value, &owner));
	world_close(&w);
}
