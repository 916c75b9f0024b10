#include "tests/framework.h"

#include "base/buf.h"

static void competence(struct buf *out, char code)
{
	buf_format(out, "%s{\"code\":\"%c\",\"title\":\"Năng lực %c\"}", code == 'A' ? "" : ",", code, code);
}

static void levels(struct buf *out, int most)
{
	buf_format(out, "[{\"points\":0,\"text\":\"Chưa làm\"},{\"points\":%d,\"text\":\"Làm được mức cần thiết\"},"
		"{\"points\":%d,\"text\":\"Làm tốt\"}]", most / 2, most);
}

struct bytes framework(struct arena *a, int first, int second, int most, const char *words)
{
	struct buf out = BUF(a, .max = MiB);
	int n = first + second;

	buf_format(&out, "{\"id\":\"khung-thu-%d-%d\",\"title\":\"Khung thử %d chỉ số\",\"version\":\"1.0\",\"language\":\"vi\","
		"\"score_step\":1,\"level_points\":[0,%d,%d],\"pass_rule\":{\"total_min\":%d,\"each_min\":%d,\"total_max\":%d,"
		"\"text\":\"Đạt khi đủ tám phần mười.\"},\"competences\":[", n, most, n, most / 2, most, n * most * 8 / 10, most / 2,
		n * most);
	competence(&out, 'A');
	if (second)
		competence(&out, 'B');
	buf_text(&out, "],\"indicators\":[");
	for (int i = 1; i <= n; i++)
		buf_format(&out, "%s{\"code\":\"%d\",\"competence\":\"%c\",\"title\":\"Chỉ số thử %d\",\"short_title\":\"Chỉ số thử %d\","
			"\"max\":%d,\"evidence\":[\"Lời kể\"]}", i > 1 ? "," : "", i, i <= first ? 'A' : 'B', i, i, most);
	buf_text(&out, "],\"groups\":[{\"code\":\"nong_dan\",\"title\":\"Nông dân\",\"who\":\"Người làm nông\"}],\"variants\":[");
	for (int i = 1; i <= n; i++) {
		buf_format(&out, "%s{\"group\":\"nong_dan\",\"indicator\":\"%d\",\"question\":\"%s (câu %d)\",\"levels\":", i > 1 ? "," : "",
			i, words, i);
		levels(&out, most);
		buf_text(&out, ",\"evidence_examples\":[\"Ảnh\"]}");
	}
	buf_text(&out, "]}");
	return buf_bytes(&out);
}

void framework_round(struct world *w, int first, int second, int most, const char *words)
{
	world_round_of(w, framework(w->arena, first, second, most, words));
}

const char *framework_scores(struct arena *a, int n, int score)
{
	struct buf out = BUF(a);

	for (int i = 0; i < n; i++)
		buf_format(&out, "%s%d", i ? "," : "[", score);
	buf_text(&out, "]");
	return buf_cstr(&out);
}
