/* gate.h: fills http/'s struct gate from the registry: connections, sessions, permission, tokens, error pages. */
#ifndef APP_GATE_H
#define APP_GATE_H

#include "app/app.h"
#include "http/gate.h"

void gate_init(struct gate *, struct app *);

#endif
