#include "tests/test.h"

#include <string.h>
#include <zip.h>

#include "document/archive.h"
#include "registry/access/access.h"
#include "sandbox/client.h"
#include "tests/world.h"
#include "tests/year.h"
#include "title/paper/forms.h"
#include "title/paper/forms_paper.h"

#define W "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>"
#define W_END "</w:t></w:r></w:p></w:body></w:document>"

static struct bytes docx(struct world *w, const char *text)
{
	struct buf *out = ARENA_NEW(w->arena, struct buf);
	struct archive *z;
	const char *body = arena_format(w->arena, W "%s" W_END, text);

	*out = BUF(w->arena);
	z = archive_new(w->arena, w->ask.now, sink_buf(out));
	CHECK_OUTCOME(OK, archive_add(z, "[Content_Types].xml", (struct bytes){ "<Types/>", 8 }, false));
	CHECK_OUTCOME(OK, archive_add(z, "word/document.xml", (struct bytes){ body, strlen(body) }, true));
	CHECK_OUTCOME(OK, archive_end(z));
	return buf_bytes(out);
}

/* Through the real worker: this program as its own locked-down child. */
static struct bytes pieces_of(struct world *w, struct bytes file, enum sandbox_end *end)
{
	struct sandbox *sandbox = sandbox_new(&(struct sandbox_config){ .workers = 1 });
	struct sandbox_job job = { .kind = SANDBOX_FORM, .input = file, .answer_max = FORM_TAKEN_MAX + MiB };
	struct bytes pieces;

	CHECK_OUTCOME(OK, sandbox_call(sandbox, w->arena, &job, end, &pieces));
	sandbox_free(sandbox);
	return pieces;
}

static const char *problem_with(struct world *w, enum paper paper, const char *text)
{
	enum sandbox_end end;
	struct bytes pieces = pieces_of(w, docx(w, text), &end);

	CHECK_INT(SANDBOX_ANSWERED, end);
	world_again(w);
	return own_form_check(w->arena, pieces, paper, &w->problems) ? "" : world_problem(w, "file");
}

TEST(forms, an_unknown_field_is_named_with_the_nearest_known_one)
{
	struct world w;

	world_open(&w);
	CHECK_TEXT("", problem_with(&w, PAPER_LIST, "{xa_phuong} {#nguoi}{stt} {HO_TEN} {nam_danh_gia}{/nguoi}{?so}x{/?so}"));
	CHECK_HAS(problem_with(&w, PAPER_LIST, "{#nguoi}{ho_tenn}{/nguoi}"), "{ho_tenn}. Có lẽ là {ho_ten}");
	CHECK_HAS(problem_with(&w, PAPER_LIST, "{xa_phuog}"), "Có lẽ là {xa_phuong}");
	CHECK_HAS(problem_with(&w, PAPER_LIST, "{hoan_toan_khac_la}"), "Xem tên các chỗ trống");
	CHECK_HAS(problem_with(&w, PAPER_PROPOSAL, "{#nguoi}a{/nguoi}"), "không có danh sách {#nguoi}");
	CHECK_HAS(problem_with(&w, PAPER_POSTING, "{#nguoi}{tong}{/nguoi}"), "{tong}");      /* no scores in public */
	CHECK_HAS(problem_with(&w, PAPER_LIST, "{ho_ten}"), "{ho_ten}");                     /* of a row only */
	CHECK_HAS(problem_with(&w, PAPER_LIST, "{#nguoi}{stt}"), "không có dấu đóng (nguoi)");
	world_close(&w);
}

TEST(forms, every_paper_has_a_starter_that_its_own_check_takes)
{
	struct world w;

	world_open(&w);
	for (int p = 0; p < PAPERS; p++) {
		struct buf file = BUF(w.arena);
		enum sandbox_end end;

		CHECK_OUTCOME(OK, form_starter(&w.ask, (enum paper)p, sink_buf(&file)));
		own_form_check(w.arena, pieces_of(&w, buf_bytes(&file), &end), (enum paper)p, &w.problems);
		CHECK_TEXT("", world_problem(&w, "file"));
	}
	world_close(&w);
}

static const char *body_of(struct world *w, struct bytes file)
{
	zip_source_t *source = zip_source_buffer_create(file.ptr, file.len, 0, NULL);
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
	zip_stat_t stat;
	zip_file_t *in;
	char *text;

	CHECK(zip && !zip_stat(zip, "word/document.xml", 0, &stat));
	text = arena_alloc(w->arena, stat.size + 1);
	in = zip_fopen(zip, "word/document.xml", 0);
	CHECK(in && zip_fread(in, text, stat.size) == (zip_int64_t)stat.size);
	zip_fclose(in);
	zip_discard(zip);
	return text;
}

TEST(forms, a_replaced_form_is_filled_and_comes_as_docx_alone)
{
	struct world w;
	struct reply reply;
	struct replaced_forms all;
	enum sandbox_end end;
	struct bytes pieces;
	const char *papers, *body;

	world_serve(&w);
	world_round(&w);
	year_reviewed(&w, year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS));
	year_reviewed(&w, year_submitted(&w, "Trần Thị Bình", w.hamlet, YEAR_PASS));
	year_proposed(&w, NULL);
	pieces = pieces_of(&w, docx(&w, "MẪU RIÊNG {XA_PHUONG}: {#nguoi}{stt}. {ho_ten} {tong}; {/nguoi}mã {ma_danh_sach}"),
		&end);
	world_as(&w, ROLE_COMMUNE, w.commune);
	CHECK_OUTCOME(FORBIDDEN, form_replace(&w.ask, w.province, 0, "danh-sach", "mau.docx", pieces));
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(OK, form_replace(&w.ask, w.province, 0, "danh-sach", "mau.docx", pieces));
	CHECK_OUTCOME(CONFLICT, form_replace(&w.ask, w.province, 0, "danh-sach", "mau.docx", pieces));
	CHECK_OUTCOME(OK, forms_replaced(&w.ask, w.province, &all));
	CHECK_INT(1, all.n);
	papers = arena_format(w.arena, "/xa/giay-to/%lld/%lld", (long long)w.commune, (long long)w.round);
	world_get(&w, ROLE_COMMUNE, papers, &reply);
	CHECK(!strstr(reply_text(&w, &reply), "danh-sach.pdf"));
	CHECK_HAS(reply_text(&w, &reply), "danh-sach.docx");
	world_take(&w, ROLE_COMMUNE, papers, "tep=danh-sach.pdf", &reply);
	CHECK_INT(404, reply.status);
	world_take(&w, ROLE_COMMUNE, papers, "tep=danh-sach.docx", &reply);
	CHECK_INT(200, reply.status);
	body = body_of(&w, reply.body);
	CHECK_HAS(body, "MẪU RIÊNG XÃ ĐỨC HOÀ: 1. Nguyễn Thị An 81; 2. Trần Thị Bình 81; mã ");
	world_take(&w, ROLE_COMMUNE, papers, "tep=tat-ca.zip", &reply);
	CHECK_INT(200, reply.status);
	world_get(&w, ROLE_PROVINCE, "/mau-giay", &reply);
	CHECK_HAS(reply_text(&w, &reply), "mau.docx");
	world_get(&w, ROLE_PROVINCE, "/mau-giay/danh-sach", &reply);
	CHECK_HAS(reply_text(&w, &reply), "{ma_danh_sach}");
	world_post(&w, ROLE_PROVINCE, "/mau-giay/danh-sach/bo", "version=1", &reply);
	CHECK_INT(303, reply.status);
	world_get(&w, ROLE_COMMUNE, papers, &reply);
	world_take(&w, ROLE_COMMUNE, papers, "tep=danh-sach.pdf", &reply);
	CHECK_INT(200, reply.status);
	world_get(&w, ROLE_PROVINCE, "/mau-giay/danh-sach/bat-dau", &reply);
	CHECK_INT(200, reply.status);
	world_get(&w, ROLE_COMMUNE, "/mau-giay", &reply);
	CHECK_INT(403, reply.status);
	world_get(&w, ROLE_PROVINCE, "/mau-giay/khong-co", &reply);
	CHECK_INT(404, reply.status);
	world_close(&w);
}

TEST(forms, every_name_of_every_paper_can_be_filled)
{
	struct world w;
	struct round round;
	struct unit unit;

	world_open(&w);
	world_round(&w);
	year_reviewed(&w, year_submitted(&w, "Nguyễn Thị An", w.hamlet, YEAR_PASS));
	year_proposed(&w, NULL);
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, round_get(&w.ask, w.round, &round));
	CHECK_OUTCOME(OK, tree_get(&w.ask, w.commune, WORLD_TODAY, &unit));
	for (int p = 0; p < PAPERS; p++) {
		struct paper_values *v;
		size_t n, n_lists;
		const struct paper_field *fields = paper_fields(&n);
		const struct paper_list *lists = paper_lists((enum paper)p, &n_lists);

		CHECK_OUTCOME(OK, paper_values_open(&w.ask, (enum paper)p, &unit, &round, &v));
		for (size_t i = 0; i < n; i++)
			CHECK(paper_value(v, fields[i].name) != NULL);
		CHECK_TEXT("2026", paper_value(v, "nam_danh_gia"));
		CHECK_TEXT("xã Đức Hoà", paper_value(v, "xa_phuong"));
		for (size_t i = 0; i < n_lists; i++) {
			bool done = false;
			int rows = 0;

			CHECK_OUTCOME(OK, paper_list_begin(v, lists[i].name));
			for (;;) {
				CHECK_OUTCOME(OK, paper_list_next(v, w.arena, &done));
				if (done)
					break;
				for (size_t k = 0; k < lists[i].n; k++)
					CHECK(paper_value(v, lists[i].fields[k].name) != NULL);
				rows++;
			}
			CHECK(rows > 0 || p == PAPER_MINUTES || p == PAPER_POSTING);
		}
	}
	world_close(&w);
}
