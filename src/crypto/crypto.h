/* crypto.h: hashing, passphrases, randomness: libsodium under the names the house uses. */
#ifndef CRYPTO_CRYPTO_H
#define CRYPTO_CRYPTO_H

#include <stdbool.h>

#include "crypto/keyring.h"

void crypto_start(void);                                         /* once, before threads; aborts when the library fails */
void random_bytes(void *out, size_t len);
/* A stream of random bytes fixed by seed and counter: for the demo only. */
void random_seeded(void *out, size_t len, uint64_t seed, uint64_t counter);
struct hash hash_of(struct bytes);                               /* BLAKE2b-256: names a file by its content */
enum { SHA256_LEN = 32 };
void sha256_of(struct bytes, unsigned char out[SHA256_LEN]);         /* where others ask for it (S3); ours is BLAKE2b */
void wipe(void *secret, size_t len);                             /* not optimised away */
const char *hash_hex(struct arena *, struct hash);
bool hash_equal(struct hash, struct hash);                       /* constant time */

/* Argon2id, 19 MiB, 2 passes (model.md 6): about 20 ms. Only in WORK or prepare. A passphrase is NFC text, or the same one
 * typed on another keyboard would not fit. The hash is a PHC string ("$argon2id$v=19$m=19456,t=2,p=1$…"), shorter than
 * PASSPHRASE_HASH_LEN. FAILED when there is no memory for it. */
enum { PASSPHRASE_MIN = 8, PASSPHRASE_MAX = 200, PASSPHRASE_HASH_LEN = 128 };    /* MIN, MAX in characters */
OUTCOME passphrase_hash(struct arena *, const char *passphrase, const char **out);
bool passphrase_verify(const char *hash, const char *passphrase);
/* As much work as a real check, for a login nobody has: time tells nothing. */
void passphrase_pretend(const char *passphrase);
/* What makes a passphrase too easy to guess, in Vietnamese with what to do; "" when nothing does. Refused: fewer than
 * PASSPHRASE_MIN characters; one piece of up to four characters over and over; a run of the alphabet, the digits or a keyboard
 * row, forwards or back; a word everybody tries (matkhau, hoctap …) with any digits and signs around; the login itself, or
 * the digits of a login that is a number. `login` may be "". */
const char *passphrase_problem(const char *passphrase, const char *login);

#endif
