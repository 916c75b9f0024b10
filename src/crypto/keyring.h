/* keyring.h: the installation's keys (model.md 3), in DIR/keys/, 0600, made by `setup` and `demo`.
 * Encryption and hash keys are apart; each ciphertext carries the id of its key, so a rotation accepts both meanwhile.
 * Start refuses when a needed key is missing: what it encrypted could not be read.
 *
 * `dir` is the keys' own folder. All keys stand in one file in it, `keyring`, so that they come into being, change and are
 * backed up together or not at all. It is ASCII, one key a line, 32 bytes each in hex:
 *
 *	hoctap keyring 1
 *	hash 1 …                        root of the keyed hashes; never changes
 *	signing 1 …                     Ed25519 seed
 *	encryption 1 …                  XChaCha20-Poly1305; one line a rotation, the highest id seals, all open
 *	check …                         BLAKE2b-128 of all lines above: a cut or edited file is refused
 *
 * Without it identity numbers can neither be read nor found: keep a copy away from the store. */
#ifndef CRYPTO_KEYRING_H
#define CRYPTO_KEYRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/outcome.h"

struct keyring;

enum { HASH_LEN = 32, SIGNATURE_LEN = 64, SEALED_MORE = 4 + 24 + 16, KEYRING_KEYS = 64 };
struct hash { unsigned char at[HASH_LEN]; };

/* What a keyed hash is for: the same value hashes differently for each, so that tables cannot be joined by it.
 * The number makes the subkey: add at the end, never reorder. */
enum hash_use { HASH_NATIONAL_ID, HASH_SESSION, HASH_CODE, HASH_FILE, HASH_TOKEN, HASH_LOGIN };

/* Makes the folder (not its parents) and the keys, durable on return. CONFLICT when keys are there already: they stay. */
OUTCOME keyring_create(const char *dir);
/* NOT_FOUND when there are none. FAILED, with the reason logged, when the file is broken or others may read it. */
OUTCOME keyring_open(const char *dir, struct keyring **out);
/* Adds a new encryption key, which seals from the next keyring_open on. FAILED when there are KEYRING_KEYS of them.
 * Every process must open the new file before anything sealed by it is stored: stop, rotate, start. */
OUTCOME keyring_rotate(const char *dir);
struct keyring *keyring_for_tests(void);                                     /* fixed keys */
void keyring_close(struct keyring *);                                        /* wipes them; NULL is fine */

/* All below are safe from any thread. */
struct hash keyring_hash(const struct keyring *, enum hash_use, struct bytes);
/* Key id (4 bytes, big-endian), nonce (24, random), ciphertext and tag: SEALED_MORE bytes longer than plain. */
struct bytes keyring_encrypt(const struct keyring *, struct arena *, struct bytes plain);
/* INVALID when it was changed or its key is not here. A NUL follows the plain bytes, so that text may be read as text. */
OUTCOME keyring_decrypt(const struct keyring *, struct arena *, struct bytes sealed, struct bytes *plain);
bool keyring_is_current(const struct keyring *, struct bytes sealed);        /* false: sealed by an older key, seal anew */
/* Ed25519 by the installation's signing key (offline certificate checks). */
void keyring_sign(const struct keyring *, struct bytes what, unsigned char signature[SIGNATURE_LEN]);
bool keyring_verify(const struct keyring *, struct bytes what, const unsigned char signature[SIGNATURE_LEN]);

#endif
