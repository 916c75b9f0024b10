#include "tests/test.h"

#include <string.h>

#include "base/day.h"
#include "base/id.h"
#include "crypto/crypto.h"
#include "registry/access/accounts.h"
#include "registry/access/session.h"
#include "registry/access/sign_in.h"
#include "registry/audit/audit.h"
#include "tests/world.h"

#define GOOD "con trâu là đầu cơ nghiệp"

static int64_t add(struct world *w, const char *login)
{
	int64_t id = 0;

	w->ask.actor = &access_system;
	world_again(w);
	CHECK_OUTCOME(OK, account_add(&w->ask, &(struct account_new){ .login = login, .name = "Bà Lành" }, &id));
	return id;
}

static const char *code_for(struct world *w, int64_t id)
{
	const char *code = "";

	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, code_make_for(&w->ask, id, 0, ticket_make(w->arena), &code));
	return code;
}

static struct signed_in activate(struct world *w, const char *code, const char *phone)
{
	struct activation a;
	struct signed_in got;

	world_as_nobody(w);
	CHECK_OUTCOME(OK, activate_prepare(&w->ask, code, GOOD, GOOD, "127.0.0.1", &a));
	CHECK_OUTCOME(OK, activate_finish(&w->ask, &a, phone, &got));
	return got;
}

static struct signed_in sign_in_from(struct world *w, const char *login, const char *passphrase, const char *peer,
	const struct session *session)
{
	struct sign_in in;
	struct signed_in got;

	world_as_nobody(w);
	CHECK_OUTCOME(OK, sign_in_prepare(&w->ask, login, passphrase, peer, session, &in));
	CHECK_OUTCOME(OK, sign_in_finish(&w->ask, &in, &got));
	return got;
}

static struct signed_in sign_in(struct world *w, const char *login, const char *passphrase)
{
	return sign_in_from(w, login, passphrase, "127.0.0.1", NULL);
}

/* ---- who gives what ---- */

TEST(accounts, who_gives_which_role_where_is_a_table)
{
	static const struct { enum role giver; const char *hamlet, *commune, *province; } table[] = {
		{ ROLE_CITIZEN, "", "", "" }, { ROLE_BRANCH, "d", "", "" }, { ROLE_DEPUTY, "", "", "" }, { ROLE_COMMUNE, "bd",
			"", "" },
		{ ROLE_AUTHORITY, "", "", "" }, { ROLE_PROVINCE, "bd", "xu", "u" }, { ROLE_AUDITOR, "", "", "" },
		{ ROLE_ADMIN, "bd", "xuk", "utka" },
	};
	static const char letters[] = "cbdxutka";
	struct world w;

	world_open(&w);
	for (size_t i = 0; i < COUNT(table); i++) {
		int64_t home = table[i].giver <= ROLE_DEPUTY ? w.hamlet : table[i].giver <= ROLE_AUTHORITY ? w.commune : w.province;
		const int64_t units[] = { w.hamlet, w.commune, w.province };
		const char *const may[] = { table[i].hamlet, table[i].commune, table[i].province };

		world_as(&w, table[i].giver, home);
		for (size_t u = 0; u < COUNT(units); u++)
			for (enum role given = ROLE_BRANCH; given < ROLES; given++) {
				bool got, wanted = strchr(may[u], letters[given]) != NULL;

				CHECK_OUTCOME(OK, role_may_give(&w.ask, given, units[u], &got));
				got &= role_fits(given, u == 0 ? LEVEL_LEAF : u == 1 ? LEVEL_COMMUNE : LEVEL_PROVINCE);
				CHECK_INT(wanted, got);
			}
		CHECK_INT(*table[i].hamlet != '\0', role_may_offer(w.ask.actor, ROLE_DEPUTY));
	}
	world_as(&w, ROLE_COMMUNE, w.commune);
	bool other = true;
	CHECK_OUTCOME(OK, role_may_give(&w.ask, ROLE_BRANCH, w.other_hamlet, &other));
	CHECK(!other);
	world_close(&w);
}

TEST(accounts, nobody_gives_themselves_a_role_or_takes_over_who_stands_above)
{
	struct world w;
	struct role_new role = { ROLE_DEPUTY, 0, "" };
	int64_t grant;
	const char *code;
	bool may;

	world_open(&w);
	role.unit_id = w.hamlet;
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(INVALID, role_give(&w.ask, w.account[ROLE_COMMUNE], &role, &grant));
	CHECK_PROBLEM(&w, "");
	world_as(&w, ROLE_BRANCH, w.hamlet);
	CHECK_OUTCOME(FORBIDDEN, code_make_for(&w.ask, w.account[ROLE_COMMUNE], 0, ticket_make(w.arena), &code));
	CHECK_OUTCOME(FORBIDDEN, code_make_for(&w.ask, w.account[ROLE_COMMUNE], w.hamlet, ticket_make(w.arena), &code));
	CHECK_OUTCOME(FORBIDDEN, account_lock(&w.ask, w.account[ROLE_PROVINCE], 1));
	CHECK_OUTCOME(FORBIDDEN, role_take(&w.ask, w.account[ROLE_COMMUNE], 2000 + ROLE_COMMUNE));
	CHECK_OUTCOME(OK, code_make_for(&w.ask, w.account[ROLE_DEPUTY], 0, ticket_make(w.arena), &code));
	/* a citizen's account: who has the leaf, nobody else below the province */
	CHECK_OUTCOME(OK, code_make_for(&w.ask, w.account[ROLE_CITIZEN], w.hamlet, ticket_make(w.arena), &code));
	CHECK_OUTCOME(FORBIDDEN, code_make_for(&w.ask, w.account[ROLE_CITIZEN], 0, ticket_make(w.arena), &code));
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(OK, account_may_manage(&w.ask, w.account[ROLE_ADMIN], 0, &may));
	CHECK(!may);
	world_as(&w, ROLE_ADMIN, w.province);
	CHECK_OUTCOME(INVALID, account_lock(&w.ask, w.account[ROLE_ADMIN], 1));
	CHECK_OUTCOME(INVALID, role_take(&w.ask, w.account[ROLE_ADMIN], 2000 + ROLE_ADMIN));
	world_close(&w);
}

TEST(accounts, a_role_holds_until_its_day_and_ends_with_a_trace)
{
	struct world w;
	struct role_list roles;
	struct audit_list trail;
	int64_t id, grant;

	world_open(&w);
	id = add(&w, "lanh.binhhoa");
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(INVALID, role_give(&w.ask, id, &(struct role_new){ ROLE_COMMUNE, w.hamlet, WORLD_TODAY }, &grant));
	CHECK_PROBLEM(&w, "role");
	CHECK_PROBLEM(&w, "until_day");
	world_again(&w);
	CHECK_OUTCOME(FORBIDDEN, role_give(&w.ask, id, &(struct role_new){ ROLE_BRANCH, w.other_hamlet, "" }, &grant));
	CHECK_OUTCOME(OK, role_give(&w.ask, id, &(struct role_new){ ROLE_BRANCH, w.hamlet, "2026-12-01" }, &grant));
	CHECK_OUTCOME(INVALID, role_give(&w.ask, id, &(struct role_new){ ROLE_BRANCH, w.hamlet, "" }, &grant));
	w.ask.now = day_start("2026-12-01");
	CHECK_OUTCOME(OK, roles_of(&w.ask, id, &roles));
	CHECK_INT(0, roles.n);
	w.ask.now = day_start(WORLD_TODAY);
	CHECK_OUTCOME(OK, roles_of(&w.ask, id, &roles));
	CHECK_INT(1, roles.n);
	CHECK_OUTCOME(OK, role_take(&w.ask, id, roles.at[0].id));
	CHECK_OUTCOME(NOT_FOUND, role_take(&w.ask, id, roles.at[0].id));
	CHECK_OUTCOME(OK, audit_of_subject(&w.ask, "role_grant", id, &trail));
	CHECK_INT(2, trail.n);
	world_close(&w);
}

TEST(accounts, all_that_is_wrong_with_a_new_one_is_said_at_once)
{
	struct world w;
	int64_t id;
	struct account found;

	world_open(&w);
	add(&w, "Lanh.BinhHoa");
	CHECK_OUTCOME(OK, account_by_login(&w.ask, "LANH.binhhoa", &found));
	CHECK_TEXT("lanh.binhhoa", found.login);
	CHECK_OUTCOME(INVALID, account_add(&w.ask, &(struct account_new){ .login = "lanh.binhhoa", .name = "B" }, &id));
	CHECK_PROBLEM(&w, "login");
	CHECK_PROBLEM(&w, "name");
	world_again(&w);
	CHECK_OUTCOME(INVALID, officer_add(&w.ask, &(struct account_new){ .login = "0900000121", .name = "Ông Tư" },
		&(struct role_new){ ROLE_COMMUNE, w.hamlet, "2020-01-01" }, &id));
	CHECK_PROBLEM(&w, "login");
	CHECK_PROBLEM(&w, "role");
	CHECK_PROBLEM(&w, "until_day");
	world_again(&w);
	CHECK_OUTCOME(CONFLICT, account_add_for_person(&w.ask, 500, "Anh Dũng", w.hamlet, &id));
	CHECK_OUTCOME(OK, account_add_for_person(&w.ask, 501, "Chị Thuỳ", w.hamlet, &id));
	CHECK_OUTCOME(OK, account_of_person(&w.ask, 501, &found));
	CHECK_INT(id, found.id);
	CHECK_OUTCOME(NOT_FOUND, account_of_person(&w.ask, 0, &found));
	world_close(&w);
}

TEST(accounts, the_list_has_the_officers_below_by_name_and_no_citizens)
{
	struct world w;
	struct officer_list list;
	struct role_new role = { ROLE_BRANCH, 0, "" };
	int64_t id;

	world_open(&w);
	w.ask.actor = &access_system;
	role.unit_id = w.hamlet;
	CHECK_OUTCOME(OK, officer_add(&w.ask, &(struct account_new){ .login = "an.tran", .name = "Trần Văn An",
		.unit_id = w.hamlet }, &role, &id));
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(OK, accounts_for_unit(&w.ask, "", 0, &list));
	CHECK_INT(5, list.n);                    /* branch, deputy, commune, authority and the new one */
	CHECK_OUTCOME(OK, accounts_for_unit(&w.ask, "", list.at[2].grant_id, &list));
	CHECK_INT(2, list.n);
	CHECK_OUTCOME(OK, accounts_for_unit(&w.ask, "van AN", 0, &list));
	CHECK_INT(1, list.n);
	CHECK_TEXT("Ấp Bình Hoà", list.at[0].unit);
	CHECK(!list.at[0].is_active);
	world_as(&w, ROLE_COMMUNE, w.other_commune);
	CHECK_OUTCOME(OK, accounts_for_unit(&w.ask, "", 0, &list));
	CHECK_INT(0, list.n);
	world_close(&w);
}

/* ---- codes and passphrases ---- */

TEST(accounts, a_code_opens_once_within_fourteen_days_and_ends_the_older)
{
	struct world w;
	struct activation a;
	struct account account;
	const char *first, *second;
	int64_t id;

	world_open(&w);
	id = add(&w, "lanh");
	first = code_for(&w, id);
	CHECK_INT(CODE_ACTIVATION_LEN, strlen(first));
	CHECK_INT(CODE_TEXT_LEN, strlen(code_show(w.arena, first)));
	second = code_for(&w, id);
	CHECK_INT(SIGN_IN_WRONG, activate(&w, first, "").answer);
	w.ask.now += CODE_DAYS * DAY_SECONDS;
	CHECK_INT(SIGN_IN_WRONG, activate(&w, second, "").answer);
	w.ask.now -= 1;
	CHECK_INT(SIGN_IN_OK, activate(&w, second, "").answer);
	CHECK_INT(SIGN_IN_WRONG, activate(&w, second, "").answer);
	CHECK_OUTCOME(OK, account_get(&w.ask, id, &account));
	CHECK(account.is_active && account.version == 2);
	world_as_nobody(&w);
	CHECK_OUTCOME(INVALID, activate_prepare(&w.ask, first, "12345678", "12345678", "x", &a));
	CHECK_PROBLEM(&w, "passphrase");
	world_again(&w);
	CHECK_OUTCOME(INVALID, activate_prepare(&w.ask, first, GOOD, "khác", "x", &a));
	CHECK_PROBLEM(&w, "again");
	world_close(&w);
}

TEST(accounts, a_code_is_shown_again_to_who_made_it_for_half_an_hour)
{
	struct world w;
	const char *ticket, *code, *again;
	int64_t until;

	world_open(&w);
	ticket = ticket_make(w.arena);
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(OK, code_make_for(&w.ask, w.account[ROLE_BRANCH], 0, ticket, &code));
	CHECK_OUTCOME(OK, code_again(&w.ask, w.account[ROLE_BRANCH], ticket, &again, &until));
	CHECK_TEXT(code, again);
	CHECK_OUTCOME(NOT_FOUND, code_again(&w.ask, w.account[ROLE_DEPUTY], ticket, &again, &until));
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(NOT_FOUND, code_again(&w.ask, w.account[ROLE_BRANCH], ticket, &again, &until));
	world_as(&w, ROLE_COMMUNE, w.commune);
	w.ask.now += CODE_SHOW_SECONDS;
	CHECK_OUTCOME(NOT_FOUND, code_again(&w.ask, w.account[ROLE_BRANCH], ticket, &again, &until));
	world_close(&w);
}

TEST(accounts, who_tries_codes_is_closed_out)
{
	struct world w;

	world_open(&w);
	for (int i = 0; i <= FAILURES_FREE; i++)
		CHECK_INT(SIGN_IN_WRONG, activate(&w, "00000000000", "").answer);
	CHECK_INT(SIGN_IN_CLOSED, activate(&w, code_for(&w, w.account[ROLE_BRANCH]), "").answer);
	w.ask.now += CLOSED_FIRST;
	CHECK_INT(SIGN_IN_OK, activate(&w, code_for(&w, w.account[ROLE_BRANCH]), "").answer);
	world_close(&w);
}

TEST(accounts, five_failures_close_for_a_minute_then_twice_as_long_up_to_an_hour)
{
	static const int64_t seconds[] = { 0, 0, 0, 0, 0, 60, 120, 240, 480, 960, 1920, 3600, 3600 };

	for (size_t i = 0; i < COUNT(seconds); i++)
		CHECK_INT(seconds[i], closed_seconds((int64_t)i));
	CHECK_INT(3600, closed_seconds(100000));
}

TEST(accounts, a_name_that_nobody_has_answers_like_one_that_somebody_has)
{
	struct world w;
	int64_t id;

	world_open(&w);
	id = add(&w, "lanh");
	CHECK_INT(SIGN_IN_OK, activate(&w, code_for(&w, id), "").answer);
	for (int i = 0; i < 12; i++) {
		struct signed_in known = sign_in(&w, "Lanh", "sai rồi"), unknown = sign_in(&w, "khong.co", "sai rồi");

		CHECK_INT(known.answer, unknown.answer);
		CHECK_INT(known.seconds, unknown.seconds);
		w.ask.now += i % 3 ? 20 : 70;
	}
	world_close(&w);
}

TEST(accounts, even_the_right_passphrase_opens_nothing_while_closed)
{
	struct world w;
	struct sign_in in;
	struct signed_in got;
	int64_t id;

	world_open(&w);
	id = add(&w, "lanh");
	CHECK_INT(SIGN_IN_OK, activate(&w, code_for(&w, id), "").answer);
	world_as_nobody(&w);
	CHECK_OUTCOME(OK, sign_in_prepare(&w.ask, "lanh", GOOD, "127.0.0.1", NULL, &in));          /* proved before the others failed */
	CHECK(in.fits);
	for (int i = 0; i <= FAILURES_FREE; i++)
		CHECK_INT(SIGN_IN_WRONG, sign_in(&w, "lanh", "sai rồi").answer);
	CHECK_OUTCOME(OK, sign_in_finish(&w.ask, &in, &got));
	CHECK_INT(SIGN_IN_CLOSED, got.answer);
	CHECK_INT(60, got.seconds);
	w.ask.now += 60;
	CHECK_INT(SIGN_IN_OK, sign_in(&w, "LANH", GOOD).answer);
	for (int i = 0; i < FAILURES_FREE; i++)          /* success forgot them */
		CHECK_INT(SIGN_IN_WRONG, sign_in(&w, "lanh", "sai rồi").answer);
	CHECK_INT(SIGN_IN_OK, sign_in(&w, "lanh", GOOD).answer);
	world_close(&w);
}

TEST(accounts, a_stranger_who_fails_closes_neither_another_address_nor_the_owners_device)
{
	struct world w;
	struct signed_in own;
	struct session session;
	int64_t id;

	world_open(&w);
	id = add(&w, "lanh");
	own = activate(&w, code_for(&w, id), "");
	CHECK_INT(SIGN_IN_OK, own.answer);
	CHECK_OUTCOME(OK, session_read(&w.ask, own.secret, &session));
	for (int i = 0; i <= FAILURES_FREE; i++) {
		CHECK_INT(SIGN_IN_WRONG, sign_in_from(&w, "lanh", "sai rồi", "10.0.0.1", NULL).answer);
		CHECK_INT(SIGN_IN_WRONG, sign_in_from(&w, "khong.co", "sai rồi", "10.0.0.1", NULL).answer);
	}
	CHECK_INT(SIGN_IN_CLOSED, sign_in_from(&w, "lanh", GOOD, "10.0.0.1", NULL).answer);
	CHECK_INT(SIGN_IN_CLOSED, sign_in_from(&w, "khong.co", GOOD, "10.0.0.1", NULL).answer);
	CHECK_INT(SIGN_IN_WRONG, sign_in_from(&w, "khong.co", "sai rồi", "10.0.0.2", NULL).answer);
	CHECK_INT(SIGN_IN_OK, sign_in_from(&w, "lanh", GOOD, "10.0.0.2", NULL).answer);
	/* many addresses together close both kinds of names alike, but not the device that was signed in */
	for (int i = 0; i <= FAILURES_FREE_ALL; i++) {
		const char *peer = arena_format(w.arena, "10.0.1.%d", i / FAILURES_FREE);
		struct signed_in known = sign_in_from(&w, "lanh", "sai rồi", peer, NULL),
			unknown = sign_in_from(&w, "ai.do", "sai rồi", peer, NULL);

		CHECK_INT(SIGN_IN_WRONG, known.answer);
		CHECK_INT(SIGN_IN_WRONG, unknown.answer);
	}
	CHECK_INT(60, sign_in_from(&w, "lanh", GOOD, "10.0.2.1", NULL).seconds);
	CHECK_INT(60, sign_in_from(&w, "ai.do", GOOD, "10.0.2.1", NULL).seconds);
	CHECK_INT(SIGN_IN_OK, sign_in_from(&w, "lanh", GOOD, "10.0.0.1", &session).answer);
	/* the device is closed by its own failures */
	for (int i = 0; i <= FAILURES_FREE; i++)
		CHECK_INT(SIGN_IN_WRONG, sign_in_from(&w, "lanh", "sai rồi", "10.0.0.1", &session).answer);
	CHECK_INT(SIGN_IN_CLOSED, sign_in_from(&w, "lanh", GOOD, "10.0.0.1", &session).answer);
	/* somebody else's device is a stranger */
	session.account_id = w.account[ROLE_BRANCH];
	CHECK_INT(SIGN_IN_CLOSED, sign_in_from(&w, "lanh", GOOD, "10.0.2.1", &session).answer);
	world_close(&w);
}

TEST(accounts, a_passphrase_that_was_replaced_meanwhile_opens_nothing)
{
	struct world w;
	struct sign_in in;
	struct activation a;
	struct signed_in got;
	int64_t id;

	world_open(&w);
	id = add(&w, "lanh");
	CHECK_INT(SIGN_IN_OK, activate(&w, code_for(&w, id), "").answer);
	world_as_nobody(&w);
	CHECK_OUTCOME(OK, sign_in_prepare(&w.ask, "lanh", GOOD, "127.0.0.1", NULL, &in));
	CHECK_OUTCOME(OK, activate_prepare(&w.ask, code_for(&w, id), "hai con cò trắng", "hai con cò trắng", "x", &a));
	CHECK_OUTCOME(OK, activate_finish(&w.ask, &a, "", &got));
	CHECK_OUTCOME(OK, sign_in_finish(&w.ask, &in, &got));
	CHECK_INT(SIGN_IN_WRONG, got.answer);
	world_close(&w);
}

TEST(accounts, a_person_signs_in_by_identity_number_or_by_the_phone_first_confirmed)
{
	static const char number[] = "072201001234";
	struct world w;
	struct hash h;
	int64_t id, other;
	struct activation a;
	struct signed_in got;

	world_open(&w);
	h = keyring_hash(w.ask.keys, HASH_NATIONAL_ID, (struct bytes){ number, 12 });
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, account_add_for_person(&w.ask, 700, "Bà Lành", w.hamlet, &id));
	CHECK_OUTCOME(OK, unique_claim(&w.ask, UNIQUE_NATIONAL_ID, (struct bytes){ h.at, HASH_LEN }, 700));
	CHECK_INT(SIGN_IN_OK, activate(&w, code_for(&w, id), "0900000121").answer);
	CHECK_INT(id, sign_in(&w, "0722 0100 1234", GOOD).account_id);
	CHECK_INT(id, sign_in(&w, "0900 000 121", GOOD).account_id);
	CHECK_INT(SIGN_IN_WRONG, sign_in(&w, "072201009999", GOOD).answer);
	other = add(&w, "chau");
	world_as_nobody(&w);
	CHECK_OUTCOME(OK, activate_prepare(&w.ask, code_for(&w, other), GOOD, GOOD, "x", &a));
	CHECK_OUTCOME(INVALID, activate_finish(&w.ask, &a, "0900000121", &got));
	CHECK_PROBLEM(&w, "phone");
	CHECK_OUTCOME(OK, activate_finish(&w.ask, &a, "", &got));                /* the code was not used up */
	CHECK_INT(SIGN_IN_OK, got.answer);
	world_close(&w);
}

TEST(accounts, a_lock_signs_out_and_keeps_out)
{
	struct world w;
	struct session session;
	struct signed_in got;
	int64_t id;

	world_open(&w);
	id = add(&w, "lanh");
	got = activate(&w, code_for(&w, id), "");
	w.ask.actor = &access_system;
	CHECK_OUTCOME(CONFLICT, account_lock(&w.ask, id, 1));
	CHECK_OUTCOME(OK, account_lock(&w.ask, id, 2));
	CHECK_OUTCOME(OK, session_read(&w.ask, got.secret, &session));
	CHECK(session.is_over);
	CHECK_INT(SIGN_IN_LOCKED, sign_in(&w, "lanh", GOOD).answer);
	CHECK_INT(SIGN_IN_WRONG, sign_in(&w, "lanh", "sai rồi").answer);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, account_unlock(&w.ask, id, 3));
	CHECK_INT(SIGN_IN_OK, sign_in(&w, "lanh", GOOD).answer);
	world_close(&w);
}

TEST(accounts, a_new_passphrase_ends_the_other_sessions)
{
	struct world w;
	struct session here, there;
	struct signed_in one, two;
	struct new_passphrase new;
	int64_t id;

	world_open(&w);
	id = add(&w, "lanh");
	one = activate(&w, code_for(&w, id), "");
	two = sign_in(&w, "lanh", GOOD);
	CHECK_OUTCOME(OK, session_read(&w.ask, one.secret, &here));
	w.ask.actor = here.actor;
	CHECK_OUTCOME(INVALID, passphrase_prepare(&w.ask, "sai rồi", "chín chữ khác nhau", "chín chữ khác nhau", &new));
	CHECK_PROBLEM(&w, "old");
	world_again(&w);
	CHECK_OUTCOME(OK, passphrase_prepare(&w.ask, GOOD, "chín chữ khác nhau", "chín chữ khác nhau", &new));
	CHECK_OUTCOME(OK, passphrase_finish(&w.ask, &new, here.key));
	CHECK_OUTCOME(CONFLICT, passphrase_finish(&w.ask, &new, here.key));
	CHECK_OUTCOME(OK, session_read(&w.ask, two.secret, &there));
	CHECK(there.is_over);
	CHECK_OUTCOME(OK, session_read(&w.ask, one.secret, &here));
	CHECK(!here.is_over);
	CHECK_INT(SIGN_IN_OK, sign_in(&w, "lanh", "chín chữ khác nhau").answer);
	world_close(&w);
}

TEST(accounts, a_ready_passphrase_needs_no_code)
{
	struct world w;
	const char *hash;
	int64_t id;

	world_open(&w);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, passphrase_hash(w.arena, GOOD, &hash));
	CHECK_OUTCOME(OK, account_add(&w.ask, &(struct account_new){ .login = "demo", .name = "Bà Lành",
		.passphrase_hash = hash }, &id));
	CHECK_INT(SIGN_IN_OK, sign_in(&w, "demo", GOOD).answer);
	world_close(&w);
}

/* ---- faults ---- */

static enum outcome add_officer(struct world *w)
{
	int64_t id;

	return officer_add(&w->ask, &(struct account_new){ .login = "moi", .name = "Ông Mới", .unit_id = w->hamlet },
		&(struct role_new){ ROLE_BRANCH, w->hamlet, "" }, &id);
}

TEST(accounts, fault_at_each_step_of_a_new_officer_leaves_nothing)
{
	struct world w;
	struct account found;

	world_open(&w);
	for (int64_t n = 1;; n++) {
		enum outcome done;

		w.ask.actor = &access_system;
		world_again(&w);
		db_fail_at(w.db, n);
		done = add_officer(&w);
		if (db_fail_at(w.db, 0) > 0) {
			CHECK_OUTCOME(OK, done);
			break;
		}
		CHECK_OUTCOME(FAILED, done);
		CHECK_OUTCOME(NOT_FOUND, account_by_login(&w.ask, "moi", &found));
	}
	CHECK_OUTCOME(OK, account_by_login(&w.ask, "moi", &found));
	world_close(&w);
}

TEST(accounts, fault_at_each_step_of_an_activation_leaves_the_code_good)
{
	struct world w;
	struct activation a;
	struct signed_in got;
	int64_t id;

	world_open(&w);
	id = add(&w, "lanh");
	CHECK_OUTCOME(OK, activate_prepare(&w.ask, code_for(&w, id), GOOD, GOOD, "x", &a));
	for (int64_t n = 1;; n++) {
		struct account account;
		enum outcome done;

		world_as_nobody(&w);
		db_fail_at(w.db, n);
		done = activate_finish(&w.ask, &a, "0900000121", &got);
		if (db_fail_at(w.db, 0) > 0) {
			CHECK_OUTCOME(OK, done);
			CHECK_INT(SIGN_IN_OK, got.answer);
			break;
		}
		CHECK_OUTCOME(FAILED, done);
		CHECK_OUTCOME(OK, account_get(&w.ask, id, &account));
		CHECK(!account.is_active && !*account.phone && account.version == 1);
	}
	world_close(&w);
}

/* ---- the trace ---- */

TEST(accounts, an_auditor_searches_by_unit_actor_person_action_and_day)
{
	struct world w;
	struct audit_filter f = { .action = "" };
	struct audit_list all, rows;
	int64_t unit;

	world_open(&w);
	unit = w.commune;
	f.units = (struct id_list){ 1, &unit };
	f.from = day_start(WORLD_TODAY);
	f.until = f.from + DAY_SECONDS;
	CHECK_OUTCOME(OK, audit_search(&w.ask, &f, NULL, &all));
	CHECK(all.n >= 4);                       /* two leaves and their branches */
	f.is_narrow = true;
	CHECK_OUTCOME(OK, audit_search(&w.ask, &f, NULL, &rows));
	CHECK_INT(all.n, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		CHECK_INT(all.at[i].id, rows.at[i].id);
	CHECK_OUTCOME(OK, audit_search(&w.ask, &f, &all.at[0], &rows));
	CHECK_INT(all.n - 1, rows.n);
	f.action = "branch_set";
	CHECK_OUTCOME(OK, audit_search(&w.ask, &f, NULL, &rows));
	CHECK_INT(2, rows.n);
	CHECK_TEXT("Trường THCS Đức Hoà", rows.at[0].unit);
	f.action = "";
	f.account_id = 77;
	CHECK_OUTCOME(OK, audit_search(&w.ask, &f, NULL, &rows));
	CHECK_INT(0, rows.n);
	f.account_id = 0;
	unit = w.hamlet;
	CHECK_OUTCOME(OK, audit_search(&w.ask, &f, NULL, &rows));
	CHECK_INT(2, rows.n);
	f.until = f.from;
	CHECK_OUTCOME(OK, audit_search(&w.ask, &f, NULL, &rows));
	CHECK_INT(0, rows.n);
	f.until += DAY_SECONDS;
	f.person_id = 500;
	CHECK_OUTCOME(OK, audit_search(&w.ask, &f, NULL, &rows));
	CHECK_INT(0, rows.n);
	world_close(&w);
}
