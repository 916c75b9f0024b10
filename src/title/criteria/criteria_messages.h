/* criteria_messages.h: what title/criteria may say to a person. What is wrong inside a file is said where it is read. */
#ifndef TITLE_CRITERIA_MESSAGES_H
#define TITLE_CRITERIA_MESSAGES_H

#include "base/arena.h"

#define CRITERIA_ALREADY_PUBLISHED "Bộ tiêu chí này đã công bố, không công bố lần nữa. Muốn sửa, nạp một bản mới."

const char *criteria_is_published(struct arena *, const char *code, const char *release);

#endif
