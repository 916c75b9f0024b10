#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crypto/crypto.h"
#include "files/packs.h"

static struct bytes words(const char *text) { return (struct bytes){ text, strlen(text) }; }
static bool holds(const struct pack *p, const char *text) { return p->content.len == strlen(text) && !memcmp(p->content.ptr, text, p->content.len); }

static void folder_gone(const char *dir)
{
	char command[128];

	snprintf(command, sizeof command, "rm -rf %s", dir);
	CHECK_INT(0, system(command));
}

TEST(packs, a_pack_is_found_by_its_key_and_stamp_only)
{
	struct packs *p;
	struct pack pack;

	crypto_start();
	CHECK_OUTCOME(OK, packs_open("", &p));
	CHECK(!packs_take(p, (struct pack_key){ 2026, 5 }, 1, &pack));
	CHECK_OUTCOME(OK, packs_put(p, (struct pack_key){ 2026, 5 }, 1, words("một"), &pack));
	CHECK(holds(&pack, "một") && (uintptr_t)pack.content.ptr % 64 == 0);
	packs_leave(p, &pack);
	CHECK(packs_take(p, (struct pack_key){ 2026, 5 }, 1, &pack));
	packs_leave(p, &pack);
	CHECK(!packs_take(p, (struct pack_key){ 2026, 5 }, 2, &pack));
	CHECK(!packs_take(p, (struct pack_key){ 2025, 5 }, 1, &pack));
	packs_close(p);
}

TEST(packs, an_older_version_stays_readable_while_it_is_held)
{
	struct packs *p;
	struct pack old, new;

	crypto_start();
	CHECK_OUTCOME(OK, packs_open("", &p));
	CHECK_OUTCOME(OK, packs_put(p, (struct pack_key){ 1, 1 }, 1, words("cũ"), &old));
	CHECK_OUTCOME(OK, packs_put(p, (struct pack_key){ 1, 1 }, 2, words("mới"), &new));
	CHECK(holds(&old, "cũ") && holds(&new, "mới"));
	packs_leave(p, &old);
	packs_leave(p, &new);
	CHECK(!packs_take(p, (struct pack_key){ 1, 1 }, 1, &old));
	packs_close(p);
}

TEST(packs, a_folder_keeps_them_and_a_torn_one_is_not_found)
{
	char dir[] = "/tmp/hoctap-packs-XXXXXX", path[64];
	struct packs *p, *other;
	struct pack pack;
	FILE *f;

	crypto_start();
	CHECK(mkdtemp(dir));
	CHECK_OUTCOME(OK, packs_open(dir, &p));
	CHECK_OUTCOME(OK, packs_put(p, (struct pack_key){ 7, 8 }, 3, words("bảy tám"), &pack));
	packs_leave(p, &pack);
	CHECK_OUTCOME(OK, packs_open(dir, &other));          /* another process */
	CHECK(packs_take(other, (struct pack_key){ 7, 8 }, 3, &pack));
	CHECK(holds(&pack, "bảy tám"));
	packs_leave(other, &pack);
	packs_close(other);
	snprintf(path, sizeof path, "%s/7-8.pack", dir);
	f = fopen(path, "r+");
	CHECK(f && !fseek(f, -1, SEEK_END) && fputc('x', f) == 'x' && !fclose(f));
	CHECK_OUTCOME(OK, packs_open(dir, &other));
	CHECK(!packs_take(other, (struct pack_key){ 7, 8 }, 3, &pack));
	packs_close(other);
	CHECK(!truncate(path, 100));
	CHECK_OUTCOME(OK, packs_open(dir, &other));
	CHECK(!packs_take(other, (struct pack_key){ 7, 8 }, 3, &pack));
	packs_close(other);
	packs_close(p);
	folder_gone(dir);
}

TEST(packs, a_folder_that_cannot_be_written_costs_only_the_next_start)
{
	char dir[] = "/tmp/hoctap-packs-XXXXXX";
	struct packs *p;
	struct pack pack;

	crypto_start();
	CHECK(mkdtemp(dir));
	CHECK_OUTCOME(OK, packs_open(dir, &p));
	folder_gone(dir);                                    /* nothing can be made in it any more */
	CHECK_OUTCOME(OK, packs_put(p, (struct pack_key){ 7, 8 }, 3, words("bảy tám"), &pack));
	CHECK(holds(&pack, "bảy tám"));
	packs_leave(p, &pack);
	CHECK(packs_take(p, (struct pack_key){ 7, 8 }, 3, &pack));
	packs_leave(p, &pack);
	packs_close(p);
}
