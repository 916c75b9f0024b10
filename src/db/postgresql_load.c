/* Many rows at once: COPY … FROM STDIN in its binary form, several times quicker than a statement a row. */
#include "db/postgresql.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/log.h"

enum { PIECE = 64 << 10 };

/* What was not yet sent. */
static OUTCOME flush(struct pg *pg)
{
	if (pg->load_len && PQputCopyData(pg->link, pg->load, (int)pg->load_len) != 1) {
		log_line(LOG_ERROR, "", "postgresql", "load: %.400s", PQerrorMessage(pg->link));
		return FAILED;
	}
	pg->load_len = 0;
	return OK;
}

static void put(struct pg *pg, const void *bytes, size_t len)
{
	if (pg->load_len + len > pg->load_size) {
		pg->load_size = (pg->load_len + len) * 2;
		pg->load = realloc(pg->load, pg->load_size);
		BUG_ON(!pg->load);
	}
	if (len)
		memcpy(pg->load + pg->load_len, bytes, len);
	pg->load_len += len;
}

static void put_value(struct pg *pg, const void *bytes, size_t len)
{
	uint32_t width = htobe32((uint32_t)len);

	BUG_ON(len > INT32_MAX);
	put(pg, &width, sizeof width);
	put(pg, bytes, len);
}

OUTCOME pg_load(struct db *db, const char *table, const char *columns)
{
	static const char head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";           /* signature, flags, no extension */
	struct pg *pg = pg_of(db);
	size_t size = strlen(table) + strlen(columns) + 64;
	char *words = malloc(size);
	PGresult *result;
	bool begun;

	BUG_ON(!words);
	snprintf(words, size, "COPY %s (%s) FROM STDIN (FORMAT binary)", table, columns);
	result = PQexec(pg->link, words);
	free(words);
	begun = PQresultStatus(result) == PGRES_COPY_IN;
	if (!begun)
		log_line(LOG_ERROR, "", "postgresql", "load of %s: %.400s", table, PQerrorMessage(pg->link));
	PQclear(result);
	pg->load_len = 0;
	pg->loading = begun;
	if (begun)
		put(pg, head, 19);
	return begun ? OK : FAILED;
}

OUTCOME pg_load_row(struct db *db, const struct db_value *row, int n)
{
	struct pg *pg = pg_of(db);
	uint16_t width = htobe16((uint16_t)n);
	uint32_t none = htobe32(UINT32_MAX);
	uint64_t bits;

	put(pg, &width, sizeof width);
	for (int i = 0; i < n; i++) {
		if (row[i].null) {
			put(pg, &none, sizeof none);
		} else if (row[i].type == 't' || row[i].type == 'b') {
			put_value(pg, row[i].bytes.ptr, row[i].bytes.len);
		} else {
			memcpy(&bits, row[i].type == 'i' ? (const void *)&row[i].number : &row[i].real, sizeof bits);
			bits = htobe64(bits);
			put_value(pg, &bits, sizeof bits);
		}
	}
	return pg->load_len < PIECE ? OK : flush(pg);
}

OUTCOME pg_load_end(struct db *db, bool keep)
{
	struct pg *pg = pg_of(db);
	uint16_t end = UINT16_MAX;
	enum outcome done = FAILED, answered = OK;
	PGresult *result;

	if (!pg->loading)
		return FAILED;
	pg->loading = false;
	put(pg, &end, sizeof end);
	if (keep)
		done = flush(pg);
	if (PQputCopyEnd(pg->link, keep && done == OK ? NULL : "broken off") != 1)
		done = FAILED;
	while ((result = PQgetResult(pg->link))) {
		if (keep && answered == OK)
			answered = pg_outcome(db, "load", result);
		PQclear(result);
	}
	return done != OK ? done : answered;
}
