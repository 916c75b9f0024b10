/* sandbox_messages.h: what a person is told about a file that was refused: which file, what is wrong, what to do. */
#ifndef SANDBOX_SANDBOX_MESSAGES_H
#define SANDBOX_SANDBOX_MESSAGES_H

#include "base/arena.h"
#include "sandbox/client.h"

/* One or two sentences, with the file's name as the browser sent it. "" for a good file. */
const char *sandbox_message(struct arena *, const struct image_result *, const char *name);

/* The same for a file over `max` bytes, whose content was not even received (struct upload, base/form.h). */
const char *sandbox_message_too_large(struct arena *, const char *name, int64_t size, int64_t max);

/* A table. "" when it was read. */
const char *sandbox_sheet_message(struct arena *, enum sheet_kind, const char *name);

#endif
