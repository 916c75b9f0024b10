#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "files/files.h"
#include "registry/audit/audit.h"
#include "registry/people/people.h"
#include "tests/world.h"
#include "title/evidence/evidence.h"

static int64_t add_person(struct world *w, const char *name)
{
	struct person_new new = {.name = name,
		.birth = "1961", .national_id = "", .phone = "", .address = "", .household = "", .clan = "",
		.group = "nong_dan", .trained_on = "", .guardian = "", .sex = SEX_FEMALE, .leaf_id = w->hamlet,
		.hamlet_id = w->hamlet };
	int64_t id = 0;

	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, person_add(&w->ask, &new, &id));
	return id;
}

/* As evidence_prepare leaves it: two files stored, one refused. */
static struct evidence_files prepared(struct world *w, struct evidence_file list[3])
{
	static const char *const content[] = { "ảnh một", "ảnh hai" };

	for (size_t i = 0; i < 2; i++) {
		struct bytes bytes = { content[i], strlen(content[i]) };

		list[i] = (struct evidence_file){ .name = i ? "IMG_2.jpg" : "IMG_1.jpg", .refused = "", .medium = EVIDENCE_PHOTO,
			.received = keyring_hash(w->ask.keys, HASH_FILE, bytes), .file = hash_of(bytes),
			.thumb = hash_of((struct bytes){ content[i], 3 + i }), .width = 20, .height = 10,
			.file_size = (int64_t)bytes.len, .thumb_size = 3 };
	}
	list[2] = (struct evidence_file){ .name = "a.exe", .refused = "Tệp “a.exe” không phải ảnh." };
	return (struct evidence_files){ 3, 2, list };
}

TEST(evidence, good_files_are_kept_refused_ones_not_and_twice_is_once)
{
	struct world w;
	struct evidence_file list[3];
	struct evidence_files files;
	struct evidence_list all;
	struct evidence_uses uses;
	int64_t person;

	world_open(&w);
	person = add_person(&w, "Trần Thị Lành");
	files = prepared(&w, list);
	CHECK_OUTCOME(OK, evidence_add_files(&w.ask, person, w.hamlet, 2026, 4, &files));
	CHECK_OUTCOME(OK, evidence_add_files(&w.ask, person, w.hamlet, 2026, 4, &files));
	CHECK_OUTCOME(OK, evidence_of_person(&w.ask, person, &all));
	CHECK_INT(2, all.n);
	CHECK_TEXT("IMG_2.jpg", all.at[0].name);
	CHECK_INT(1, all.at[0].version);
	CHECK_OUTCOME(OK, evidence_add_files(&w.ask, person, w.hamlet, 2026, 5, &files)); /* reused for another indicator */
	CHECK_OUTCOME(OK, evidence_of_round(&w.ask, person, 2026, &uses));
	CHECK_INT(4, uses.n);
	CHECK_OUTCOME(OK, evidence_of_person(&w.ask, person, &all));
	CHECK_INT(2, all.n);
	CHECK_INT(2, all.at[0].version);
	world_close(&w);
}

TEST(evidence, each_version_has_one_audit_row)
{
	struct world w;
	struct evidence_file list[3];
	struct evidence_files files;
	struct evidence_list all;
	struct audit_list trail;
	int64_t person, id;

	world_open(&w);
	person = add_person(&w, "Trần Thị Lành");
	files = prepared(&w, list);
	CHECK_OUTCOME(OK, evidence_add_files(&w.ask, person, w.hamlet, 2026, 4, &files));
	CHECK_OUTCOME(OK, evidence_of_person(&w.ask, person, &all));
	id = all.at[0].id;
	CHECK_OUTCOME(OK, evidence_set_link(&w.ask, person, w.hamlet, 2026, 6, id, true));
	CHECK_OUTCOME(OK, evidence_set_link(&w.ask, person, w.hamlet, 2026, 6, id, true));
	CHECK_OUTCOME(OK, evidence_set_link(&w.ask, person, w.hamlet, 2026, 6, id, false));
	CHECK_OUTCOME(OK, evidence_set_link(&w.ask, person, w.hamlet, 2026, 6, id, false));
	CHECK_OUTCOME(NOT_FOUND, evidence_set_link(&w.ask, person, w.hamlet, 2026, 6, id + 999, true));
	CHECK_OUTCOME(OK, evidence_remove(&w.ask, person, w.hamlet, 2026, id, 3));
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "evidence", id, &trail));
	CHECK_INT(4, trail.n);
	for (size_t i = 0; i < trail.n; i++)
		CHECK_INT(4 - (int)i, trail.at[i].version);
	world_close(&w);
}

TEST(evidence, what_a_past_year_uses_is_not_removed)
{
	struct world w;
	struct evidence_list all;
	int64_t person;

	world_open(&w);
	person = add_person(&w, "Trần Thị Lành");
	CHECK_OUTCOME(INVALID, evidence_add_statement(&w.ask, person, w.hamlet, 2025, 4, "ngắn"));
	CHECK_PROBLEM(&w, "words");
	world_again(&w);
	CHECK_OUTCOME(OK, evidence_add_statement(&w.ask, person, w.hamlet, 2025, 4, "Tôi trông ruộng để con dâu đi học may"));
	CHECK_OUTCOME(OK, evidence_add_statement(&w.ask, person, w.hamlet, 2026, 4, "Tôi trông ruộng để con dâu đi học may"));
	CHECK_OUTCOME(OK, evidence_of_person(&w.ask, person, &all));
	CHECK_INT(1, all.n);
	CHECK_OUTCOME(INVALID, evidence_remove(&w.ask, person, w.hamlet, 2026, all.at[0].id, 2));
	CHECK_HAS(world_problem(&w, ""), "2025");
	world_again(&w);
	CHECK_OUTCOME(OK, evidence_set_link(&w.ask, person, w.hamlet, 2025, 4, all.at[0].id, false));
	CHECK_OUTCOME(CONFLICT, evidence_remove(&w.ask, person, w.hamlet, 2026, all.at[0].id, 2));
	CHECK_OUTCOME(OK, evidence_remove(&w.ask, person, w.hamlet, 2026, all.at[0].id, 3));
	CHECK_OUTCOME(OK, evidence_of_person(&w.ask, person, &all));
	CHECK_INT(0, all.n);
	world_close(&w);
}

TEST(evidence, the_same_file_of_two_people_is_found)
{
	struct world w;
	struct evidence_file list[3];
	struct evidence_files files;
	struct evidence_twins twins;
	int64_t first, second;

	world_open(&w);
	first = add_person(&w, "Trần Thị Lành");
	second = add_person(&w, "Nguyễn Văn Hai");
	files = prepared(&w, list);
	CHECK_OUTCOME(OK, evidence_add_files(&w.ask, first, w.hamlet, 2026, 4, &files));
	CHECK_OUTCOME(OK, evidence_twins(&w.ask, first, &twins));
	CHECK_INT(0, twins.n);
	files.n = files.n_good = 1;
	CHECK_OUTCOME(OK, evidence_add_files(&w.ask, second, w.hamlet, 2026, 1, &files));
	CHECK_OUTCOME(OK, evidence_twins(&w.ask, first, &twins));
	CHECK_INT(1, twins.n);
	CHECK_INT(second, twins.at[0].other_person_id);
	world_close(&w);
}

TEST(evidence, is_for_its_owner_and_officers_over_the_leaf)
{
	struct world w;
	struct evidence_list all;
	struct evidence e;
	int64_t person;

	world_open(&w);
	person = add_person(&w, "Trần Thị Lành");
	CHECK_OUTCOME(OK, evidence_add_statement(&w.ask, person, w.hamlet, 2026, 4, "Tôi trông ruộng để con dâu đi học may"));
	CHECK_OUTCOME(OK, evidence_of_person(&w.ask, person, &all));
	world_as(&w, ROLE_CITIZEN, w.hamlet);
	CHECK_OUTCOME(NOT_FOUND, evidence_read(&w.ask, person, all.at[0].id, &e));
	w.actor.person_id = person;
	CHECK_OUTCOME(OK, evidence_read(&w.ask, person, all.at[0].id, &e));
	world_as(&w, ROLE_BRANCH, w.other_hamlet);
	CHECK_OUTCOME(NOT_FOUND, evidence_read(&w.ask, person, all.at[0].id, &e));
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(OK, evidence_read(&w.ask, person, all.at[0].id, &e));
	world_close(&w);
}

TEST(evidence, a_removed_file_stays_seven_days_and_goes_when_nobody_holds_it)
{
	struct world w;
	struct bytes bytes = { "ảnh một", strlen("ảnh một") };
	struct evidence_file one = {.name = "IMG_1.jpg", .refused = "", .medium = EVIDENCE_PDF, .file_size = (int64_t)bytes.len};
	struct evidence_files files = { 1, 1, &one };
	struct evidence_list all;
	int64_t person, second, removed, size;

	world_serve(&w);
	person = add_person(&w, "Trần Thị Lành");
	second = add_person(&w, "Nguyễn Văn Hai");
	one.received = keyring_hash(w.ask.keys, HASH_FILE, bytes);
	CHECK_OUTCOME(OK, files_put(w.ask.files, bytes, &one.file));
	CHECK_OUTCOME(OK, evidence_add_files(&w.ask, person, w.hamlet, 2026, 4, &files));
	CHECK_OUTCOME(OK, evidence_add_files(&w.ask, second, w.hamlet, 2026, 4, &files));
	CHECK_OUTCOME(OK, evidence_of_person(&w.ask, person, &all));
	CHECK_OUTCOME(OK, evidence_remove(&w.ask, person, w.hamlet, 2026, all.at[0].id, 1));
	w.ask.now += 8 * 86400;
	CHECK_OUTCOME(OK, files_sweep(&w.ask, 100, &removed));
	CHECK_INT(0, removed);                               /* the other still holds it */
	CHECK_OUTCOME(OK, evidence_of_person(&w.ask, second, &all));
	CHECK_OUTCOME(OK, evidence_remove(&w.ask, second, w.hamlet, 2026, all.at[0].id, 1));
	CHECK_OUTCOME(OK, files_sweep(&w.ask, 100, &removed));
	CHECK_INT(0, removed);
	w.ask.now += 8 * 86400;
	CHECK_OUTCOME(OK, files_sweep(&w.ask, 100, &removed));
	CHECK_INT(1, removed);
	CHECK_OUTCOME(NOT_FOUND, files_size(w.ask.files, one.file, &size));
	/* sent again it is the same row, from a copy made anew; without one it is refused, not stored */
	CHECK_OUTCOME(FAILED, evidence_add_files(&w.ask, person, w.hamlet, 2026, 4, &files));
	CHECK_OUTCOME(OK, files_put(w.ask.files, bytes, &one.file));
	CHECK_OUTCOME(OK, evidence_add_files(&w.ask, person, w.hamlet, 2026, 4, &files));
	CHECK_OUTCOME(OK, evidence_of_person(&w.ask, person, &all));
	CHECK_INT(1, all.n);
	CHECK_INT(3, all.at[0].version);
	CHECK_OUTCOME(OK, files_sweep(&w.ask, 100, &removed));
	CHECK_INT(0, removed);
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(FORBIDDEN, files_sweep(&w.ask, 100, &removed));
	world_close(&w);
}

TEST(evidence, fault_at_each_step_of_adding_files_leaves_nothing)
{
	struct world w;
	struct evidence_file list[3];
	struct evidence_files files;
	struct evidence_list all;
	struct audit_list trail;
	int64_t person;

	world_open(&w);
	person = add_person(&w, "Trần Thị Lành");
	files = prepared(&w, list);
	for (int64_t n = 1;; n++) {
		enum outcome done;

		db_fail_at(w.db, n);
		done = evidence_add_files(&w.ask, person, w.hamlet, 2026, 4, &files);
		if (db_fail_at(w.db, 0) > 0) {
			CHECK_OUTCOME(OK, done);
			break;
		}
		CHECK_OUTCOME(FAILED, done);
		CHECK_OUTCOME(OK, evidence_of_person(&w.ask, person, &all));
		CHECK_INT(0, all.n);
		CHECK_OUTCOME(OK, audit_of_person(&w.ask, person, NULL, &trail));
		CHECK_INT(1, trail.n);                       /* of the person themselves */
	}
	CHECK_OUTCOME(OK, evidence_of_person(&w.ask, person, &all));
	CHECK_INT(2, all.n);
	world_close(&w);
}
