#include "sandbox/sheet_strings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/bytes.h"
#include "base/sheet.h"

/* Strings lie one after the other as length (2 bytes) and text; `groups` has where each GROUP of them begins. */
/* Slots for some ten thousand groups: days of birth and names come again all over a list, and a miss is a call of the kernel. */
enum { GROUP = 16, SLOTS = 8192 };
#define IN_MEMORY (12 * MiB)
#define MEMORY_ALONE (48 * MiB)
#define STRINGS_MAX (64ull * 1024 * 1024)

struct slot { uint64_t group; size_t len, cap; char *at; };      /* group + 1; 0: none */

struct sheet_strings {
	int spill;
	uint64_t n, written;             /* bytes that went to the spill file */
	uint64_t *groups;
	size_t n_groups, groups_cap;
	char *tail;                      /* what is in memory: the bytes from `written` on */
	size_t tail_len, tail_cap;
	struct slot slots[SLOTS];
};

struct sheet_strings *sheet_strings_new(int spill)
{
	struct sheet_strings *s = calloc(1, sizeof *s);

	BUG_ON(!s);
	s->spill = spill;
	if (spill >= 0)
		lseek(spill, 0, SEEK_SET);
	return s;
}

void sheet_strings_free(struct sheet_strings *s)
{
	for (size_t i = 0; i < SLOTS; i++)
		free(s->slots[i].at);
	free(s->groups);
	free(s->tail);
	free(s);
}

static bool spill(struct sheet_strings *s)
{
	size_t done = 0;

	while (done < s->tail_len) {
		ssize_t n = write(s->spill, s->tail + done, s->tail_len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	s->written += s->tail_len;
	s->tail_len = 0;
	return true;
}

static bool reserve(struct sheet_strings *s, size_t len)
{
	size_t cap = s->tail_cap ? s->tail_cap : 64 * KiB;

	if (s->tail_len + len > IN_MEMORY && s->spill >= 0 && !spill(s))
		return false;
	if (s->tail_len + len > MEMORY_ALONE)
		return false;
	while (cap < s->tail_len + len)
		cap *= 2;
	if (cap != s->tail_cap) {
		s->tail = realloc(s->tail, cap);
		BUG_ON(!s->tail);
		s->tail_cap = cap;
	}
	return true;
}

bool sheet_strings_add(struct sheet_strings *s, const char *text, size_t len)
{
	uint16_t kept = (uint16_t)(len < SHEET_TEXT * 2 ? len : SHEET_TEXT * 2);

	if (s->n == STRINGS_MAX || !reserve(s, sizeof kept + kept))
		return false;
	if (s->n++ % GROUP == 0) {
		if (s->n_groups == s->groups_cap) {
			s->groups_cap = s->groups_cap ? s->groups_cap * 2 : 1024;
			s->groups = reallocarray(s->groups, s->groups_cap, sizeof *s->groups);
			BUG_ON(!s->groups);
		}
		s->groups[s->n_groups++] = s->written + s->tail_len;
	}
	memcpy(s->tail + s->tail_len, &kept, sizeof kept);
	memcpy(s->tail + s->tail_len + sizeof kept, text, kept);
	s->tail_len += sizeof kept + kept;
	return true;
}

bool sheet_strings_done(struct sheet_strings *s)
{
	if (!s->written)
		return true;
	if (!spill(s))                           /* once spilled, all of it is: one way to read */
		return false;
	free(s->tail);
	s->tail = NULL;
	s->tail_cap = 0;
	return true;
}

static bool fetch(struct sheet_strings *s, struct slot *slot, uint64_t group)
{
	uint64_t from = s->groups[group], to = group + 1 < s->n_groups ? s->groups[group + 1] : s->written;
	size_t len = (size_t)(to - from), done = 0;

	if (slot->group == group + 1)
		return true;
	if (len > slot->cap) {
		slot->at = realloc(slot->at, len);
		BUG_ON(!slot->at);
		slot->cap = len;
	}
	slot->group = 0;
	while (done < len) {
		ssize_t n = pread(s->spill, slot->at + done, len - done, (off_t)(from + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	slot->len = len;
	slot->group = group + 1;
	return true;
}

const char *sheet_strings_get(struct sheet_strings *s, uint64_t number, size_t *len)
{
	uint64_t group = number / GROUP;
	const char *at;
	uint16_t n;

	*len = 0;
	if (number >= s->n)
		return NULL;
	if (s->written) {
		struct slot *slot = &s->slots[group % SLOTS];

		if (!fetch(s, slot, group))
			return NULL;
		at = slot->at;
	} else {
		at = s->tail + s->groups[group];
	}
	for (uint64_t skip = number % GROUP;; skip--) {
		memcpy(&n, at, sizeof n);
		at += sizeof n;
		if (!skip)
			break;
		at += n;
	}
	*len = n;
	return at;
}
