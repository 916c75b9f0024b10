/* measures.h: what /metrics says beside requests: memory of the process, SQLite's log. */
#ifndef APP_MEASURES_H
#define APP_MEASURES_H

#include "base/buf.h"

/* In Prometheus' text form; `app` is struct app (a gate's door). */
void measures_put(void *app, struct buf *out);

#endif
