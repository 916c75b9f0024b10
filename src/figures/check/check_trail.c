/* The trail, units, what must be unique, the book of certificates, files. */
#include <string.h>

#include "check_sql.h"
#include "figures/check/check_parts.h"
#include "files/files.h"

/* ---- the trail: exactly one row a version, 1 to the version stored ---- */

static void trail(struct checking *c, const char *subject, int64_t id, int64_t version, int64_t traces, int64_t versions,
	int64_t top)
{
	c->at->looked++;
	if (traces != version || versions != version || top != version)
		check_fault(c, "%s %lld: bản %lld, nhật ký có %lld dòng cho %lld bản, tới bản %lld", subject, (long long)id,
		(long long)version,
			(long long)traces, (long long)versions, (long long)top);
}

/* The statements have the same columns. */
#define TRAIL(table, words) \
	static enum outcome trail_##table(void *context, const struct sql_check_trail_##table##_row *r) \
	{ \
		trail(context, words, r->id, r->version, r->traces, r->versions, r->top); \
		return OK; \
	}
TRAIL(unit, "đơn vị")
TRAIL(branch, "chi hội của đơn vị")
TRAIL(person, "người")
TRAIL(account, "tài khoản")
TRAIL(assessment, "phiếu của người")
TRAIL(certificate, "giấy chứng nhận")
TRAIL(round, "đợt")
TRAIL(criteria, "bộ tiêu chí")
TRAIL(decision, "quyết định")
TRAIL(proposal, "tờ trình")
TRAIL(target_set, "bộ mục tiêu")
TRAIL(transfer, "lần chuyển, gộp")
TRAIL(population, "dân số của đơn vị")

OUTCOME check_trail(struct checking *c)
{
	struct ask *ask = c->ask;

#define TRAIL_OF(table) \
	check_begin(c, "audit_" #table, "mỗi bản đúng một dòng nhật ký"); \
	TRY(sql_check_trail_##table##_each(ask, trail_##table, c));
	TRAIL_OF(unit)
	TRAIL_OF(branch)
	TRAIL_OF(person)
	TRAIL_OF(account)
	TRAIL_OF(assessment)
	TRAIL_OF(certificate)
	TRAIL_OF(round)
	TRAIL_OF(criteria)
	TRAIL_OF(decision)
	TRAIL_OF(proposal)
	TRAIL_OF(target_set)
	TRAIL_OF(transfer)
	TRAIL_OF(population)
#undef TRAIL_OF
	return OK;
}

/* ---- units ---- */

struct versions { struct checking *c; int64_t unit_id; char until[16]; };

static enum outcome version_row(void *context, const struct sql_check_unit_versions_row *r)
{
	struct versions *v = context;

	v->c->at->looked++;
	if (r->unit_id == v->unit_id && strcmp(r->from_day, v->until) != 0)
		check_fault(v->c, "đơn vị %lld (mã %s): bản từ %s không nối bản trước, hết ngày %s", (long long)r->unit_id,
		r->code, r->from_day,
			v->until);
	v->unit_id = r->unit_id;
	memcpy(v->until, r->until_day, strlen(r->until_day) < sizeof v->until ? strlen(r->until_day) + 1 : sizeof v->until);
	v->until[sizeof v->until - 1] = '\0';
	return OK;
}

static enum outcome code_row(void *context, const struct sql_check_unit_codes_row *r)
{
	check_fault(context, "đơn vị %lld và %lld cùng mang mã %s trong một ngày", (long long)r->unit_id, (long long)r->other_id,
		r->code);
	return OK;
}

static enum outcome parent_row(void *context, const struct sql_check_unit_parents_row *r)
{
	check_fault(context, "đơn vị %lld (mã %s): nơi trực thuộc %lld không có vào ngày %s", (long long)r->unit_id, r->code,
		(long long)r->parent_id, r->from_day);
	return OK;
}

OUTCOME check_units(struct checking *c)
{
	struct versions v = { .c = c };

	check_begin(c, "unit_versions", "các bản của mỗi đơn vị nối nhau, không chồng, không hở");
	TRY(sql_check_unit_versions_each(c->ask, version_row, &v));
	TRY(sql_check_unit_codes_each(c->ask, code_row, c));
	return sql_check_unit_parents_each(c->ask, parent_row, c);
}

/* ---- certificates and what only one may hold ---- */

static enum outcome book_row(void *context, const struct sql_check_certificate_books_row *r)
{
	struct checking *c = context;

	if (r->lowest != 1 || r->highest != r->numbers || !r->next.is || r->next.value != r->highest + 1)
		check_fault(c, "sổ của cơ quan %lld, năm %lld: %lld số, từ %lld tới %lld, số kế tiếp ghi %lld",
		(long long)r->authority_unit_id,
			(long long)r->round_id, (long long)r->numbers, (long long)r->lowest, (long long)r->highest,
			(long long)r->next.value);
	return OK;
}

static enum outcome sheet_row(void *context, const struct sql_check_certificate_sheets_row *r)
{
	struct checking *c = context;
	int64_t expected = r->state == SHEET_RECOGNISED;

	c->at->looked++;
	if (r->valid != expected)
		check_fault(c, "người %lld, năm %lld: phiếu %s mà có %lld giấy chứng nhận còn giá trị", (long long)r->person_id,
			(long long)r->round_id, expected ? "được công nhận" : "không được công nhận", (long long)r->valid);
	return OK;
}

static enum outcome owner_row(void *context, const struct sql_check_unique_owners_row *r)
{
	check_fault(context, "khoá duy nhất loại %lld: chủ %lld không có", (long long)r->use, (long long)r->owner_id);
	return OK;
}

OUTCOME check_certificates(struct checking *c)
{
	check_begin(c, "certificate_books", "số vào sổ của mỗi cơ quan, mỗi năm liền nhau từ 1");
	TRY(sql_check_certificate_count(c->ask, &c->at->looked));
	TRY(sql_check_certificate_books_each(c->ask, book_row, c));
	check_begin(c, "certificates", "phiếu được công nhận có đúng một giấy chứng nhận còn giá trị");
	TRY(sql_check_certificate_sheets_each(c->ask, sheet_row, c));
	check_begin(c, "unique_keys", "mã và số chỉ một người giữ thì người ấy có thật");
	TRY(sql_check_unique_count(c->ask, &c->at->looked));
	return sql_check_unique_owners_each(c->ask, owner_row, c);
}

/* ---- files ---- */

struct file_pass { struct checking *c; struct arena *content; bool deep; };

static enum outcome file_row(void *context, const struct sql_check_stored_files_row *r)
{
	struct file_pass *p = context;
	struct checking *c = p->c;
	struct hash name;
	int64_t size;
	enum outcome found;

	c->at->looked++;
	if (r->content_hash.len != sizeof name.at) {
		check_fault(c, "một tệp có tên dài %zu byte, cần %zu", r->content_hash.len, sizeof name.at);
		return OK;
	}
	memcpy(name.at, r->content_hash.ptr, sizeof name.at);
	found = files_size(c->ask->files, name, &size);
	if (found == OK && size != r->size)
		check_fault(c, "tệp %s: dài %lld byte, ghi %lld", hash_hex(c->ask->arena, name), (long long)size,
		(long long)r->size);
	else if (found == OK && p->deep)
		found = files_check(c->ask->files, p->content, name);
	arena_reset(p->content);
	if (found == NOT_FOUND)
		check_fault(c, "tệp %s: không có trong kho", hash_hex(c->ask->arena, name));
	else if (found == INVALID)
		check_fault(c, "tệp %s: nội dung không còn như lúc cất", hash_hex(c->ask->arena, name));
	return found == FAILED ? FAILED : OK;
}

static enum outcome evidence_row(void *context, const struct sql_check_evidence_files_row *r)
{
	check_fault(context, "minh chứng %lld của người %lld: tệp không có trong danh mục kho", (long long)r->id,
		(long long)r->person_id);
	return OK;
}

static enum outcome decision_row(void *context, const struct sql_check_decision_files_row *r)
{
	check_fault(context, "quyết định %lld: tệp đã ký không có trong danh mục kho", (long long)r->id);
	return OK;
}

OUTCOME check_files(struct checking *c, bool deep)
{
	struct file_pass p = { c, arena_new(64 * MiB), deep };
	enum outcome done;

	check_begin(c, "files", deep ? "mỗi tệp có trong kho, đủ dài, đúng nội dung" : "mỗi tệp có trong kho, đủ dài");
	done = sql_check_stored_files_each(c->ask, file_row, &p);
	arena_free(p.content);
	TRY(done);
	check_begin(c, "file_references", "tệp mà minh chứng và quyết định nêu có trong danh mục kho");
	TRY(sql_check_evidence_files_each(c->ask, evidence_row, c));
	return sql_check_decision_files_each(c->ask, decision_row, c);
}
