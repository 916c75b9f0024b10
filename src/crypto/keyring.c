/* The keys as they are used: subkeys made once, in guarded memory that is read-only afterwards (sodium_malloc). */
#include "crypto/keyring.h"

#include <sodium.h>
#include <string.h>

#include "base/bug.h"
#include "base/log.h"
#include "crypto/crypto.h"
#include "crypto/keyring_file.h"

enum { HASH_USES = HASH_LOGIN + 1, ID_LEN = 4, NONCE_LEN = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG_LEN = crypto_aead_xchacha20poly1305_ietf_ABYTES };
_Static_assert(SEALED_MORE == ID_LEN + NONCE_LEN + TAG_LEN, "as the header says");
_Static_assert(KEY_LEN == crypto_aead_xchacha20poly1305_ietf_KEYBYTES && KEY_LEN == crypto_kdf_KEYBYTES &&
	KEY_LEN == crypto_sign_SEEDBYTES, "one size of key");

struct keyring {
	unsigned char hash[HASH_USES][KEY_LEN];
	unsigned char secret[crypto_sign_SECRETKEYBYTES], public[crypto_sign_PUBLICKEYBYTES];
	size_t n;
	struct key_line encryption[KEYRING_KEYS];
};

static struct keyring *keyring_new(const struct raw_keys *raw)
{
	struct keyring *ring = sodium_malloc(sizeof *ring);

	BUG_ON(!ring);
	memset(ring, 0, sizeof *ring);
	for (unsigned use = 0; use < HASH_USES; use++)
		crypto_kdf_derive_from_key(ring->hash[use], KEY_LEN, use + 1, "hoctap-h", raw->hash);
	crypto_sign_seed_keypair(ring->public, ring->secret, raw->signing);
	ring->n = raw->n;
	memcpy(ring->encryption, raw->encryption, sizeof ring->encryption);
	sodium_mprotect_readonly(ring);
	return ring;
}

enum outcome keyring_open(const char *dir, struct keyring **out)
{
	struct raw_keys raw = { 0 };
	enum outcome done;

	crypto_start();
	done = keyring_file_read(dir, &raw);
	if (done == OK)
		*out = keyring_new(&raw);
	sodium_memzero(&raw, sizeof raw);
	return done;
}

struct keyring *keyring_for_tests(void)
{
	struct raw_keys raw = { .n = 2, .encryption = { { .id = 1 }, { .id = 2 } } };

	crypto_start();
	memset(raw.hash, 'h', KEY_LEN);
	memset(raw.signing, 's', KEY_LEN);
	memset(raw.encryption[0].key, '1', KEY_LEN);
	memset(raw.encryption[1].key, '2', KEY_LEN);
	return keyring_new(&raw);
}

void keyring_close(struct keyring *ring)
{
	sodium_free(ring);                       /* wipes first */
}

struct hash keyring_hash(const struct keyring *ring, enum hash_use use, struct bytes what)
{
	struct hash hash;

	BUG_ON(use > HASH_LOGIN);
	crypto_generichash(hash.at, HASH_LEN, what.ptr, what.len, ring->hash[use], KEY_LEN);
	return hash;
}

static void put_id(unsigned char *to, uint32_t id)
{
	to[0] = (unsigned char)(id >> 24);
	to[1] = (unsigned char)(id >> 16);
	to[2] = (unsigned char)(id >> 8);
	to[3] = (unsigned char)id;
}

static uint32_t get_id(const unsigned char *from)
{
	return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
}

struct bytes keyring_encrypt(const struct keyring *ring, struct arena *arena, struct bytes plain)
{
	const struct key_line *newest = &ring->encryption[ring->n - 1];
	unsigned char *out = arena_alloc(arena, plain.len + SEALED_MORE), *nonce = out + ID_LEN;

	put_id(out, newest->id);
	randombytes_buf(nonce, NONCE_LEN);
	crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + NONCE_LEN, NULL, plain.ptr, plain.len, out, ID_LEN, NULL, nonce,
		newest->key);
	return (struct bytes){ out, plain.len + SEALED_MORE };
}

enum outcome keyring_decrypt(const struct keyring *ring, struct arena *arena, struct bytes sealed, struct bytes *plain)
{
	const unsigned char *in = sealed.ptr, *nonce = in + ID_LEN, *key = NULL;
	size_t len;
	unsigned char *out;

	if (sealed.len < SEALED_MORE)
		return INVALID;
	for (size_t i = 0; i < ring->n; i++)
		if (ring->encryption[i].id == get_id(in))
			key = ring->encryption[i].key;
	if (!key)
		return INVALID;
	len = sealed.len - SEALED_MORE;
	out = arena_alloc(arena, len + 1);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, nonce + NONCE_LEN, len + TAG_LEN, in, ID_LEN, nonce,
		key) != 0)
		return INVALID;
	*plain = (struct bytes){ out, len };
	return OK;
}

bool keyring_is_current(const struct keyring *ring, struct bytes sealed)
{
	return sealed.len >= SEALED_MORE && get_id(sealed.ptr) == ring->encryption[ring->n - 1].id;
}

void keyring_sign(const struct keyring *ring, struct bytes what, unsigned char signature[SIGNATURE_LEN])
{
	crypto_sign_detached(signature, NULL, what.ptr, what.len, ring->secret);
}

bool keyring_verify(const struct keyring *ring, struct bytes what, const unsigned char signature[SIGNATURE_LEN])
{
	return crypto_sign_verify_detached(signature, what.ptr, what.len, ring->public) == 0;
}
