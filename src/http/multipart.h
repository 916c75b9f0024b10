/* multipart.h: multipart/form-data as browsers send it (RFC 7578), streamed: fields into the input, files into the spool.
 *
 * Strict: begins with its boundary, each part names itself, ends with the final boundary and nothing after it. Anything else
 * is refused whole, never half read. Bounds: INPUT_UPLOADS files, INPUT_BODY_PAIRS parts, 1 MiB of fields in all,
 * 4 KiB of headers a part. A file over its field's .max_bytes is counted to its end and its content dropped. */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include "http/input.h"

enum multipart_state { MULTIPART_GOING, MULTIPART_DONE, MULTIPART_GARBAGE, MULTIPART_TOO_MUCH, MULTIPART_NO_ROOM };
enum { MULTIPART_FILE_MAX = 10 << 20 };

struct multipart;

/* `type` is the Content-Type. NULL: it names no usable boundary. Files only go to the spool for the form's fields of type
 * files, and only when spool_dir is not NULL. */
struct multipart *multipart_new(struct input *, const struct form_def *, const char *type, const char *spool_dir);
void multipart_feed(struct multipart *, const char *data, size_t len);
enum multipart_state multipart_end(struct multipart *);          /* the body is over: DONE or what was wrong */

#endif
