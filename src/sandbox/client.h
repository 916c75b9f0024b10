/* client.h: a stranger's file is parsed here and nowhere else.
 *
 * Warm worker processes, locked down before they see the first byte (cage.h), read files for us: they hold no descriptor but the
 * socket to us and cannot open, connect, start or signal anything. A file that crashes its worker, or keeps it longer than the
 * wall clock allows, costs that file and that worker; the worker is replaced and nobody else notices.
 *
 * One `struct sandbox` a process, from start to stop; every function may be called from any thread. The process must leave
 * SIGCHLD alone and wait for no child but its own: a worker reaped by somebody else could not be killed safely. A call blocks
 * for as long as the reading takes (a 12 Mpx photo: about a tenth of a second): WORK routes and `prepare` steps only.
 *
 *	struct image_result image;
 *	TRY(sandbox_image(sandbox, arena, upload->content, &image));
 *	if (!image_is_clean(image.kind))
 *		problem(ask->problems, "files", sandbox_message(ask->arena, &image, upload->name));
 *	else
 *		… store image.clean, image.thumb …
 *
 * Several files: give each an arena of its own that is reset after it is stored (a clean copy has up to 8 MiB). */
#ifndef SANDBOX_CLIENT_H
#define SANDBOX_CLIENT_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/outcome.h"
#include "base/sheet.h"

struct sandbox;

struct sandbox_config {
	const char *program;     /* NULL: /proc/self/exe, our own binary, also after an upgrade replaced the file */
	int workers;             /* 0: 2; at most 8, of each worker program */
	int jobs;                /* a worker is renewed after so many; 0: 200 */
	int seconds;             /* wall clock of one job; 0: 10 */
	bool cold;               /* no worker is started before the first call: for a command that may need one */
	const char *spill;       /* a folder for files without a name, of what a sheet cannot hold in memory; NULL: /tmp */
};

/* Starts the workers without waiting for them (each is ready some 20 ms later). Never NULL: a worker that cannot be started is
 * tried again by the call that needs it. */
struct sandbox *sandbox_new(const struct sandbox_config *);
void sandbox_free(struct sandbox *);             /* no call may be under way; NULL is fine */

/* For the status page and /metrics. Waits for a worker's first word when none has spoken yet. */
struct sandbox_status {
	bool open;               /* false: this machine has no seccomp, no file is accepted (or no worker could be started) */
	int landlock;            /* ABI of the kernel's Landlock; 0: absent, seccomp stands alone */
	int workers;             /* alive now */
	int64_t jobs, too_slow, died, renewed;   /* since the start */
};
struct sandbox_status sandbox_status(struct sandbox *);

/* --- photos and PDF ---------------------------------------------------------------------------------------------------- */

enum { IMAGE_SIDE_MAX = 2000, IMAGE_THUMB_MAX = 400, IMAGE_PIXELS_MAX = 50 * 1000 * 1000 };
#define IMAGE_INPUT_MAX (10 * MiB)
#define IMAGE_CLEAN_MAX (8 * MiB)

/* What became of a file. The first two are good; each of the others is a refusal with a sentence (sandbox_messages.h). */
enum image_kind {
	IMAGE_CLEAN,             /* a photo, re-encoded */
	PDF_CLEAN,               /* a PDF as it came */
	IMAGE_EMPTY,             /* no bytes */
	IMAGE_TOO_LARGE,         /* over IMAGE_INPUT_MAX */
	IMAGE_NOT_AN_IMAGE,      /* its first bytes are none of JPEG, PNG, WebP, HEIC, PDF, whatever its name says */
	IMAGE_TRUNCATED,         /* the end is missing: an upload or a card that broke off */
	IMAGE_DAMAGED,           /* cannot be decoded */
	IMAGE_TOO_MANY_PIXELS,   /* over IMAGE_PIXELS_MAX, seen in the header before anything is decoded */
	IMAGE_TOO_SLOW,          /* over the wall clock */
	IMAGE_READER_DIED,       /* its worker crashed or was killed while reading it */
	IMAGE_CLOSED,            /* this machine cannot lock a worker: nothing is read */
	PDF_TRUNCATED,           /* no %%EOF at the end */
	PDF_LOCKED,              /* encrypted, or with restrictions */
	PDF_SCRIPT,              /* JavaScript, a form with scripts, a rendition */
	PDF_LAUNCH,              /* starts a program */
	PDF_ATTACHMENT,          /* carries other files */
	PDF_OPENS,               /* does something by itself when opened */
	PDF_UNREADABLE,          /* packed so that it cannot be checked, or a compression bomb */
	IMAGE_KINDS
};

/* All bytes live in the arena, but PDF_CLEAN's `clean` is `received` itself. */
struct image_result {
	enum image_kind kind;
	const char *type;        /* "image/jpeg", "application/pdf"; "" when refused */
	struct bytes clean;      /* JPEG, upright, sRGB, IMAGE_SIDE_MAX at most on its long side, no metadata (place, camera) */
	struct bytes thumb;      /* the same picture, at most IMAGE_THUMB_MAX; empty for a PDF */
	int width, height;       /* of `clean`; 0 for a PDF */
	int64_t size;            /* bytes received */
};

static inline bool image_is_clean(enum image_kind k) { return k == IMAGE_CLEAN || k == PDF_CLEAN; }

/* OK: out says what became of the file, good or refused. FAILED: the file was not looked at (no memory, no process, all workers
 * busy for three wall clocks), logged; sending it again is right. */
OUTCOME sandbox_image(struct sandbox *, struct arena *, struct bytes received, struct image_result *out);

/* --- sheets ------------------------------------------------------------------------------------------------------------- */

#define SHEET_INPUT_MAX (256 * MiB)
enum { SHEET_SECONDS = 120 };

/* What became of a table. The first is good; each of the others is a refusal with a sentence (sandbox_messages.h), and the rows
 * that came before it are void. */
enum sheet_kind {
	SHEET_READ,
	SHEET_EMPTY,             /* no bytes */
	SHEET_TOO_LARGE,         /* over SHEET_INPUT_MAX */
	SHEET_NOT_A_SHEET,       /* a program, a picture, a letter, whatever its name says */
	SHEET_OTHER_KIND,        /* a table, but as .xlsb, a web page or XML: Excel can save it as .xlsx */
	SHEET_TRUNCATED,         /* the end is missing */
	SHEET_DAMAGED,           /* cannot be read */
	SHEET_LOCKED,            /* with a password */
	SHEET_MACRO,             /* carries a program */
	SHEET_BOMB,              /* unpacks to far more than it is, or XML with entities */
	SHEET_TOO_WIDE,          /* a value past column SHEET_COLUMNS, or a row over 64 KiB */
	SHEET_TOO_LONG,          /* over 1,100,000 rows, 60 million cells, 200 sheets */
	SHEET_TOO_SLOW,          /* over the wall clock */
	SHEET_READER_DIED,
	SHEET_CLOSED,            /* this machine cannot lock a worker: nothing is read */
	SHEET_KINDS
};

struct sheet_source {
	struct bytes input;      /* .xlsx, .ods, .xls or .csv, told by its bytes; or, when ptr is NULL, */
	int fd;                  /* a file open for reading */
};

/* Reads row by row into `taker`, on the caller's thread; memory stays small whatever the size. OK: *kind says what became of it.
 * An outcome of the taker's stops the reading and is returned. FAILED: not begun, logged. */
OUTCOME sandbox_sheet(struct sandbox *, struct arena *, const struct sheet_source *, const struct sheet_taker *,
	enum sheet_kind *kind);

/* --- any reader -------------------------------------------------------------------------------------------------------- */

/* What can be read, each by one worker program. A further reader is a line here, one in the table of client.c, and a
 * worker_X.c (README.md). */
enum sandbox_kind { SANDBOX_IMAGE, SANDBOX_SHEET, SANDBOX_FORM, SANDBOX_KINDS };      /* FORM: a DOCX with fields (document/form.h) */

#define SANDBOX_SPILL_MAX (2048 * MiB)

enum sandbox_end { SANDBOX_ANSWERED, SANDBOX_TOO_SLOW, SANDBOX_DIED, SANDBOX_CLOSED };

struct sandbox_job {
	enum sandbox_kind kind;
	struct bytes input;      /* or, when ptr is NULL, */
	int fd;                  /* a file open for reading; the worker reads it from its first byte to its last */
	size_t answer_max;       /* of the final answer; a longer one counts as SANDBOX_DIED */
	int seconds;             /* wall clock; 0: the configuration's */
	bool spills;             /* the worker gets a file without a name to write to, SANDBOX_SPILL_MAX at most */
	/* Pieces that come before the final answer, at most 64 KiB each, on the caller's thread; NULL: none may come. Any outcome
	 * but OK ends the job, gives the worker up, and is returned. */
	OUTCOME (*take)(void *state, struct bytes piece);
	void *state;
};

/* OK: *end says how the job ended; *answer (arena) is whole when SANDBOX_ANSWERED, empty otherwise. The bytes come from a process
 * that a stranger's file may have taken over: check them as you would check the file. FAILED: not begun, logged. */
OUTCOME sandbox_call(struct sandbox *, struct arena *, const struct sandbox_job *, enum sandbox_end *end, struct bytes *answer);

#endif
