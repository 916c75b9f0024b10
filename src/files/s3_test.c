#include "tests/test.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "files/s3.h"

TEST(s3, an_address_is_read_or_refused)
{
	static const struct { const char *url, *endpoint, *region, *bucket, *prefix; } rows[] = {
		{ "s3://kho", "https://s3.us-east-1.amazonaws.com", "us-east-1", "kho", "" },
		{ "s3://kho/tinh/80/?region=ap-southeast-1", "https://s3.ap-southeast-1.amazonaws.com", "ap-southeast-1", "kho", "tinh/80" },
		{ "s3://kho?endpoint=http://127.0.0.1:4568/&region=vn", "http://127.0.0.1:4568", "vn", "kho", "" },
		{ "s3://kho/a?region=x&endpoint=https://s3.tinh.vn", "https://s3.tinh.vn", "x", "kho", "a" },
		{ "s3://", "", "", "", "" }, { "s3://ab", "", "", "", "" }, { "s3://kho/a b", "", "", "", "" },
		{ "s3://kho/../x", "", "", "", "" }, { "s3://kho//x", "", "", "", "" }, { "s3://kho/%2e", "", "", "", "" },
		{ "s3://kho?endpoint=ftp://x", "", "", "", "" }, { "s3://kho?endpoint=http://a@b", "", "", "", "" },
		{ "s3://kho?vung=x", "", "", "", "" }, { "s3://kho?region=", "", "", "", "" }, { "s3:/kho", "", "", "", "" },
	};
	struct arena *a = arena_new(MiB);

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct s3_place place;
		const char *what;

		CHECK_OUTCOME(*rows[i].bucket ? OK : INVALID, s3_place_read(a, rows[i].url, &place, &what));
		if (!*rows[i].bucket)
			continue;
		CHECK_TEXT(rows[i].endpoint, place.endpoint);
		CHECK_TEXT(rows[i].region, place.region);
		CHECK_TEXT(rows[i].bucket, place.bucket);
		CHECK_TEXT(rows[i].prefix, place.prefix);
	}
	arena_free(a);
}

/* A port that was free a moment ago, where nobody listens. */
static int dead_port(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t len = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	CHECK_INT(0, bind(fd, (struct sockaddr *)&at, sizeof at));
	CHECK_INT(0, getsockname(fd, (struct sockaddr *)&at, &len));
	close(fd);
	return ntohs(at.sin_port);
}

TEST(s3, closing_right_after_opening_asks_nobody)
{
	struct arena *a = arena_new(MiB);
	struct s3_place place;
	struct files *files;
	const char *what;

	CHECK_OUTCOME(OK, s3_place_read(a, arena_format(a, "s3://kho?endpoint=http://127.0.0.1:%d", dead_port()), &place, &what));
	CHECK_OUTCOME(OK, files_open_s3(&place, &(struct s3_keys){ "id", "secret" }, &files));
	CHECK(files_is_remote(files));
	files_close(files);
	arena_free(a);
}
