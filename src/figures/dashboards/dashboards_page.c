#include "figures/dashboards/dashboards_page.h"

#include <string.h>

#include "text/format.h"

#define MAP_PROVINCE "80"
enum { MAP_YEAR = 2025 };            /* a round's units are those of its 31 December */

bool dashboard_has_map(const struct unit *unit, int year)
{
	return unit->level == LEVEL_PROVINCE && !strcmp(unit->code, MAP_PROVINCE) && year >= MAP_YEAR;
}

/* Is the share of a above that of b? Cross multiplied, so that nothing is rounded. */
static bool is_above(const struct figure_counts *a, const struct figure_counts *b)
{
	return a->registered * b->people > b->registered * a->people;
}

const char *map_words(struct arena *a, const struct figure_parts *parts, int year)
{
	const struct figure_part *most = NULL, *least = NULL;

	for (size_t i = 0; i < parts->n; i++) {
		const struct figure_part *p = &parts->at[i];

		if (!p->counts.people || p->level != LEVEL_COMMUNE)
			continue;
		if (!most || is_above(&p->counts, &most->counts))
			most = p;
		if (!least || is_above(&least->counts, &p->counts))
			least = p;
	}
	if (!most)
		return arena_format(a, "Bản đồ đăng ký năm %d theo xã, phường: chưa có số liệu", year);
	return arena_format(a, "Bản đồ đăng ký năm %d theo xã, phường: cao nhất %s %s, thấp nhất %s %s", year, most->name,
		format_percent(a, most->counts.registered, most->counts.people), least->name,
		format_percent(a, least->counts.registered, least->counts.people));
}
