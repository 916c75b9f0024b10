#include "tests/test.h"

#include <string.h>

#include "base/day.h"
#include "registry/access/access.h"
#include "registry/access/session.h"
#include "registry/access/access_terms.h"
#include "registry/audit/audit.h"
#include "tests/world.h"

TEST(access, every_permission_names_known_roles_and_none_is_everybodys_by_mistake)
{
	for (enum permit p = 0; p < PERMIT_N; p++) {
		int n = permit_is_public(p);

		for (enum role r = 0; r < ROLES; r++)
			n += permit_has_role(p, r);
		CHECK(n > 0);
		CHECK(*permit_label(p));
		CHECK(permit_is_public(p) == (p == PERMIT_PUBLIC));
		if (permit_has_role(p, ROLE_AUDITOR))          /* who only reads */
			CHECK(strstr(permit_name(p), "READ") || p == PERMIT_PUBLIC || p == PERMIT_SIGNED_IN);
	}
}

TEST(access, a_role_holds_for_its_subtree_and_nowhere_else)
{
	struct world w;

	world_open(&w);
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(OK, access_require(&w.ask, PERMIT_UNIT_EDIT, w.commune));
	CHECK_OUTCOME(OK, access_require(&w.ask, PERMIT_UNIT_EDIT, w.hamlet));
	CHECK_OUTCOME(OK, access_require(&w.ask, PERMIT_UNIT_EDIT, 0));
	CHECK_OUTCOME(FORBIDDEN, access_require(&w.ask, PERMIT_UNIT_EDIT, w.other_hamlet));
	CHECK_OUTCOME(FORBIDDEN, access_require(&w.ask, PERMIT_UNIT_EDIT, w.province));
	CHECK_OUTCOME(FORBIDDEN, access_require(&w.ask, PERMIT_STATE_UNIT_EDIT, w.commune));
	CHECK_OUTCOME(FORBIDDEN, access_require(&w.ask, PERMIT_UNIT_EDIT, 12345));
	world_as(&w, ROLE_AUDITOR, w.province);
	CHECK_OUTCOME(OK, access_require(&w.ask, PERMIT_AUDIT_READ, w.hamlet));
	CHECK_OUTCOME(FORBIDDEN, access_require(&w.ask, PERMIT_UNIT_EDIT, w.hamlet));
	world_as_nobody(&w);
	CHECK_OUTCOME(OK, access_require(&w.ask, PERMIT_PUBLIC, w.hamlet));
	CHECK_OUTCOME(FORBIDDEN, access_require(&w.ask, PERMIT_SIGNED_IN, 0));
	world_close(&w);
}

TEST(access, sessions_end_by_idleness_sign_out_and_lock)
{
	struct world w;
	struct session s;
	const char *secret, *other;

	world_open(&w);
	CHECK_OUTCOME(OK, session_open(&w.ask, w.account[ROLE_CITIZEN], &secret));
	CHECK_OUTCOME(OK, session_read(&w.ask, secret, &s));
	CHECK(!s.is_over && s.actor && s.actor->person_id == 500 && !s.is_officer);
	w.ask.now += SESSION_CITIZEN_IDLE;
	CHECK_OUTCOME(OK, session_read(&w.ask, secret, &s));
	CHECK(s.is_over && !s.actor && s.account_id == w.account[ROLE_CITIZEN]);
	w.ask.now += SESSION_KEEP_DAYS * DAY_SECONDS;
	CHECK_OUTCOME(NOT_FOUND, session_read(&w.ask, secret, &s));
	CHECK_OUTCOME(OK, session_open(&w.ask, w.account[ROLE_COMMUNE], &secret));
	CHECK_OUTCOME(OK, session_open(&w.ask, w.account[ROLE_COMMUNE], &other));
	w.ask.now += SESSION_CITIZEN_IDLE;
	CHECK_OUTCOME(OK, session_read(&w.ask, secret, &s));
	CHECK(s.is_officer && !s.is_over);
	CHECK_OUTCOME(OK, session_close(&w.ask, s.key));
	CHECK_OUTCOME(OK, session_read(&w.ask, secret, &s));
	CHECK(s.is_over);
	CHECK_OUTCOME(OK, session_read(&w.ask, other, &s));
	CHECK(!s.is_over);
	CHECK_OUTCOME(OK, session_close_all(&w.ask, w.account[ROLE_COMMUNE]));
	CHECK_OUTCOME(OK, session_read(&w.ask, other, &s));
	CHECK(s.is_over);
	CHECK_OUTCOME(NOT_FOUND, session_read(&w.ask, "", &s));
	CHECK_OUTCOME(NOT_FOUND, session_read(&w.ask, "zz", &s));
	world_close(&w);
}

TEST(access, a_token_is_bound_to_its_session_and_answers_once)
{
	struct world w;
	struct hash one = { { 1 } }, two = { { 2 } };
	struct token_answer answer;
	const char *token;
	char *forged;

	world_open(&w);
	token = token_make(&w.ask, one);
	CHECK(token_is_ours(&w.ask, token, one));
	CHECK(!token_is_ours(&w.ask, token, two));
	forged = (char *)arena_text(w.arena, token);
	forged[0] = forged[0] == '0' ? '1' : '0';
	CHECK(!token_is_ours(&w.ask, forged, one) && !token_is_ours(&w.ask, "", one));
	CHECK_OUTCOME(NOT_FOUND, token_find(&w.ask, token, (struct bytes){ "body", 4 }, &answer));
	CHECK_OUTCOME(OK, token_store(&w.ask, token, (struct bytes){ "body", 4 }, &(struct token_answer){ 303, "/x" }));
	CHECK_OUTCOME(OK, token_find(&w.ask, token, (struct bytes){ "body", 4 }, &answer));
	CHECK_INT(303, answer.status);
	CHECK_TEXT("/x", answer.location);
	CHECK_OUTCOME(NOT_FOUND, token_find(&w.ask, token, (struct bytes){ "other", 5 }, &answer));
	world_close(&w);
}

TEST(access, what_was_typed_is_kept_for_its_account_alone)
{
	struct world w;
	struct kept_list list;

	world_open(&w);
	for (int i = 0; i < 7; i++) {
		w.ask.now++;
		CHECK_OUTCOME(OK, kept_add(&w.ask, w.account[ROLE_CITIZEN], "/phieu", arena_format(w.arena, "a=%d", i)));
	}
	CHECK_OUTCOME(OK, kept_list(&w.ask, w.account[ROLE_CITIZEN], &list));
	CHECK_INT(5, list.n);
	CHECK_TEXT("a=6", list.at[0].fields);
	CHECK_OUTCOME(OK, kept_list(&w.ask, w.account[ROLE_COMMUNE], &list));
	CHECK_INT(0, list.n);
	world_close(&w);
}

TEST(access, a_change_reads_as_words)
{
	struct arena *a = arena_new(1 * MiB);

	CHECK_TEXT("Tên: Ấp 1 → Ấp 2", audit_words(a, "{\"name\":\"Ấp 1\",\"code\":\"7\"}",
		"{\"name\":\"Ấp 2\",\"code\":\"7\"}", access_term));
	CHECK_TEXT("Tên: Ấp 2; Mã: 7", audit_words(a, "{}", "{\"name\":\"Ấp 2\",\"code\":\"7\"}", access_term));
	CHECK_TEXT(arena_format(a, "Vai trò: %s", role_label(ROLE_BRANCH)), audit_words(a, "{\"role\":\"branch\"}", "{}", access_term));
	CHECK_TEXT("", audit_words(a, "{}", "{}", access_term));
	CHECK_TEXT("", audit_words(a, "x", "{}", access_term));
	CHECK_TEXT("Tình trạng: Đã đăng ký → Đang chấm; Điểm tự chấm: chỉ số 1: – → 3, 3: 5 → 8", audit_words(a,
		"{\"state\":\"registered\",\"self\":\"[null,7,5]\"}", "{\"state\":\"draft\",\"self\":\"[3,7,8]\"}", access_term));
	CHECK_TEXT("Điểm tự chấm: chỉ số 2: – → 4", audit_words(a, "{}", "{\"self\":\"[null,4,null]\"}", access_term));
	arena_free(a);
}
