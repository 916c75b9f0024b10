#include "tests/test.h"

#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "crypto/crypto.h"

static struct bytes bytes_of(const char *text)
{
	return (struct bytes){ text, strlen(text) };
}

TEST(crypto, hashes_are_those_of_the_standard)
{
	struct arena *a = arena_new(1 * MiB);

	crypto_start();
	CHECK_TEXT("0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8", hash_hex(a, hash_of(bytes_of(""))));
	CHECK(hash_equal(hash_of(bytes_of("a")), hash_of(bytes_of("a"))));
	CHECK(!hash_equal(hash_of(bytes_of("a")), hash_of(bytes_of("b"))));
	arena_free(a);
}

TEST(crypto, seeded_bytes_are_the_same_everywhere)
{
	unsigned char x[40], y[40];
	char hex[17];

	crypto_start();
	random_seeded(x, sizeof x, 1, 0);
	random_seeded(y, sizeof y, 1, 0);
	CHECK(!memcmp(x, y, sizeof x));
	for (int i = 0; i < 8; i++)
		snprintf(hex + 2 * i, 3, "%02x", x[i]);
	CHECK_TEXT("5aa4346f11b0369c", hex);
	random_seeded(y, sizeof y, 1, 1);
	CHECK(memcmp(x, y, sizeof x) != 0);
	random_seeded(y, sizeof y, 2, 0);
	CHECK(memcmp(x, y, sizeof x) != 0);
	random_bytes(x, sizeof x);
	random_bytes(y, sizeof y);
	CHECK(memcmp(x, y, sizeof x) != 0);
}

TEST(crypto, passphrase_hash_has_its_costs_and_fits_only_its_passphrase)
{
	struct arena *a = arena_new(1 * MiB);
	const char *hash, *again;

	crypto_start();
	CHECK_OUTCOME(OK, passphrase_hash(a, "ruộng lúa mùa nước nổi", &hash));
	CHECK_OUTCOME(OK, passphrase_hash(a, "ruộng lúa mùa nước nổi", &again));
	CHECK(!strncmp(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31));
	CHECK(strlen(hash) < PASSPHRASE_HASH_LEN);
	CHECK(strcmp(hash, again) != 0);
	CHECK(passphrase_verify(hash, "ruộng lúa mùa nước nổi"));
	CHECK(!passphrase_verify(hash, "ruộng lúa mùa nước lên"));
	CHECK(!passphrase_verify(hash, ""));
	CHECK(!passphrase_verify("", "x") && !passphrase_verify("không phải", "x"));
	passphrase_pretend("x");
	arena_free(a);
}

TEST(crypto, pretending_costs_as_much_as_checking)
{
	struct arena *a = arena_new(1 * MiB);
	struct timespec t[3];
	const char *hash;
	double real, pretended;

	crypto_start();
	CHECK_OUTCOME(OK, passphrase_hash(a, "một hai ba bốn", &hash));
	passphrase_pretend("x");
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t[0]);
	passphrase_verify(hash, "sai mất rồi");
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t[1]);
	passphrase_pretend("sai mất rồi");
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t[2]);
	real = (double)(t[1].tv_sec - t[0].tv_sec) + (double)(t[1].tv_nsec - t[0].tv_nsec) * 1e-9;
	pretended = (double)(t[2].tv_sec - t[1].tv_sec) + (double)(t[2].tv_nsec - t[1].tv_nsec) * 1e-9;
	CHECK(pretended > real / 4 && pretended < real * 4);
	arena_free(a);
}

TEST(crypto, easy_passphrases_are_refused)
{
	static const struct { const char *passphrase, *login; bool refused; } cases[] = {
		{ "", "", true }, { "1234567", "", true }, { "ắặẵẳằăâ", "", true }, { "aaaaaaaa", "", true },
		{ "ấấấấấấấấ", "", true },
		{ "hahahaha", "", true }, { "12341234", "", true }, { "12345678", "", true }, { "87654321", "", true },
		{ "67890123", "", true },
		{ "abcdefgh", "", true }, { "ABCDEFGH", "", true }, { "qwertyui", "", true }, { "lkjhgfdsa", "", true },
		{ "1qaz2wsx", "", true },
		{ "matkhau123", "", true }, { "Matkhau@2026", "", true }, { "mat khau 1", "", true }, { "password", "", true },
		{ "passw0rd!", "", true },
		{ "hoctap2026", "", true }, { "123456abc", "", true }, { "lan.nguyen", "lan.nguyen", true },
		{ "LAN.NGUYEN", "lan.nguyen", true },
		{ "0900000121", "0900000121", true }, { "0900 000 121", "0900000121", true },
		{ "+84900000121", "0900000121", true },
		{ "mk0900000121", "0900000121", true }, { "080161001234", "080161001234", true },
		{ "ruộng lúa mùa", "lan", false }, { "bà ngoại trồng mai", "", false }, { "k8#vQ2!x", "", false },
		{ "cà phê sữa đá", "0900000121", false },
		{ "19 hoa mai vàng", "", false }, { "lan.nguyen mai", "lan.nguyen", false }, { "tám chữ.", "", false },
		{ "12345679", "", false },
	};
	char long_one[PASSPHRASE_MAX * 3 + 2] = "";

	for (size_t i = 0; i < COUNT(cases); i++)
		if ((*passphrase_problem(cases[i].passphrase, cases[i].login) != '\0') != cases[i].refused)
			fail_msg("%s / %s", cases[i].passphrase, cases[i].login);
	for (size_t i = 0; i + 1 < sizeof long_one; i++)
		long_one[i] = (char)('a' + i * i % 23);
	CHECK(*passphrase_problem(long_one, ""));
	long_one[PASSPHRASE_MAX] = '\0';
	CHECK_TEXT("", passphrase_problem(long_one, ""));
}

/* Keyring */

struct home { char parent[32], dir[48], file[64]; };

static struct home home_new(void)
{
	struct home h = { .parent = P_tmpdir "/keyring-XXXXXX" };

	CHECK(mkdtemp(h.parent) != NULL);
	snprintf(h.dir, sizeof h.dir, "%s/keys", h.parent);
	snprintf(h.file, sizeof h.file, "%s/keyring", h.dir);
	return h;
}

static void home_remove(const struct home *h)
{
	unlink(h->file);
	rmdir(h->dir);
	CHECK_INT(0, rmdir(h->parent));          /* nothing else was left behind */
}

static size_t file_read(const char *path, char *to, size_t size)
{
	FILE *f = fopen(path, "rb");
	size_t n = f ? fread(to, 1, size, f) : 0;

	if (f)
		fclose(f);
	return n;
}

static void file_write(const char *path, const char *from, size_t len)
{
	FILE *f = fopen(path, "wb");

	CHECK(f && fwrite(from, 1, len, f) == len && !fclose(f));
}

/* The log line of a refusal is expected here: keep it out of the test's output. */
static enum outcome open_quietly(const char *dir, struct keyring **out)
{
	int kept = dup(2), nowhere = open("/dev/null", O_WRONLY);
	enum outcome done;

	dup2(nowhere, 2);
	done = keyring_open(dir, out);
	dup2(kept, 2);
	close(kept);
	close(nowhere);
	return done;
}

TEST(keyring, is_made_once_and_only_for_its_owner)
{
	struct home h = home_new();
	struct keyring *ring = NULL;
	struct stat st;
	mode_t before = umask(0);

	CHECK_OUTCOME(NOT_FOUND, keyring_open(h.dir, &ring));
	CHECK_OUTCOME(NOT_FOUND, keyring_rotate(h.dir));
	CHECK_OUTCOME(OK, keyring_create(h.dir));
	umask(before);
	CHECK(!stat(h.dir, &st) && (st.st_mode & 07777) == 0700);
	CHECK(!stat(h.file, &st) && (st.st_mode & 07777) == 0600);
	CHECK_OUTCOME(CONFLICT, keyring_create(h.dir));
	CHECK_OUTCOME(OK, keyring_open(h.dir, &ring));
	keyring_close(ring);
	keyring_close(NULL);
	unlink(h.file);
	CHECK_OUTCOME(NOT_FOUND, keyring_open(h.dir, &ring));
	home_remove(&h);
}

TEST(keyring, refuses_a_file_that_others_may_read)
{
	static const mode_t open_modes[] = { 0640, 0604, 0660, 0601, 0620 };
	struct home h = home_new();
	struct keyring *ring;

	CHECK_OUTCOME(OK, keyring_create(h.dir));
	for (size_t i = 0; i < COUNT(open_modes); i++) {
		CHECK(!chmod(h.file, open_modes[i]));
		CHECK_OUTCOME(FAILED, open_quietly(h.dir, &ring));
	}
	CHECK(!chmod(h.file, 0400));
	CHECK_OUTCOME(OK, keyring_open(h.dir, &ring));
	keyring_close(ring);
	home_remove(&h);
}

TEST(keyring, refuses_a_cut_or_changed_file)
{
	struct home h = home_new();
	struct keyring *ring;
	char good[1024], bad[1024];
	size_t len;

	CHECK_OUTCOME(OK, keyring_create(h.dir));
	len = file_read(h.file, good, sizeof good);
	CHECK(len > 200 && len < sizeof good);
	for (size_t i = 0; i < len; i++) {
		file_write(h.file, good, i);
		CHECK_OUTCOME(FAILED, open_quietly(h.dir, &ring));
		memcpy(bad, good, len);
		bad[i] = bad[i] == '7' ? '8' : '7';
		file_write(h.file, bad, len);
		CHECK_OUTCOME(FAILED, open_quietly(h.dir, &ring));
	}
	memcpy(bad, good, len);
	bad[len] = '\n';
	file_write(h.file, bad, len + 1);
	CHECK_OUTCOME(FAILED, open_quietly(h.dir, &ring));
	file_write(h.file, good, len);
	CHECK_OUTCOME(OK, keyring_open(h.dir, &ring));
	keyring_close(ring);
	home_remove(&h);
}

TEST(keyring, an_old_key_opens_what_it_sealed_after_a_rotation)
{
	struct arena *a = arena_new(1 * MiB);
	struct home h = home_new();
	struct keyring *before, *after;
	struct bytes old, new, plain;

	CHECK_OUTCOME(OK, keyring_create(h.dir));
	CHECK_OUTCOME(OK, keyring_open(h.dir, &before));
	old = keyring_encrypt(before, a, bytes_of("072201001234"));
	for (int i = 0; i < 3; i++)
		CHECK_OUTCOME(OK, keyring_rotate(h.dir));
	CHECK_OUTCOME(OK, keyring_open(h.dir, &after));
	new = keyring_encrypt(after, a, bytes_of("072201001234"));
	CHECK_OUTCOME(OK, keyring_decrypt(after, a, old, &plain));
	CHECK_TEXT("072201001234", plain.ptr);
	CHECK_OUTCOME(OK, keyring_decrypt(after, a, new, &plain));
	CHECK_OUTCOME(INVALID, keyring_decrypt(before, a, new, &plain));
	CHECK(!keyring_is_current(after, old) && keyring_is_current(after, new) && keyring_is_current(before, old));
	CHECK(hash_equal(keyring_hash(before, HASH_LOGIN, plain), keyring_hash(after, HASH_LOGIN, plain)));
	keyring_close(before);
	keyring_close(after);
	home_remove(&h);
	arena_free(a);
}

/* A whole file with n encryption keys, as keyring.h describes it. */
static void write_keys(const char *path, unsigned n)
{
	static const char key[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
	char text[8192], hex[33];
	unsigned char sum[16];
	size_t len = (size_t)snprintf(text, sizeof text, "hoctap keyring 1\nhash 1 %s\nsigning 1 %s\n", key, key);

	for (unsigned i = 1; i <= n; i++)
		len += (size_t)snprintf(text + len, sizeof text - len, "encryption %u %s\n", i, key);
	crypto_generichash(sum, sizeof sum, (unsigned char *)text, len, NULL, 0);
	len += (size_t)snprintf(text + len, sizeof text - len, "check %s\n", sodium_bin2hex(hex, sizeof hex, sum, sizeof sum));
	file_write(path, text, len);
	CHECK(!chmod(path, 0600));
}

TEST(keyring, holds_its_declared_number_of_keys)
{
	struct home h = home_new();
	struct keyring *ring;
	int kept, nowhere;

	CHECK(!mkdir(h.dir, 0700));
	write_keys(h.file, KEYRING_KEYS - 1);
	CHECK_OUTCOME(OK, keyring_rotate(h.dir));
	kept = dup(2);
	nowhere = open("/dev/null", O_WRONLY);
	dup2(nowhere, 2);
	CHECK_OUTCOME(FAILED, keyring_rotate(h.dir));
	dup2(kept, 2);
	close(kept);
	close(nowhere);
	CHECK_OUTCOME(OK, keyring_open(h.dir, &ring));
	keyring_close(ring);
	write_keys(h.file, 0);
	CHECK_OUTCOME(FAILED, open_quietly(h.dir, &ring));
	write_keys(h.file, KEYRING_KEYS + 1);
	CHECK_OUTCOME(FAILED, open_quietly(h.dir, &ring));
	home_remove(&h);
}

static void *create_at_once(void *dir)
{
	return keyring_create(dir) == OK ? dir : NULL;
}

TEST(keyring, of_two_makers_one_wins)
{
	struct home h = home_new();
	struct keyring *ring;
	pthread_t thread[8];
	int made = 0;

	for (size_t i = 0; i < COUNT(thread); i++)
		CHECK(!pthread_create(&thread[i], NULL, create_at_once, h.dir));
	for (size_t i = 0; i < COUNT(thread); i++) {
		void *won;

		CHECK(!pthread_join(thread[i], &won));
		made += won != NULL;
	}
	CHECK_INT(1, made);
	CHECK_OUTCOME(OK, keyring_open(h.dir, &ring));
	keyring_close(ring);
	home_remove(&h);
}

TEST(keyring, nothing_sealed_opens_after_a_change)
{
	struct arena *a = arena_new(4 * MiB);
	struct keyring *ring = keyring_for_tests();
	struct bytes sealed = keyring_encrypt(ring, a, bytes_of("072201001234")), again, plain = { "untouched", 9 };
	unsigned char *bad = arena_alloc(a, sealed.len + 1);

	CHECK_INT(12 + SEALED_MORE, sealed.len);
	for (size_t i = 0; i < sealed.len * 8; i++) {
		memcpy(bad, sealed.ptr, sealed.len);
		bad[i / 8] ^= (unsigned char)(1 << i % 8);
		CHECK_OUTCOME(INVALID, keyring_decrypt(ring, a, (struct bytes){ bad, sealed.len }, &plain));
	}
	memcpy(bad, sealed.ptr, sealed.len);
	for (size_t len = 0; len <= sealed.len + 1; len++)
		if (len != sealed.len)
			CHECK_OUTCOME(INVALID, keyring_decrypt(ring, a, (struct bytes){ bad, len }, &plain));
	CHECK_TEXT("untouched", plain.ptr);
	again = keyring_encrypt(ring, a, bytes_of("072201001234"));
	CHECK(memcmp(again.ptr, sealed.ptr, sealed.len) != 0);
	CHECK_OUTCOME(OK, keyring_decrypt(ring, a, keyring_encrypt(ring, a, (struct bytes){ "", 0 }), &plain));
	CHECK_INT(0, plain.len);
	keyring_close(ring);
	arena_free(a);
}

TEST(keyring, the_same_value_hashes_apart_for_each_use_and_ring)
{
	struct home h = home_new();
	struct keyring *ring = keyring_for_tests(), *other;
	struct bytes id = bytes_of("072201001234");

	CHECK_OUTCOME(OK, keyring_create(h.dir));
	CHECK_OUTCOME(OK, keyring_open(h.dir, &other));
	for (enum hash_use x = HASH_NATIONAL_ID; x <= HASH_LOGIN; x++) {
		for (enum hash_use y = HASH_NATIONAL_ID; y <= HASH_LOGIN; y++)
			CHECK_INT(x == y, hash_equal(keyring_hash(ring, x, id), keyring_hash(ring, y, id)));
		CHECK(!hash_equal(keyring_hash(ring, x, id), keyring_hash(other, x, id)));
	}
	CHECK(!hash_equal(keyring_hash(ring, HASH_FILE, id), hash_of(id)));
	keyring_close(other);
	keyring_close(ring);
	home_remove(&h);
}

TEST(keyring, hashes_and_signatures_stay_the_same_between_versions)
{
	struct arena *a = arena_new(1 * MiB);
	struct keyring *ring = keyring_for_tests();
	unsigned char signature[SIGNATURE_LEN], bad[SIGNATURE_LEN];
	struct bytes what = bytes_of("GCN 0001/2026");

	CHECK_TEXT("58bad039b65fb32c612eb91016f216b6e670620647cdaf3f5ce9ed8448a19d00",
		hash_hex(a, keyring_hash(ring, HASH_NATIONAL_ID, bytes_of("072201001234"))));
	keyring_sign(ring, what, signature);
	CHECK(keyring_verify(ring, what, signature));
	CHECK(!keyring_verify(ring, bytes_of("GCN 0002/2026"), signature));
	for (size_t i = 0; i < SIGNATURE_LEN; i++) {
		memcpy(bad, signature, sizeof bad);
		bad[i] ^= 1;
		CHECK(!keyring_verify(ring, what, bad));
	}
	keyring_close(ring);
	arena_free(a);
}
