/* hooks.h: what lower features tell higher ones, filled in the one place that sees them all (base/ask.h: struct hooks). */
#ifndef APP_HOOKS_H
#define APP_HOOKS_H

#include "base/ask.h"

extern const struct hooks app_hooks;

#endif
