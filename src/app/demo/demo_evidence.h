/* demo_evidence.h: pictures for the sheets of the chain's branch in the open round. */
#ifndef APP_DEMO_EVIDENCE_H
#define APP_DEMO_EVIDENCE_H

#include "app/demo/demo_world.h"

/* The ask has files and a sandbox. */
OUTCOME demo_add_evidence(struct demo *, int64_t leaf_id);

#endif
