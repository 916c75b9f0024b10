/* fake_site.h: a server over the fake gate on loopback, and raw bytes to and fro. */
#ifndef HTTP_FAKE_SITE_H
#define HTTP_FAKE_SITE_H

#include "http/fake_routes.h"

/* A FIN that comes with the last bytes is not seen before a time-out, so probes ask to be closed. */
#define HOST "Host: x\r\nConnection: close\r\n"
#define BODY "token=abcdefghijklmnop&n=5"
#define UPLOAD(cookie, length) "POST /tep HTTP/1.1\r\n" HOST cookie \
	"Content-Type: multipart/form-data; boundary=B\r\nContent-Length: " length "\r\n\r\n"
#define UPLOADED "--B\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nabcdefghijklmnop\r\n" \
	"--B\r\nContent-Disposition: form-data; name=\"papers\"; filename=\"a.jpg\"\r\n\r\nhello\r\n--B--\r\n"

struct site { struct fake *fake; struct gate gate; struct server *server; long release_after; };

void site_start(struct site *, int workers);             /* patience: a second */
void site_start_remote(struct site *);                   /* one loop, one worker, and a store behind a network */
void site_stop(struct site *);                           /* checks that nothing is left */
struct server_counts site_counts(const struct site *);
int dial(const struct site *);
void say(int fd, const void *, size_t len);
void say_text(int fd, const char *);
char *hear_all(int fd);                                  /* until the server closes; the caller frees */
int status_of(const char *answer);                       /* 0: none */
int probe_bytes(const struct site *, const void *, size_t len);
int probe(const struct site *, const char *);
void pause_ms(long);
void wait_for_in_flight(const struct site *, int64_t n);

#endif
