/* test.h: a test is a function with a promise for a name. `build/hoctap-tests [group…]` runs them through cmocka and
 * ends with "N passed, N failed".
 *
 *	TEST(day, knows_leap_years)
 *	{
 *		CHECK(day_is_valid("2024-02-29"));
 *		CHECK_TEXT("2024-03-01", day_add("2024-02-29", 1).text);
 *	}
 */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/outcome.h"

struct test { const char *group, *name; void (*run)(void **); };

#define TEST(group, promise) \
	static void group##_##promise(void **); \
	static const struct test group##_##promise##_test = { #group, #promise, group##_##promise }; \
	static const struct test *const group##_##promise##_entry \
		__attribute__((used, section("hoctap_tests"))) = &group##_##promise##_test; \
	static void group##_##promise(void **state __attribute__((unused)))

#define CHECK(x) assert_true(x)
#define CHECK_INT(expected, got) assert_int_equal((expected), (got))
#define CHECK_TEXT(expected, got) assert_string_equal((expected), (got))
#define CHECK_HAS(text, part) assert_non_null(strstr((text), (part)))
#define CHECK_OUTCOME(expected, got) assert_int_equal((int)(expected), (int)(got))

#endif
