#include "title/paper/bundle_paper.h"

#include "title/certificates/papers.h"
#include "title/paper/forms_paper.h"
#include "title/recognition/recognition.h"

enum { PAPER_ARENA = 96 << 20, PAPER_MAX = 48 << 20 };

static bool bundle_has_format(enum paper p, enum document_format f)
{
	return f == DOCUMENT_PDF || f == DOCUMENT_DOCX || (f == DOCUMENT_XLSX && paper_is_list(p));
}

OUTCOME bundle_formats(struct ask *ask, enum paper paper, const struct unit *commune, bool has[DOCUMENT_XLSX + 1])
{
	bool replaced;

	TRY(form_is_replaced(ask, paper, commune, &replaced));
	for (int f = 0; f <= DOCUMENT_XLSX; f++)
		has[f] = replaced ? f == DOCUMENT_DOCX : bundle_has_format(paper, (enum document_format)f);
	return OK;
}

OUTCOME bundle_paper(struct ask *ask, enum paper paper, enum document_format format, const struct unit *commune,
	const struct round *round, struct bytes *out)
{
	struct buf file = BUF(ask->arena, .max = PAPER_MAX);
	struct document *document;
	bool replaced;

	TRY(form_make(ask, paper, commune, round, sink_buf(&file), &replaced));
	if (replaced) {
		*out = buf_bytes(&file);
		return format == DOCUMENT_DOCX && !file.failed ? OK : NOT_FOUND;
	}
	TRY(paper_make(ask, paper, commune, round, &document));
	TRY(document_render(document, format, sink_buf(&file)));
	*out = buf_bytes(&file);
	return OK;
}

/* ---- certificates ---- */

static OUTCOME recognising(struct ask *ask, const struct unit *commune, const struct round *round, struct decision_list *out)
{
	struct decision_list all;
	struct decision *some;

	TRY(decision_list(ask, round->id, commune->id, &all));
	some = ARENA_ARRAY(ask->arena, struct decision, all.n);
	out->at = some;
	out->n = 0;
	for (size_t i = all.n; i-- > 0;)         /* newest first there: the book runs the other way */
		if (!all.at[i].revokes && all.at[i].people)
			some[out->n++] = all.at[i];
	return out->n ? OK : NOT_FOUND;
}

OUTCOME bundle_certificates(struct ask *ask, const struct unit *commune, const struct round *round,
	enum document_format format, struct sink sink)
{
	struct decision_list decisions;
	struct document *d;

	TRY(recognising(ask, commune, round, &decisions));
	d = document_new(ask->arena, &(struct document_setup){ .title = arena_format(ask->arena,
		"Giấy chứng nhận Công dân học tập %d, %s", round->year, commune->name), .made = ask->now, .landscape = true,
		.no_numbers = true });
	for (size_t i = 0; i < decisions.n; i++)
		TRY(certificates_add(ask, d, decisions.at[i].id, 0, INT32_MAX));
	return document_render(d, format, sink);
}

struct packing { struct arena *arena; struct archive *zip; };

static enum outcome pack_one(void *state, const char *name, struct bytes pdf)
{
	struct packing *p = state;

	arena_reset(p->arena);
	return archive_add(p->zip, arena_format(p->arena, "Giấy chứng nhận %s.pdf", name), pdf, false);
}

/* Memory is a batch's. */
OUTCOME bundle_certificates_each(struct ask *ask, const struct unit *commune, const struct round *round, struct sink sink)
{
	struct packing p = { arena_new(MiB), archive_new(ask->arena, ask->now, sink) };
	struct decision_list decisions;
	enum outcome result = recognising(ask, commune, round, &decisions);

	for (size_t i = 0; result == OK && i < decisions.n; i++)
		result = certificates_each(ask, decisions.at[i].id, pack_one, &p);
	arena_free(p.arena);
	TRY(result);
	return archive_end(p.zip);
}

/* ---- all ---- */

static OUTCOME add_paper(struct ask *ask, struct archive *zip, enum paper paper, enum document_format format,
	const struct unit *commune, const struct round *round)
{
	struct bytes file;

	TRY(bundle_paper(ask, paper, format, commune, round, &file));
	return archive_add(zip, arena_format(ask->arena, "%d %s.%s", (int)paper + 1, paper_title(paper),
		document_format_ending(format)), file, false);
}

static OUTCOME add_certificates(struct ask *ask, struct archive *zip, const struct unit *commune, const struct round *round)
{
	struct scratch *spill = scratch_new(ask->arena);
	enum outcome made = bundle_certificates(ask, commune, round, DOCUMENT_PDF, scratch_sink(spill));
	struct bytes file;

	if (made != OK)
		return made == NOT_FOUND ? OK : made;
	TRY(scratch_bytes(spill, &file));
	return archive_add(zip, arena_format(ask->arena, "%d Giấy chứng nhận.pdf", PAPERS + 1), file, false);
}

static OUTCOME add_all(struct ask *ask, struct archive *zip, const struct unit *commune, const struct round *round)
{
	static const enum document_format formats[] = { DOCUMENT_PDF, DOCUMENT_DOCX, DOCUMENT_XLSX };

	for (int paper = 0; paper < PAPERS; paper++)
		for (size_t i = 0; i < COUNT(formats); i++) {
			bool has[DOCUMENT_XLSX + 1];

			arena_reset(ask->arena);
			TRY(bundle_formats(ask, (enum paper)paper, commune, has));
			if (has[formats[i]])
				TRY(add_paper(ask, zip, (enum paper)paper, formats[i], commune, round));
		}
	arena_reset(ask->arena);
	return add_certificates(ask, zip, commune, round);
}

OUTCOME bundle_all(struct ask *ask, const struct unit *commune, const struct round *round, struct sink sink)
{
	struct archive *zip = archive_new(ask->arena, ask->now, sink);
	struct ask one = *ask;
	enum outcome result;

	one.arena = arena_new(PAPER_ARENA);
	result = add_all(&one, zip, commune, round);
	arena_free(one.arena);
	TRY(result);
	return archive_end(zip);
}
