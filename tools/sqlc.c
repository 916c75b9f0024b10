/* sqlc: named SQL statements become typed C functions, checked at build time.
 *
 *	sqlc --migrations DIR --out DIR FILE.sql        writes STEM_sql.h, STEM_sql.c, STEM_sql.tables
 *	sqlc --embed DIR --out FILE.c                   the migrations as C text (db/migrate.h)
 *
 * A statement begins with
 *
 *	-- name: unit_children many
 *	-- A unit's direct children, by name.               (any other comment line is documentation)
 *	-- :limit int64                                     (a parameter's type, where it is not that of a column of its name)
 *	-- note text?                                       (a result column's type; ? = may be NULL)
 *	-- scan: why reading the whole of a big table is right here
 *
 * Kinds: one (OK or NOT_FOUND), many (an array in the ask's arena), each (a stream: open, next, close, and each with a visitor),
 * exec (no rows), touch (an exec that answers CONFLICT when no row was touched: a version that moved).
 * Types: int64 text blob real, each with ? for NULL. `:ids[]` is a list of ids, used as json_each(:ids).
 * Up to six parameters stand in a row; more become one struct. A result of one column is that value alone.
 *
 * `-- order: p.name_key, s.total by p.id` with {after} and {order} in the text makes, for each of them, a function
 * sql_NAME_by_COLUMN(ask, …, after, descending, rows, n): the keyset page after a row, or the first when after is NULL.
 *
 * `-- name: x many [postgresql]` after x gives PostgreSQL another text for it.
 *
 * It is a tokeniser and SQLite is the parser: every statement is prepared against the migrations in memory, so a wrong column
 * stops the build with file and line. Refused besides: SELECT *, ::, double quotes, a scan of a table marked `-- big`. */
#include <ctype.h>
#include <dirent.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ITEMS = 64, MAX_STATEMENTS = 400, FLAT_PARAMETERS = 6 };

enum kind { ONE, MANY, EACH, EXEC, TOUCH };

struct item { char *name; char type; bool null, list; };         /* type: i t b r, 0 unknown */

struct statement {
	char *name, *doc, *text, *scan, *twin;
	enum kind kind;
	int line, text_line;
	struct item parameters[MAX_ITEMS], columns[MAX_ITEMS], typed[MAX_ITEMS];
	int n_parameters, n_columns, n_typed;
	char *order[8], *order_name[8];
	char *by, *by_name;
	int n_order;
	bool writes;
};

struct str { char *at; size_t len, cap; };

static const char *file_name;
static sqlite3 *store;
static struct str tables_read, tables_written, big_tables;
static int problems, twins;

static void complain(int line, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void complain(int line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fprintf(stderr, "%s:%d: error: ", file_name, line);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	problems++;
}

static _Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));
static _Noreturn void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("sqlc: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(1);
}

/* Text that grows; the tool ends soon, nothing is freed. */
static void add(struct str *s, const char *text, size_t len)
{
	if (s->len + len + 1 > s->cap) {
		s->cap = (s->len + len + 1) * 2;
		s->at = realloc(s->at, s->cap);
		if (!s->at)
			die("out of memory");
	}
	memcpy(s->at + s->len, text, len);
	s->len += len;
	s->at[s->len] = '\0';
}

static void put(struct str *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void put(struct str *s, const char *format, ...)
{
	char text[8192];
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (len < 0 || (size_t)len >= sizeof text)
		die("a line too long to write");
	add(s, text, (size_t)len);
}

static char *copy(const char *text, size_t len)
{
	struct str s = { 0 };

	add(&s, text, len);
	return s.at;
}

static char *read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct str s = { 0 };
	char part[65536];
	size_t n;

	if (!f)
		die("cannot read %s", path);
	add(&s, "", 0);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		add(&s, part, n);
	fclose(f);
	return s.at;
}

static void write_file(const char *dir, const char *stem, const char *suffix, const struct str *text)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s%s", dir, stem, suffix);
	f = fopen(path, "wb");
	if (!f || fwrite(text->at ? text->at : "", 1, text->len, f) != text->len || fclose(f))
		die("cannot write %s", path);
}

static char *trimmed(const char *from, const char *end)
{
	while (from < end && isspace((unsigned char)*from))
		from++;
	while (end > from && isspace((unsigned char)end[-1]))
		end--;
	return copy(from, (size_t)(end - from));
}

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_'; }
static bool same(const char *a, const char *b) { return sqlite3_stricmp(a, b) == 0; }

/* ---- the schema ---- */

static int by_name(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }
static int is_sql(const struct dirent *e)
{
	size_t len = strlen(e->d_name);

	return len > 4 && !strcmp(e->d_name + len - 4, ".sql");
}

static char *for_sqlite(const char *sql)
{
	static const char *const words[][2] = { { "BIGINT", "INTEGER" }, { "/* strict */", "STRICT" },
		{ "/* keyed */", "STRICT, WITHOUT ROWID" } };
	struct str s = { 0 };

	add(&s, "", 0);
	while (*sql) {
		size_t i = 0;

		while (i < 3 && strncmp(sql, words[i][0], strlen(words[i][0])) != 0)
			i++;
		if (i < 3) {
			put(&s, "%s", words[i][1]);
			sql += strlen(words[i][0]);
		} else {
			add(&s, sql++, 1);
		}
	}
	return s.at;
}

/* "CREATE TABLE person ( -- big": remembers ",person," */
static void find_big_tables(const char *sql)
{
	for (const char *at = sql; (at = strstr(at, "CREATE TABLE ")); at++) {
		const char *name = at + 13, *end = name, *line = strchr(at, '\n');

		while (is_word(*end))
			end++;
		if (line && memmem(at, (size_t)(line - at), "-- big", 6))
			put(&big_tables, ",%.*s,", (int)(end - name), name);
	}
}

static void load_migrations(const char *dir)
{
	struct dirent **list;
	int n = scandir(dir, &list, is_sql, by_name);

	if (n <= 0)
		die("no migrations in %s", dir);
	if (sqlite3_open(":memory:", &store) != SQLITE_OK)
		die("no memory store");
	sqlite3_db_config(store, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(store, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	add(&big_tables, "", 0);
	for (int i = 0; i < n; i++) {
		char path[4096], *why = NULL, *text;

		snprintf(path, sizeof path, "%s/%s", dir, list[i]->d_name);
		text = read_file(path);
		find_big_tables(text);
		if (sqlite3_exec(store, for_sqlite(text), NULL, NULL, &why) != SQLITE_OK)
			die("%s: %s", path, why);
	}
}

static char type_letter(const char *declared)
{
	if (!declared)
		return 0;
	return same(declared, "INTEGER") || same(declared, "BIGINT") || same(declared, "int64") || same(declared, "int") ? 'i'
	       : same(declared, "TEXT") ? 't' : same(declared, "BLOB") ? 'b' : same(declared, "REAL") ? 'r' : 0;
}

/* The type of every column of that name in the whole schema, when they agree and none may be NULL. */
static char column_type(const char *name)
{
	sqlite3_stmt *s;
	char found = 0;

	if (sqlite3_prepare_v2(store, "SELECT c.type, c.[notnull] OR c.pk FROM sqlite_schema t, pragma_table_info(t.name) c"
			       " WHERE t.type = 'table' AND c.name = ?1 COLLATE nocase", -1, &s, NULL) != SQLITE_OK)
		die("schema: %s", sqlite3_errmsg(store));
	sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC);
	while (sqlite3_step(s) == SQLITE_ROW) {
		char type = type_letter((const char *)sqlite3_column_text(s, 0));

		if (!sqlite3_column_int(s, 1) || (found && found != type)) {
			found = 0;
			break;
		}
		found = type;
	}
	sqlite3_finalize(s);
	return found;
}

/* ---- reading a file ---- */

static bool is_typing(const char *line, struct statement *s)
{
	char name[128], type[16], rest[8];
	size_t len;
	struct item *item;

	if (sscanf(line, "%127s %15s %7s", name, type, rest) != 2)
		return false;
	len = strlen(type);
	item = &s->typed[s->n_typed];
	item->null = type[len - 1] == '?';
	if (item->null)
		type[len - 1] = '\0';
	item->type = type_letter(type);
	if (!item->type)
		return false;
	if (s->n_typed + 1 == MAX_ITEMS)
		die("%s: too many types", s->name);
	item->name = copy(name, strlen(name));
	s->n_typed++;
	return true;
}

static const char *last_part(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot ? dot + 1 : name;
}

static void read_order(const char *line, int at, struct statement *s)
{
	const char *by = strstr(line, " by "), *from = line, *end = by ? by : line + strlen(line);

	if (!by) {
		complain(at, "order needs `by` and the column that makes it unique: -- order: name_key by id");
		return;
	}
	s->by = trimmed(by + 4, by + strlen(by));
	s->by_name = copy(last_part(s->by), strlen(last_part(s->by)));
	while (from < end && s->n_order < 8) {
		const char *comma = memchr(from, ',', (size_t)(end - from));
		char *one = trimmed(from, comma ? comma : end);

		s->order[s->n_order] = one;
		s->order_name[s->n_order++] = copy(last_part(one), strlen(last_part(one)));
		from = comma ? comma + 1 : end;
	}
}

static void read_comment(const char *line, int at, struct statement *s, struct str *doc)
{
	if (!strncmp(line, "scan:", 5))
		s->scan = trimmed(line + 5, line + strlen(line));
	else if (!strncmp(line, "order:", 6))
		read_order(line + 6, at, s);
	else if (!is_typing(line, s) && *line)
		put(doc, "%s%s", doc->len ? "\n * " : "", line);
}

static bool begin_statement(const char *line, int at, struct statement *s, bool *twin)
{
	static const char *const kinds[] = { "one", "many", "each", "exec", "touch" };
	char name[128], kind[16], extra[32] = "";
	int n = sscanf(line, "name: %127s %15s %31s", name, kind, extra);

	memset(s, 0, sizeof *s);
	*twin = n == 3 && !strcmp(extra, "[postgresql]");
	if (n == 2 || *twin)
		for (int k = 0; k < 5; k++)
			if (!strcmp(kind, kinds[k])) {
				s->name = copy(name, strlen(name));
				s->kind = (enum kind)k;
				s->line = at;
				return true;
			}
	complain(at, "-- name: NAME one|many|each|exec|touch [postgresql]");
	return false;
}

static int read_statements(char *text, struct statement *all)
{
	int n = 0, at = 0;
	struct str doc = { 0 }, sql = { 0 };
	struct statement s = { 0 };
	bool open = false, twin = false;

	for (char *line = text, *next; line; line = next) {
		char *end = strchr(line, '\n');
		bool starts;

		next = end ? end + 1 : NULL;
		if (end)
			*end = '\0';
		at++;
		while (*line == ' ' || *line == '\t')
			line++;
		starts = !strncmp(line, "-- name:", 8);
		if (open && (starts || !next)) {
			if (!starts && *line && strncmp(line, "--", 2) != 0)
				put(&sql, "%s\n", line);
			s.text = trimmed(sql.at ? sql.at : "", sql.at ? sql.at + sql.len : "");
			s.doc = doc.at ? doc.at : copy("", 0);
			if (twin) {
				for (int i = 0; i < n; i++)
					if (!strcmp(all[i].name, s.name))
						all[i].twin = s.text;
				twins++;
			} else {
				if (n == MAX_STATEMENTS)
					die("too many statements in %s", file_name);
				all[n++] = s;
			}
			open = false;
		}
		if (starts) {
			open = begin_statement(line + 3, at, &s, &twin);
			doc = sql = (struct str){ 0 };
		} else if (!strncmp(line, "--", 2)) {
			if (open && !sql.len)
				read_comment(line + 2 + (line[2] == ' '), at, &s, &doc);
		} else if (open && (*line || sql.len)) {
			if (!sql.len)
				s.text_line = at;
			put(&sql, "%s\n", line);
		} else if (*line && !open) {
			complain(at, "text before the first -- name:");
		}
	}
	return n;
}

/* ---- checking one ---- */

static struct item *parameter(struct statement *s, const char *name)
{
	for (int i = 0; i < s->n_parameters; i++)
		if (!strcmp(s->parameters[i].name, name))
			return &s->parameters[i];
	if (s->n_parameters == MAX_ITEMS)
		die("%s: too many parameters", s->name);
	s->parameters[s->n_parameters].name = copy(name, strlen(name));
	return &s->parameters[s->n_parameters++];
}

static void give_type(struct statement *s, struct item *p, const char *lookup)
{
	for (int i = 0; i < s->n_typed; i++) {
		const char *name = s->typed[i].name;

		if (*name == ':' && !strcmp(name + 1, p->name)) {
			p->type = s->typed[i].type;
			p->null = s->typed[i].null;
			return;
		}
	}
	p->type = p->list ? 'i' : column_type(lookup);
	if (!p->type)
		complain(s->line, "%s: say the type of :%s (-- :%s int64)", s->name, p->name, p->name);
}

/* Copies the text with :name as ?1 or $1 and refuses what must not be written. `dollar` for PostgreSQL. */
static char *numbered(struct statement *s, const char *sql, bool dollar)
{
	struct str out = { 0 };
	char before[64] = "";
	int line = s->text_line;

	add(&out, "", 0);
	for (const char *p = sql; *p;) {
		const char *start = p;

		if (*p == '\n')
			line++;
		if (*p == '\'') {
			for (p++; *p && !(*p == '\'' && p[1] != '\''); p += *p == '\'' ? 2 : 1)
				;
			p += *p == '\'';
			add(&out, start, (size_t)(p - start));
			snprintf(before, sizeof before, "'");
			continue;
		}
		if (*p == '"')
			complain(line, "%s: double quotes mean text here and a name there: use neither", s->name);
		if (*p == ':' && p[1] == ':')
			complain(line, "%s: `::` is PostgreSQL's alone: write cast(x as …)", s->name);
		if (*p == '*' && (same(before, "select") || same(before, "distinct") || !strcmp(before, ",") || !strcmp(before, ".")))
			complain(line, "%s: name the columns instead of *", s->name);
		if (*p == ':' && is_word(p[1])) {
			char name[128];
			size_t len = 1;
			struct item *item;

			while (is_word(p[len]))
				len++;
			snprintf(name, sizeof name, "%.*s", (int)len - 1, p + 1);
			p += len;
			item = parameter(s, name);
			if (p[0] == '[' && p[1] == ']') {
				item->list = true;
				p += 2;
			}
			put(&out, "%c%d", dollar ? '$' : '?', (int)(item - s->parameters) + 1);
			snprintf(before, sizeof before, "?");
			continue;
		}
		if (is_word(*p)) {
			while (is_word(*p))
				p++;
			snprintf(before, sizeof before, "%.*s", (int)(p - start), start);
		} else {
			p++;
			if (!isspace((unsigned char)*start))
				snprintf(before, sizeof before, "%c", *start);
		}
		add(&out, start, (size_t)(p - start));
	}
	return out.at;
}

static int on_access(void *arg, int action, const char *a, const char *b, const char *c, const char *d)
{
	struct str *list = action == SQLITE_READ ? &tables_read
			   : action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE ? &tables_written : NULL;
	char entry[160];

	(void)arg; (void)b; (void)c; (void)d;
	if (!list || !a || !strncmp(a, "sqlite_", 7) || !strncmp(a, "pragma_", 7) || !strcmp(a, "json_each"))
		return SQLITE_OK;
	snprintf(entry, sizeof entry, "%s %s\n", list == &tables_read ? "read" : "write", a);
	if (!list->at || !strstr(list->at, entry))
		put(list, "%s", entry);
	return SQLITE_OK;
}

/* The table behind a name used in FROM or JOIN: "JOIN person AS p", "JOIN person p". */
static bool table_of(const char *sql, const char *alias, char *out, size_t size, bool *left)
{
	char words[4][128] = { "", "", "", "" };

	*left = false;
	for (const char *p = sql; *p;) {
		size_t len = 0;

		if (!is_word(*p)) {
			if (*p == ',' || *p == '(' || *p == ')')
				words[3][0] = '\0';
			p++;
			continue;
		}
		while (is_word(p[len]))
			len++;
		memmove(words[0], words[1], sizeof words - sizeof words[0]);
		snprintf(words[3], sizeof words[3], "%.*s", (int)len, p);
		p += len;
		for (int i = 0; i < 3; i++) {
			bool from = same(words[i], "from") || same(words[i], "join");
			const char *table = words[i + 1], *name = i + 2 < 4 ? words[i + 2] : "";

			if (same(name, "as"))
				name = i + 3 < 4 ? words[i + 3] : "";
			if (from && (same(table, alias) || same(name, alias))) {
				snprintf(out, size, "%s", table);
				*left = i > 0 && (same(words[i - 1], "left") || same(words[i - 1], "outer") || same(words[i - 1], "full"));
				return true;
			}
		}
	}
	return false;
}

static void check_plan(struct statement *s, const char *sql)
{
	struct str explain = { 0 };
	sqlite3_stmt *plan;

	put(&explain, "EXPLAIN QUERY PLAN ");
	add(&explain, sql, strlen(sql));
	if (sqlite3_prepare_v2(store, explain.at, -1, &plan, NULL) != SQLITE_OK)
		return;
	while (sqlite3_step(plan) == SQLITE_ROW) {
		const char *detail = (const char *)sqlite3_column_text(plan, 3);
		char alias[128], table[128], wanted[136];
		bool left;

		if (sscanf(detail, "SCAN %127s", alias) != 1 || !table_of(sql, alias, table, sizeof table, &left))
			continue;
		snprintf(wanted, sizeof wanted, ",%s,", table);
		if (strstr(big_tables.at, wanted) && !s->scan)
			complain(s->line, "%s: reads the whole of %s (%s); use an index or say why: -- scan: …", s->name, table, detail);
	}
	sqlite3_finalize(plan);
}

static void learn_column(struct statement *s, sqlite3_stmt *made, int i, const char *sql)
{
	struct item *c = &s->columns[i];
	const char *table = sqlite3_column_table_name(made, i), *origin = sqlite3_column_origin_name(made, i);
	const char *type, *name = sqlite3_column_name(made, i);
	int not_null = 0, primary = 0;
	char found[128];
	bool left = false;

	c->name = copy(name, strlen(name));
	for (int t = 0; t < s->n_typed; t++)
		if (!strcmp(s->typed[t].name, name)) {
			c->type = s->typed[t].type;
			c->null = s->typed[t].null;
			return;
		}
	if (!is_word(*name) || strpbrk(name, "( .*+-")) {
		complain(s->line, "%s: give column %d a name (… AS name)", s->name, i + 1);
		return;
	}
	if (table && sqlite3_table_column_metadata(store, NULL, table, origin, &type, NULL, &not_null, &primary, NULL) == SQLITE_OK) {
		c->type = type_letter(type);
		c->null = !not_null && !primary;
		if (table_of(sql, table, found, sizeof found, &left) && left) {
			complain(s->line, "%s: %s comes from a LEFT JOIN: say whether it may be NULL (-- %s text?)", s->name, name, name);
			return;
		}
	} else if (s->writes) {
		c->type = column_type(name);             /* RETURNING */
	}
	if (!c->type)
		complain(s->line, "%s: say the type of the column %s (-- %s int64)", s->name, name, name);
}

static void learn(struct statement *s, const char *sql, bool types)
{
	sqlite3_stmt *made = NULL;
	const char *rest = NULL;

	if (sqlite3_prepare_v2(store, sql, -1, &made, &rest) != SQLITE_OK) {
		int line = s->text_line, offset = sqlite3_error_offset(store);

		for (int i = 0; i < offset && sql[i]; i++)
			line += sql[i] == '\n';
		complain(line, "%s: %s", s->name, sqlite3_errmsg(store));
		return;
	}
	if (!made) {
		complain(s->line, "%s: no statement", s->name);
		return;
	}
	if (rest && rest[strspn(rest, " \n\t;")])
		complain(s->text_line, "%s: one statement under one name", s->name);
	s->writes = !sqlite3_stmt_readonly(made);
	if (types) {
		s->n_columns = sqlite3_column_count(made);
		if (s->n_columns > MAX_ITEMS)
			die("%s: too many columns", s->name);
		for (int i = 0; i < s->n_columns; i++)
			learn_column(s, made, i, sql);
		if ((s->kind == EXEC || s->kind == TOUCH) == (s->n_columns > 0))
			complain(s->line, "%s: %s", s->name, s->n_columns ? "it returns rows: one, many or each" : "it returns no rows: exec or touch");
	}
	sqlite3_finalize(made);
	check_plan(s, sql);
}

/* The text with {after} and {order} filled in. `which` -1: an ordinary statement. */
static char *variant(const struct statement *s, const char *text, int which, bool after, bool down)
{
	struct str out = { 0 };

	add(&out, "", 0);
	for (const char *p = text; *p;) {
		if (which >= 0 && !strncmp(p, "{after}", 7)) {
			if (after)
				put(&out, "(%s, %s) %c (:after_key, :after_id)", s->order[which], s->by, down ? '<' : '>');
			else
				put(&out, "1 = 1");
			p += 7;
		} else if (which >= 0 && !strncmp(p, "{order}", 7)) {
			put(&out, "%s %s, %s %s", s->order[which], down ? "desc" : "asc", s->by, down ? "desc" : "asc");
			p += 7;
		} else {
			add(&out, p++, 1);
		}
	}
	return out.at;
}

/* A parameter or column becomes a C name. */
static void check_names(const struct statement *s)
{
	static const char *const taken[] = { "register", "default", "case", "switch", "int", "long", "short", "char", "auto", "const", "static",
		"struct", "union", "enum", "for", "while", "do", "if", "else", "return", "goto", "break", "continue", "ask", "in", "out",
		"rows", "n_rows", "after", "descending", "cursor" };

	for (size_t t = 0; t < sizeof taken / sizeof *taken; t++) {
		for (int i = 0; i < s->n_parameters; i++)
			if (!strcmp(s->parameters[i].name, taken[t]))
				complain(s->line, "%s: :%s cannot be a name in C, choose another", s->name, taken[t]);
		for (int i = 0; i < s->n_columns; i++)
			if (s->columns[i].name && !strcmp(s->columns[i].name, taken[t]))
				complain(s->line, "%s: column %s cannot be a name in C, write … AS another", s->name, taken[t]);
	}
}

static void check(struct statement *s)
{
	char *sql;
	int own;

	if (s->n_order && (s->kind != MANY || !strstr(s->text, "{after}") || !strstr(s->text, "{order}"))) {
		complain(s->line, "%s: an order needs kind many, {after} and {order}", s->name);
		return;
	}
	sql = numbered(s, s->n_order ? variant(s, s->text, 0, false, false) : s->text, false);
	own = s->n_parameters;
	for (int i = 0; i < own; i++)
		give_type(s, &s->parameters[i], s->parameters[i].name);
	learn(s, sql, true);
	check_names(s);
	for (int o = 0; o < s->n_order; o++)
		for (int down = 0; down < 2; down++)
			learn(s, numbered(s, variant(s, s->text, o, true, down), false), false);
	s->n_parameters = own;                   /* after_key and after_id are the generated function's own */
}

/* ---- writing ---- */

static const char *c_type(const struct item *i)
{
	return i->type == 'i' ? i->null ? "struct maybe " : "int64_t " : i->type == 't' ? "const char *"
	       : i->type == 'b' ? "struct bytes " : "double ";
}

static void put_parameters(struct str *h, const struct statement *s)
{
	if (s->n_parameters > FLAT_PARAMETERS) {
		put(h, ", const struct sql_%s_in *in", s->name);
		return;
	}
	for (int i = 0; i < s->n_parameters; i++) {
		const struct item *p = &s->parameters[i];

		if (p->list)
			put(h, ", struct id_list %s", p->name);
		else
			put(h, ", %s%s", c_type(p), p->name);
	}
}

static void put_out(struct str *h, const struct statement *s)
{
	if (s->kind == ONE && s->n_columns == 1)
		put(h, ", %s*out", c_type(&s->columns[0]));
	else if (s->kind == ONE)
		put(h, ", struct sql_%s_row *out", s->name);
	else if (s->kind == MANY)
		put(h, ", struct sql_%s_row **rows, size_t *n_rows", s->name);
}

static void put_structs(struct str *h, const struct statement *s)
{
	if (s->n_parameters > FLAT_PARAMETERS) {
		put(h, "struct sql_%s_in {\n", s->name);
		for (int i = 0; i < s->n_parameters; i++)
			put(h, "\t%s%s;\n", s->parameters[i].list ? "struct id_list " : c_type(&s->parameters[i]), s->parameters[i].name);
		put(h, "};\n");
	}
	if (s->n_columns > 1 || (s->n_columns == 1 && s->kind != ONE)) {
		put(h, "struct sql_%s_row {\n", s->name);
		for (int i = 0; i < s->n_columns; i++)
			put(h, "\t%s%s;%s\n", c_type(&s->columns[i]), s->columns[i].name,
			    s->columns[i].null && s->columns[i].type != 'i' ? "       /* NULL when absent */" : "");
		put(h, "};\n");
	}
	for (int o = 0; o < s->n_order; o++) {
		struct item key = { .type = column_type(s->order_name[o]) };

		for (int i = 0; i < s->n_columns; i++)
			if (!strcmp(s->columns[i].name, s->order_name[o]))
				key.type = s->columns[i].type;
		put(h, "struct sql_%s_after_%s { %s%s; int64_t %s; };\n", s->name, s->order_name[o], c_type(&key), s->order_name[o], s->by_name);
	}
}

static void put_prototype(struct str *h, const struct statement *s, int order)
{
	if (s->kind == EACH)
		put(h, "struct db_cursor *sql_%s_open(struct ask *ask", s->name);
	else if (order >= 0)
		put(h, "OUTCOME sql_%s_by_%s(struct ask *ask", s->name, s->order_name[order]);
	else
		put(h, "OUTCOME sql_%s(struct ask *ask", s->name);
	put_parameters(h, s);
	if (order >= 0)
		put(h, ", const struct sql_%s_after_%s *after, bool descending", s->name, s->order_name[order]);
	put_out(h, s);
	put(h, ")");
}

static void put_header(struct str *h, const struct statement *s)
{
	put(h, "\n/* %s%s%s */\n", s->doc, *s->doc ? " " : "", s->writes ? "(writes)" : "(reads)");
	put_structs(h, s);
	for (int o = s->n_order ? 0 : -1; o < s->n_order; o++) {
		put_prototype(h, s, o);
		put(h, ";\n");
	}
	if (s->kind == EACH) {
		put(h, "bool sql_%s_next(struct db_cursor *, struct arena *row_arena, struct sql_%s_row *out);\n", s->name, s->name);
		put(h, "OUTCOME sql_%s_close(struct db_cursor *);\n", s->name);
		put(h, "/* Every row in turn, each in a row arena of its own; stops at the first outcome that is not OK. */\n");
		put(h, "OUTCOME sql_%s_each(struct ask *ask", s->name);
		put_parameters(h, s);
		put(h, ", enum outcome (*visit)(void *context, const struct sql_%s_row *row), void *context);\n", s->name);
	}
}

static void put_literal(struct str *c, const char *text)
{
	put(c, "\"");
	for (; *text; text++) {
		if (*text == '\n')
			put(c, "\\n\"\n\t\t\"");
		else if (*text == '"' || *text == '\\')
			put(c, "\\%c", *text);
		else
			add(c, text, 1);
	}
	put(c, "\"");
}

static char letter(const struct item *i) { return (char)(i->null ? toupper((unsigned char)i->type) : i->type); }

static void put_descriptor(struct str *c, struct statement *s, const char *id, const char *text, bool after, char key_type)
{
	int own = s->n_parameters;

	put(c, "static const struct db_statement %s = {\n\t.name = \"%s\", .file = \"%s:%d\", .writes = %s,"
	    " .streams = %s,\n\t.sql = ", id, id, file_name, s->line, s->writes ? "true" : "false",
	    s->kind == EACH && !s->writes ? "true" : "false");
	put_literal(c, numbered(s, text, false));
	put(c, ",\n\t.sql_postgresql = ");
	put_literal(c, numbered(s, s->twin ? s->twin : text, true));
	put(c, ",\n\t.parameters = \"");
	for (int i = 0; i < own; i++)
		put(c, "%c", s->parameters[i].list ? 't' : letter(&s->parameters[i]));
	if (after)
		put(c, "%ci", key_type);
	put(c, "\", .columns = \"");
	for (int i = 0; i < s->n_columns; i++)
		put(c, "%c", letter(&s->columns[i]));
	put(c, "\",\n};\nstatic const struct db_statement *const %s_entry __attribute__((used, section(\"hoctap_sql\"))) = &%s;\n", id, id);
	s->n_parameters = own;
}

static void put_bind(struct str *c, const struct item *p, const char *value, const char *tabs)
{
	if (p->list)
		put(c, "%sdb_bind_ids(cursor, ask->arena, %s);\n", tabs, value);
	else
		put(c, "%sdb_bind_%s(cursor, %s);\n", tabs, p->type == 'i' ? p->null ? "maybe" : "int" : p->type == 't'
		    ? p->null ? "text_or_null" : "text" : p->type == 'b' ? "bytes" : "real", value);
}

static void put_binds(struct str *c, const struct statement *s)
{
	for (int i = 0; i < s->n_parameters; i++) {
		char value[160];

		snprintf(value, sizeof value, "%s%s", s->n_parameters > FLAT_PARAMETERS ? "in->" : "", s->parameters[i].name);
		put_bind(c, &s->parameters[i], value, "\t");
	}
}

static void put_get(struct str *c, const struct item *col, int i, const char *target, const char *arena)
{
	const char *get = col->type == 'i' ? col->null ? "maybe" : "int" : col->type == 't' ? col->null ? "text_or_null" : "text"
			  : col->type == 'b' ? "bytes" : "real";

	put(c, "%s = db_%s(cursor, %d%s%s);\n", target, get, i, col->type == 't' || col->type == 'b' ? ", " : "",
	    col->type == 't' || col->type == 'b' ? arena : "");
}

static void put_row_reader(struct str *c, const struct statement *s)
{
	if (!s->n_columns || (s->kind == ONE && s->n_columns == 1))
		return;
	put(c, "static void %s_read(struct db_cursor *cursor, struct arena *arena, struct sql_%s_row *out)\n{\n", s->name, s->name);
	put(c, "\t(void)arena;\n");
	for (int i = 0; i < s->n_columns; i++) {
		char target[160];

		snprintf(target, sizeof target, "\tout->%s", s->columns[i].name);
		put_get(c, &s->columns[i], i, target, "arena");
	}
	put(c, "}\n\n");
}

static void put_many_body(struct str *c, const struct statement *s)
{
	put(c, "\tstruct sql_%s_row *list = NULL;\n\tsize_t n = 0, room = 0;\n\n\t*rows = NULL;\n\t*n_rows = 0;\n", s->name);
	put_binds(c, s);
}

static void put_many_end(struct str *c, const struct statement *s)
{
	put(c, "\twhile (db_next(cursor)) {\n\t\tif (n == room)\n"
	       "\t\t\tlist = db_grow(ask->arena, list, sizeof *list, n, &room);\n"
	       "\t\t%s_read(cursor, ask->arena, &list[n++]);\n\t}\n\t*rows = list;\n\t*n_rows = n;\n\treturn db_end(cursor, NULL);\n}\n\n", s->name);
}

static void put_plain(struct str *c, struct statement *s)
{
	put_descriptor(c, s, s->name, s->text, false, 0);
	put(c, "\n");
	put_row_reader(c, s);
	put_prototype(c, s, -1);
	put(c, "\n{\n\tstruct db_cursor *cursor = db_run(ask->db, &%s);\n", s->name);
	switch (s->kind) {
	case ONE:
		put(c, "\tbool found;\n\tenum outcome done;\n\n");
		put_binds(c, s);
		put(c, "\tfound = db_next(cursor);\n\tif (found)\n");
		if (s->n_columns == 1)
			put_get(c, &s->columns[0], 0, "\t\t*out", "ask->arena");
		else
			put(c, "\t\t%s_read(cursor, ask->arena, out);\n", s->name);
		if (s->writes)
			put(c, "\tif (found)\n\t\tdb_next(cursor);\n");          /* RETURNING: run it to its end */
		put(c, "\tdone = db_end(cursor, NULL);\n\treturn done != OK ? done : found ? OK : NOT_FOUND;\n}\n\n");
		break;
	case MANY:
		put_many_body(c, s);
		put_many_end(c, s);
		break;
	case EACH:
		put(c, "\n");
		put_binds(c, s);
		put(c, "\treturn cursor;\n}\n\n");
		put(c, "bool sql_%s_next(struct db_cursor *cursor, struct arena *row_arena, struct sql_%s_row *out)\n{\n"
		       "\tif (!db_next(cursor))\n\t\treturn false;\n\t%s_read(cursor, row_arena, out);\n\treturn true;\n}\n\n", s->name, s->name, s->name);
		put(c, "OUTCOME sql_%s_close(struct db_cursor *cursor)\n{\n\treturn db_end(cursor, NULL);\n}\n\n", s->name);
		put(c, "OUTCOME sql_%s_each(struct ask *ask", s->name);
		put_parameters(c, s);
		put(c, ", enum outcome (*visit)(void *context, const struct sql_%s_row *row), void *context)\n{\n"
		       "\tstruct db_cursor *cursor = sql_%s_open(ask", s->name, s->name);
		for (int i = 0; i < s->n_parameters && s->n_parameters <= FLAT_PARAMETERS; i++)
			put(c, ", %s", s->parameters[i].name);
		put(c, "%s);\n\tstruct arena *arena = arena_new(16 * MiB);\n\tstruct sql_%s_row row;\n\tenum outcome visited = OK, ended;\n\n"
		       "\twhile (visited == OK && sql_%s_next(cursor, arena, &row)) {\n\t\tvisited = visit(context, &row);\n\t\tarena_reset(arena);\n\t}\n"
		       "\tended = db_end(cursor, NULL);\n\tarena_free(arena);\n\treturn visited != OK ? visited : ended;\n}\n\n",
		    s->n_parameters > FLAT_PARAMETERS ? ", in" : "", s->name, s->name);
		break;
	case EXEC:
		put(c, "\n");
		put_binds(c, s);
		put(c, "\twhile (db_next(cursor))\n\t\t;\n\treturn db_end(cursor, NULL);\n}\n\n");
		break;
	case TOUCH:
		put(c, "\tint64_t changed;\n\tenum outcome done;\n\n");
		put_binds(c, s);
		put(c, "\twhile (db_next(cursor))\n\t\t;\n\tdone = db_end(cursor, &changed);\n"
		       "\treturn done == OK && !changed ? CONFLICT : done;\n}\n\n");
		break;
	}
}

static void put_ordered(struct str *c, struct statement *s)
{
	put_row_reader(c, s);
	for (int o = 0; o < s->n_order; o++) {
		static const char *const ends[] = { "first_up", "first_down", "next_up", "next_down" };
		struct item key = { .type = column_type(s->order_name[o]) };
		char id[256], value[160];

		for (int i = 0; i < s->n_columns; i++)
			if (!strcmp(s->columns[i].name, s->order_name[o]))
				key.type = s->columns[i].type;
		for (int v = 0; v < 4; v++) {
			/* first pages name after_* nowhere; numbering keeps own parameters first */
			snprintf(id, sizeof id, "%s_by_%s_%s", s->name, s->order_name[o], ends[v]);
			put_descriptor(c, s, id, variant(s, s->text, o, v >= 2, v & 1), v >= 2, key.type);
		}
		put(c, "\n");
		put_prototype(c, s, o);
		snprintf(id, sizeof id, "%s_by_%s", s->name, s->order_name[o]);
		put(c, "\n{\n\tstruct db_cursor *cursor = db_run(ask->db, after ? descending ? &%s_next_down : &%s_next_up\n"
		       "\t\t\t\t\t\t\t: descending ? &%s_first_down : &%s_first_up);\n", id, id, id, id);
		put_many_body(c, s);
		snprintf(value, sizeof value, "after->%s", s->order_name[o]);
		put(c, "\tif (after) {\n");
		put_bind(c, &key, value, "\t\t");
		put(c, "\t\tdb_bind_int(cursor, after->%s);\n\t}\n", s->by_name);
		put_many_end(c, s);
	}
}

static void generate(const char *out_dir, const char *stem, struct statement *all, int n)
{
	struct str h = { 0 }, c = { 0 }, t = { 0 };
	char guard[256];

	snprintf(guard, sizeof guard, "SQL_%s_H", stem);
	for (char *p = guard; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	put(&h, "/* Made from %s by tools/sqlc. */\n#ifndef %s\n#define %s\n\n#include \"base/ask.h\"\n#include \"base/form.h\"\n#include \"db/statement.h\"\n",
	    file_name, guard, guard);
	put(&c, "/* Made from %s by tools/sqlc. */\n#include \"%s_sql.h\"\n\n", file_name, stem);
	for (int i = 0; i < n; i++) {
		put_header(&h, &all[i]);
		if (all[i].n_order)
			put_ordered(&c, &all[i]);
		else
			put_plain(&c, &all[i]);
	}
	put(&h, "\n#endif\n");
	put(&t, "%s%s", tables_read.at ? tables_read.at : "", tables_written.at ? tables_written.at : "");
	write_file(out_dir, stem, "_sql.h", &h);
	write_file(out_dir, stem, "_sql.c", &c);
	write_file(out_dir, stem, "_sql.tables", &t);
}

static void embed(const char *dir, const char *out)
{
	struct dirent **list;
	struct str c = { 0 };
	int n = scandir(dir, &list, is_sql, by_name);
	FILE *f;

	if (n <= 0)
		die("no migrations in %s", dir);
	put(&c, "/* Made from migrations/ by tools/sqlc. */\n#include \"db/migrate.h\"\n\nconst struct migration migrations[] = {\n");
	for (int i = 0; i < n; i++) {
		char path[4096], *text;

		snprintf(path, sizeof path, "%s/%s", dir, list[i]->d_name);
		text = read_file(path);
		put(&c, "{ %d, \"%s\",\n\t\t", (int)strtol(list[i]->d_name, NULL, 10), list[i]->d_name);
		put_literal(&c, text);
		put(&c, " },\n");
	}
	put(&c, "{ 0, NULL, NULL },\n};\n");
	f = fopen(out, "wb");
	if (!f || fwrite(c.at, 1, c.len, f) != c.len || fclose(f))
		die("cannot write %s", out);
}

int main(int argc, char **argv)
{
	static struct statement all[MAX_STATEMENTS];
	const char *dir = NULL, *out = NULL, *embedded = NULL, *slash;
	char stem[128];
	int n;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--migrations") && i + 1 < argc)
			dir = argv[++i];
		else if (!strcmp(argv[i], "--embed") && i + 1 < argc)
			embedded = argv[++i];
		else if (!strcmp(argv[i], "--out") && i + 1 < argc)
			out = argv[++i];
		else
			file_name = argv[i];
	}
	if (embedded && out) {
		embed(embedded, out);
		return 0;
	}
	if (!dir || !out || !file_name)
		die("usage: sqlc --migrations DIR --out DIR FILE.sql | sqlc --embed DIR --out FILE.c");
	load_migrations(dir);
	sqlite3_set_authorizer(store, on_access, NULL);
	n = read_statements(read_file(file_name), all);
	for (int i = 0; i < n; i++) {
		for (int j = 0; j < i; j++)
			if (!strcmp(all[i].name, all[j].name))
				complain(all[i].line, "%s: a second statement of that name", all[i].name);
		check(&all[i]);
	}
	if (problems)
		return 1;
	slash = strrchr(file_name, '/');
	snprintf(stem, sizeof stem, "%s", slash ? slash + 1 : file_name);
	if (strrchr(stem, '.'))
		*strrchr(stem, '.') = '\0';
	generate(out, stem, all, n);
	if (twins)
		fprintf(stderr, "%s: %d statement(s) with a text of their own for PostgreSQL\n", file_name, twins);
	return 0;
}
