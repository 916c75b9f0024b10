/* Any template: htmlc refuses it with a line, or makes C whose brackets are balanced and whose literals and lines end.
 *
 *	clang -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -I. tests/fuzz/fuzz_htmlc.c -o fuzz_htmlc
 *	./fuzz_htmlc -dict=tests/fuzz/htmlc.dict NEW tests/fuzz/corpus/htmlc */
#define HTMLC_NO_MAIN
#include "tools/htmlc.c"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(x) do { if (!(x)) abort(); } while (0)

/* Past a literal that begins at p. */
static const char *literal_end(const char *p)
{
	for (p++; *p != '"'; p++) {
		MUST(*p && *p != '\n' && *p != '\1');
		p += *p == '\\' && p[1];
	}
	return p;
}

static void check_code(const char *code)
{
	int braces = 0, rounds = 0;

	for (const char *p = code; *p; p++) {
		MUST((unsigned char)*p < 0x80 && *p != '\1' && *p != '\\');      /* what is not C stands in literals */
		if (*p == '"')
			p = literal_end(p);
		braces += (*p == '{') - (*p == '}');
		rounds += (*p == '(') - (*p == ')');
		MUST(braces >= 0 && rounds >= 0);
	}
	MUST(!braces && !rounds);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *source = malloc(size + 1);
	struct made made;
	unsigned line;

	MUST(source);
	memcpy(source, data, size);
	source[size] = '\0';
	if (compile("x.html", "x", "x_html.c", source, &made)) {
		check_code(made.header.ptr);
		check_code(made.code.ptr);
	} else {
		MUST(sscanf(made.error, "x.html:%u: ", &line) == 1 && line >= 1 && line <= line_in(source, source + strlen(source)));
		MUST(!made.header.ptr && !made.code.ptr);
	}
	free(made.header.ptr);
	free(made.code.ptr);
	free(source);
	return 0;
}
