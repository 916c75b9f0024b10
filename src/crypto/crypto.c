#include "crypto/crypto.h"

#include <sodium.h>

#include "base/bug.h"

void crypto_start(void)
{
	BUG_ON(sodium_init() < 0);               /* 1: was done before */
}

void random_bytes(void *out, size_t len)
{
	randombytes_buf(out, len);
}

static void put_le64(unsigned char *to, uint64_t v)
{
	for (int i = 0; i < 8; i++)
		to[i] = (unsigned char)(v >> 8 * i);
}

/* ChaCha20, its key made from the seed, its nonce the counter: the same bytes on every machine. */
void random_seeded(void *out, size_t len, uint64_t seed, uint64_t counter)
{
	unsigned char seed_bytes[8], nonce[crypto_stream_chacha20_NONCEBYTES], key[crypto_stream_chacha20_KEYBYTES];

	put_le64(seed_bytes, seed);
	put_le64(nonce, counter);
	crypto_generichash(key, sizeof key, seed_bytes, sizeof seed_bytes, NULL, 0);
	crypto_stream_chacha20(out, len, nonce, key);
}

struct hash hash_of(struct bytes what)
{
	struct hash hash;

	crypto_generichash(hash.at, HASH_LEN, what.ptr, what.len, NULL, 0);
	return hash;
}

void sha256_of(struct bytes what, unsigned char out[SHA256_LEN])
{
	_Static_assert(SHA256_LEN == crypto_hash_sha256_BYTES, "one length");
	crypto_hash_sha256(out, what.len ? what.ptr : (const unsigned char *)"", what.len);
}

void wipe(void *secret, size_t len) { sodium_memzero(secret, len); }

const char *hash_hex(struct arena *arena, struct hash hash)
{
	return sodium_bin2hex(arena_alloc(arena, 2 * HASH_LEN + 1), 2 * HASH_LEN + 1, hash.at, HASH_LEN);
}

bool hash_equal(struct hash a, struct hash b)
{
	return sodium_memcmp(a.at, b.at, HASH_LEN) == 0;
}
