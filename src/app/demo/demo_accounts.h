/* demo_accounts.h: one account of each role along one chain (a branch, its commune, its authority, the province); the others wait
 * for a code. Their passphrases follow from the seed and stand in DIR/demo-accounts.json (0600): a demo has no secrets. */
#ifndef APP_DEMO_ACCOUNTS_H
#define APP_DEMO_ACCOUNTS_H

#include "app/app.h"
#include "app/demo/demo_world.h"

#define DEMO_PROVINCE "80"               /* Tây Ninh, unless another is asked for: then its first commune */
#define DEMO_CHAIN_CODE "27937"          /* Xã Đức Hoà */

/* The first hamlet of the chain's commune. */
OUTCOME demo_chain_leaf(struct demo *, struct unit *out);
OUTCOME demo_make_accounts(struct demo *, struct app *);

#endif
