/* s3.h: the evidence store in S3 or what speaks like it (MinIO, Ceph), for several machines: BUCKET/PREFIX/ab/cdef…. Path-style
 * addresses, Signature Version 4. The keys need GetObject, PutObject, DeleteObject and ListBucket (without the last a name that
 * is not there looks like a refusal). */
#ifndef FILES_S3_H
#define FILES_S3_H

#include "files/files.h"

struct s3_place { const char *endpoint, *region, *bucket, *prefix; };   /* "https://host:port"; prefix "": none */
struct s3_keys { const char *id, *secret; };

/* "s3://BUCKET[/PREFIX][?endpoint=URL][&region=NAME]". Region us-east-1 and Amazon's own endpoint of the region when absent.
 * INVALID: *what says in Vietnamese what is wrong with it. */
OUTCOME s3_place_read(struct arena *, const char *url, struct s3_place *out, const char **what);
/* Copies what it is given. Talks to nobody yet: a program starts during an outage too. FAILED with the reason logged.
 *
 * A call has 5 s to connect and 30 s in all; a time-out, a broken connection and 5xx are tried again after 0.2, 0.4, 0.8
 * and 1.6 s while these last. After a call that failed so, all calls fail at once for 5 s: an outage holds no workers.
 *
 * A removal leaves what was written less than a day ago: it may be on its way to its row. A put of what
 * is there writes it again when it is older than half of that. So a sweep beside a
 * put takes nothing away; only between one look and its removal (milliseconds) it could. */
OUTCOME files_open_s3(const struct s3_place *, const struct s3_keys *, struct files **out);

#endif
