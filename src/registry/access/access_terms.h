/* access_terms.h: what codes in the journal are called: roles, and the states of a sheet. */
#ifndef REGISTRY_ACCESS_TERMS_H
#define REGISTRY_ACCESS_TERMS_H

/* An audit_term: NULL for what has no other name. */
const char *access_term(const char *key, const char *value);

#endif
