/* parts.h: what a kind of evidence store does behind files.h. */
#ifndef FILES_PARTS_H
#define FILES_PARTS_H

#include "files/files.h"

struct files_kind {
	void (*close)(struct files *);
	enum outcome (*put)(const struct files *, struct bytes, struct hash name);
	enum outcome (*get)(const struct files *, struct arena *, struct hash name, struct bytes *out);
	enum outcome (*size)(const struct files *, struct hash name, int64_t *out);
	enum outcome (*check)(const struct files *, struct arena *, struct hash name);
	enum outcome (*remove)(const struct files *, struct hash name);
	bool remote;
};
/* First in each kind's own struct. */
struct files { const struct files_kind *kind; };

enum { PLACE_LEN = 2 * HASH_LEN + 2 };
struct place { char folder[3], path[PLACE_LEN]; };       /* "ab", "ab/cdef…" */
struct place files_place(struct hash name);
void files_write_hex(char *out, const unsigned char *bytes, size_t len);

#endif
