/* Runs every TEST whose group is named on the command line (all without one). */
#include "tests/test.h"
#include "tests/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* children_test.c: this program as a child of itself ("--image-worker" …). Weak: other rooms may be tested without that one. */
int sandbox_test_child(char **argv) __attribute__((weak));

extern const struct test *const __start_hoctap_tests[], *const __stop_hoctap_tests[];

static int before_each(void **state)
{
	(void)state;
	store_clear();
	return 0;
}

static int by_group(const void *a, const void *b)
{
	const struct test *x = *(const struct test *const *)a, *y = *(const struct test *const *)b;
	int order = strcmp(x->group, y->group);

	return order ? order : strcmp(x->name, y->name);
}

static bool is_asked(const char *group, char **names)
{
	if (!*names)
		return true;
	for (; *names; names++)
		if (!strcmp(*names, group))
			return true;
	return false;
}

int main(int argc, char **argv)
{
	size_t n = (size_t)(__stop_hoctap_tests - __start_hoctap_tests), chosen = 0;
	const struct test **all = calloc(n + 1, sizeof *all);
	struct CMUnitTest *run = calloc(n + 1, sizeof *run);
	int failed;

	if (argc > 1 && argv[1][0] == '-' && sandbox_test_child)
		return sandbox_test_child(argv);
	memcpy(all, __start_hoctap_tests, n * sizeof *all);
	qsort(all, n, sizeof *all, by_group);
	for (size_t i = 0; i < n; i++) {
		char *name;

		if (!is_asked(all[i]->group, argv + 1))
			continue;
		if (asprintf(&name, "%s: %s", all[i]->group, all[i]->name) < 0)
			abort();
		run[chosen++] = (struct CMUnitTest){ name, all[i]->run, before_each, NULL, NULL };
	}
	if (!chosen) {
		fprintf(stderr, "no test of that name\n");
		return 2;
	}
	failed = _cmocka_run_group_tests("hoctap", run, chosen, NULL, NULL);
	for (size_t i = 0; i < chosen; i++)
		free((char *)run[i].name);
	free(all);
	free(run);
	printf("%zu passed, %d failed\n", chosen - (size_t)failed, failed);
	return failed ? 1 : 0;
}
