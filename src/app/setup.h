/* setup.h: a new installation: folder, keys, store, register, units. Shared by `setup` and `demo`. */
#ifndef APP_SETUP_H
#define APP_SETUP_H

#include "app/app.h"

/* The register of a province by its code of today, 1 to 34; 0: no such province. Fixed for ever: ids are made with it. */
int setup_register(const char *province_code);
/* Makes folder, keys and an empty store of the newest version. CONFLICT with a reason when there is one already. */
/* OK: no store is there. CONFLICT, or FAILED when nobody can tell, with a reason. */
OUTCOME setup_is_free(struct app *);
OUTCOME setup_store(struct app *, struct db **out);
/* Register, names of the place, and the state's units as of `units_from` (ISO). Inside the caller's transaction. */
OUTCOME setup_names(struct ask *ask, const char *province_code, const char *day);     /* of a province whose units are there */
OUTCOME setup_place(struct ask *ask, const char *province_code, const char *units_from);
/* The reference criteria that come with the program, published. Inside the caller's transaction; *id is the same everywhere. */
OUTCOME setup_criteria(struct ask *ask, int64_t *id);

#endif
