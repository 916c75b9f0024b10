/* json.h: files and answers in JSON: a reader that says all that is wrong at once, and a writer. jansson inside.
 *
 *	TRY(json_parse(arena, bytes, problems, &root));
 *	const struct json *rule = json_member(root, "pass_rule");
 *	total = json_int(json_member(rule, "total_min"), 0, 200);
 *	for (size_t i = 0; i < json_count(list); i++)
 *		add(json_text(json_member(json_item(list, i), "title"), 200));
 *	if (!problems_none(problems))
 *		return INVALID;
 *
 * Every place of the document, also one that is not there, is a `struct json` that knows its path: asking never fails, a wrong
 * or missing value is a problem and a harmless default (0, "", false). A problem's field is the path, its text begins with it:
 * "indicators[3].max: cần một số nguyên từ 0 đến 100." Below a place already blamed nothing more is said. After JSON_PROBLEMS
 * of them one last line says that there are more. Values live as long as the arena. */
#ifndef JSON_JSON_H
#define JSON_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/outcome.h"
#include "base/problems.h"

#define JSON_BYTES (8 * MiB)
enum { JSON_DEPTH = 64, JSON_VALUES = 400000, JSON_PROBLEMS = 100, JSON_KEY = 200 };     /* values: memory stays below 150 MiB */

struct json;

/* One whole JSON text of UTF-8 (a BOM in front is fine), no member twice. INVALID adds one problem, of field "", that begins
 * "Dòng 3, cột 14: …"; past the bounds above too. */
OUTCOME json_parse(struct arena *, struct bytes, struct problems *, const struct json **out);

bool json_has(const struct json *);                                      /* there, and not null */
const char *json_path(const struct json *);                              /* "indicators[3].max"; "" for the root */
/* A problem of the caller's own at this place: the text continues after the path and ": ". */
void json_problem(const struct json *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Objects. Not an object: a problem. json_member of what is not there is a place that is not there. */
const struct json *json_member(const struct json *, const char *key);
/* Members in the order of the file: NULL first gives the first, NULL back is the end. */
const struct json *json_next(const struct json *object, const struct json *before);
const char *json_key(const struct json *member);
/* A member of no name given here is a problem: a misspelt name must not be lost in silence. */
void json_only(const struct json *object, const char *const *keys, size_t n);

/* Arrays. Not an array: a problem and 0. i < json_count. */
size_t json_count(const struct json *);
const struct json *json_item(const struct json *, size_t i);

/* Values, needed: missing or null is a problem too. Text has 0...max characters, no control characters; it is UTF-8 as it
 * came, so make it NFC (text/text.h) where it is kept. */
int64_t json_int(const struct json *, int64_t min, int64_t max);
bool json_bool(const struct json *);
const char *json_text(const struct json *, size_t max);
const char *json_lines(const struct json *, size_t max);                 /* may hold \n and \t */
size_t json_choice(const struct json *, const char *const *codes, size_t n);     /* the index of one of the codes */
/* The same, where missing or null is no problem. */
struct maybe json_maybe(const struct json *, int64_t min, int64_t max);
const char *json_text_or(const struct json *, size_t max, const char *otherwise);
bool json_bool_or(const struct json *, bool otherwise);

/* The writer puts one JSON text onto a buf, in order; a wrong order (a value without key in an object, an end too many) is our
 * bug and aborts. Compact unless .pretty (two spaces, a line a value). Failure is the buf's.
 *
 *	struct json_out j = { .out = &buf };
 *	json_begin_object(&j);
 *	json_put_key(&j, "adults");
 *	json_put_int(&j, 1234);
 *	json_end(&j);
 */
struct json_out {
	struct buf *out;
	bool pretty;
	/* private */
	unsigned depth;
	bool after_key;
	struct { bool object, filled; } level[JSON_DEPTH];
};

void json_begin_object(struct json_out *);
void json_begin_array(struct json_out *);
void json_end(struct json_out *);                                        /* of the innermost object or array */
void json_put_key(struct json_out *, const char *key);
void json_put_int(struct json_out *, int64_t);
void json_put_maybe(struct json_out *, struct maybe);                    /* null when absent */
void json_put_tenths(struct json_out *, struct maybe tenths);            /* SOME(388) → 38.8; null when absent */
void json_put_text(struct json_out *, const char *);
void json_put_bool(struct json_out *, bool);
void json_put_null(struct json_out *);

#endif
