#include "tests/test.h"

#include <string.h>

#include "text/csv.h"

static bool read(struct arena *a, const char *text, struct csv *csv, struct problems *p)
{
	*p = PROBLEMS(a);
	return csv_read(a, (struct bytes){ text, strlen(text) }, p, csv);
}

TEST(csv, reads_quotes_lines_and_semicolons)
{
	struct arena *a = arena_new(8 * MiB);
	struct problems p;
	struct csv csv;

	CHECK(read(a, "\xef\xbb\xbfTên đơn vị,Loại\r\n\"Ấp \"\"Một\"\", cũ\",Ấp\r\n\r\n\"hai\ndòng\",x", &csv, &p));
	CHECK_INT(2, csv.n);
	CHECK_INT(0, csv_column(&csv, "name|ten don vi"));
	CHECK_INT(-1, csv_column(&csv, "ma"));
	CHECK_TEXT("Ấp \"Một\", cũ", csv_cell(&csv.rows[0], 0));
	CHECK_TEXT("hai dòng", csv_cell(&csv.rows[1], 0));
	CHECK_INT(4, csv.rows[1].line);
	CHECK_TEXT("", csv_cell(&csv.rows[1], 7));
	CHECK(read(a, "a;b\n1;2,5\n", &csv, &p));
	CHECK_TEXT("2,5", csv_cell(&csv.rows[0], 1));
	arena_free(a);
}

TEST(csv, says_the_line_of_what_it_refuses)
{
	struct arena *a = arena_new(8 * MiB);
	struct problems p;
	struct csv csv;

	CHECK(!read(a, "a,b\n1,\"2\n3,4\n", &csv, &p));
	CHECK_HAS(problem_of(&p, "file"), "Dòng 2");
	CHECK(!read(a, "", &csv, &p));
	CHECK_HAS(problem_of(&p, "file"), "trống");
	CHECK(!read(a, "a,b\n\xff,1\n", &csv, &p));
	CHECK_HAS(problem_of(&p, "file"), "UTF-8");
	arena_free(a);
}
