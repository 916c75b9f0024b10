/* keyring_file.h: private to crypto/. The file `keyring` and the keys as it holds them. The format stands in keyring.h. */
#ifndef CRYPTO_KEYRING_FILE_H
#define CRYPTO_KEYRING_FILE_H

#include "crypto/keyring.h"

enum { KEY_LEN = 32 };

struct key_line {
	uint32_t id;
	unsigned char key[KEY_LEN];
};

struct raw_keys {
	unsigned char hash[KEY_LEN], signing[KEY_LEN];
	size_t n;                                /* at least 1 once read */
	struct key_line encryption[KEYRING_KEYS];    /* ids rise */
};

OUTCOME keyring_file_read(const char *dir, struct raw_keys *out);            /* outcomes as of keyring_open */

#endif
