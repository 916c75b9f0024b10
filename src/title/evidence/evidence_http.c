/* Files that come in, through the sandbox, and files that are shown. */
#include "title/evidence/evidence_http.h"

#include <string.h>

#include "files/files.h"
#include "files/files_messages.h"
#include "registry/access/access.h"
#include "sandbox/client.h"
#include "sandbox/sandbox_messages.h"
#include "title/evidence/evidence.h"
#include "title/evidence/evidence_page.h"
#include "title/evidence/evidence_view.h"

#define FILE_ARENA_MAX (32 * MiB)        /* a file's clean copy, thumbnail and their handling */

FORM_DEFINE(evidence_path_form, EVIDENCE_PATH_FORM)

/* ---- in ---- */

static OUTCOME store(struct ask *ask, const struct image_result *image, struct bytes received, struct evidence_file *out)
{
	out->medium = image->kind == PDF_CLEAN ? EVIDENCE_PDF : EVIDENCE_PHOTO;
	out->received = keyring_hash(ask->keys, HASH_FILE, received);
	out->file_size = (int64_t)image->clean.len;
	out->thumb_size = (int64_t)image->thumb.len;
	out->width = image->width;
	out->height = image->height;
	TRY(files_put(ask->files, image->clean, &out->file));
	return image->kind == PDF_CLEAN ? OK : files_put(ask->files, image->thumb, &out->thumb);
}

/* `work` is the file's own memory. */
static OUTCOME take(struct ask *ask, struct arena *work, const struct upload *upload, struct evidence_file *out)
{
	struct image_result image;
	enum outcome stored;

	*out = (struct evidence_file){ .name = upload->name, .refused = "" };
	if (upload->size > (int64_t)upload->content.len) {
		out->refused = sandbox_message_too_large(ask->arena, upload->name, upload->size, IMAGE_INPUT_MAX);
		return OK;
	}
	TRY(sandbox_image(ask->sandbox, work, upload->content, &image));
	if (!image_is_clean(image.kind)) {
		out->refused = sandbox_message(ask->arena, &image, upload->name);
		return OK;
	}
	stored = store(ask, &image, upload->content, out);
	if (stored != FAILED || !files_is_remote(ask->files))
		return stored;
	out->refused = FILES_UNREACHABLE;
	return OK;
}

OUTCOME evidence_prepare(struct ask *ask, const struct upload_list *uploads, struct evidence_files *out)
{
	struct evidence_file *list = ARENA_ARRAY(ask->arena, struct evidence_file, uploads->n);
	struct arena *work = arena_new(FILE_ARENA_MAX);
	enum outcome done = OK;

	*out = (struct evidence_files){ .n = 0, .at = list };
	for (size_t i = 0; i < uploads->n && done == OK; i++) {
		/* a browser sends an empty nameless part for a field that was left alone */
		if (!*uploads->at[i].name && !uploads->at[i].size)
			continue;
		done = take(ask, work, &uploads->at[i], &list[out->n]);
		out->n_good += !*list[out->n].refused;
		out->n++;
		arena_reset(work);
	}
	arena_free(work);
	return done;
}

/* ---- out ---- */

struct url evidence_url(struct arena *a, int64_t person_id, int64_t id)
{
	return url_own(a, "/minh-chung/%lld/%lld", (long long)person_id, (long long)id);
}

struct url evidence_thumb_url(struct arena *a, int64_t person_id, int64_t id)
{
	return url_own(a, "/minh-chung/%lld/%lld/nho", (long long)person_id, (long long)id);
}

/* "giay-khen.HEIC" was stored as JPEG: it leaves under a name that says so. */
static const char *name_of(struct arena *a, const struct evidence *e)
{
	const char *dot = strrchr(e->name, '.');
	size_t len = dot && dot != e->name ? (size_t)(dot - e->name) : strlen(e->name);

	return arena_format(a, "%.*s.%s", len ? (int)len : 10, len ? e->name : "minh-chung",
		e->medium == EVIDENCE_PDF ? "pdf" : "jpg");
}

static OUTCOME answer(struct request *req, struct hash file, const char *type, const char *name, bool in_page)
{
	struct bytes body;

	TRY(files_get(req->ask.files, req->ask.arena, file, &body));
	TRY(respond_file(req, type, name, body, in_page));
	req->response.etag =
		hash_hex(req->ask.arena, file); /* with it the frame says "private, no-cache": asked each time, sent once */
	return OK;
}

static enum outcome file_show(struct request *req)
{
	const struct evidence_path_form *form = req->form;
	struct evidence e;

	TRY(evidence_read(&req->ask, form->person, form->evidence, &e));
	if (e.medium == EVIDENCE_STATEMENT)
		return NOT_FOUND;
	/* a PDF may hold what a browser's own viewer would run: it is taken away, never shown here */
	return answer(req, e.file, e.medium == EVIDENCE_PDF ? "application/pdf" : "image/jpeg", name_of(req->ask.arena, &e),
		e.medium == EVIDENCE_PHOTO);
}

static enum outcome thumb_show(struct request *req)
{
	const struct evidence_path_form *form = req->form;
	struct evidence e;

	TRY(evidence_read(&req->ask, form->person, form->evidence, &e));
	return e.medium == EVIDENCE_PHOTO ? answer(req, e.thumb, "image/jpeg", name_of(req->ask.arena, &e), true) : NOT_FOUND;
}

static const struct route evidence_routes[] = {
	GET(WORK, "/minh-chung/{person}/{evidence}", PERMIT_SIGNED_IN, SEES(person), evidence_path_form, file_show)
	GET(WORK, "/minh-chung/{person}/{evidence}/nho", PERMIT_SIGNED_IN, SEES_NOBODY, evidence_path_form, thumb_show)
};
const struct route_table evidence_table = ROUTES(evidence_routes);
