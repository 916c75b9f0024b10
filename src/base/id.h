/* id.h: ids and codes (model.md 1).
 * An id is register × 2^43 + counter, below 2^53: safe in JSON. A register is the province register in which a row was
 * born (1..34); 0 is for what all share. Counters come in committed blocks (db/ids.h). No clock in it.
 * A code is what people read: Crockford base32, random, the last character by Luhn mod 32. */
#ifndef BASE_ID_H
#define BASE_ID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ID_REGISTER_SHIFT = 43, ID_REGISTER_MAX = 1023 };

static inline int64_t id_make(int64_t reg, int64_t counter) { return reg << ID_REGISTER_SHIFT | counter; }
static inline int64_t id_register(int64_t id) { return id >> ID_REGISTER_SHIFT; }

enum { CODE_SHEET_LEN = 9, CODE_ACTIVATION_LEN = 11, CODE_CERTIFICATE_LEN = 17, CODE_MAX = 17 };

/* Writes len characters (the last the check character) and NUL from `random` (len bytes of it are used). */
void code_make(char *out, size_t len, const unsigned char *random);
/* Reads what a person typed: any case, spaces and dashes dropped, O→0, I and L→1. False when the length or check is wrong. */
bool code_read(const char *typed, char *out, size_t len);

#endif
