/* The sheet worker: a workbook in, rows of typed cells out in pieces, then the verdict. libfreexl turns every text through iconv,
 * which loads its converters from disk: those that a workbook may ask for are opened before the locks and held. */
#include "sandbox/worker.h"

#include <iconv.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/bug.h"
#include "sandbox/sheet_out.h"

static void send_piece(void *state, struct bytes piece)
{
	worker_piece(state, piece);
}

static void read_sheet(struct worker *w, const struct worker_job *job)
{
	struct sheet_input input = { .file = job->input, .is_mapped = job->input.len > 0, .spill = job->spill };
	struct sheet_out *out = calloc(1, sizeof *out);
	struct wire_sheet answer;

	BUG_ON(!out);
	out->flush = send_piece;
	out->state = w;
	sheet_read(out, &input);
	answer.kind = out->kind;
	free(out);
	worker_end(w, &(struct bytes){ &answer, sizeof answer }, 1);
}

int sheet_worker_main(int fd)
{
	static const char *const pages[] = { "UTF-16LE", "CP1252", "CP1258", "CP1250", "CP1251", "CP437", "CP850", "CP874",
		"CP932",
		"CP936", "CP949", "CP950", "ASCII", "MACINTOSH" };

	tzset();
	for (size_t i = 0; i < COUNT(pages); i++)
		if (iconv_open("UTF-8", pages[i]) == (iconv_t)-1 && i == 0)
			_exit(1);
	worker_run(fd, read_sheet, SANDBOX_SPILL_MAX);
}
