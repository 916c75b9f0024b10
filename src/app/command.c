#include "app/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/hooks.h"
#include "base/day.h"
#include "crypto/crypto.h"
#include "text/parse.h"

static const char common[] = " data= db= keys= files= help ";

const char *argument_option(const struct arguments *args, const char *name)
{
	for (size_t i = 0; i < args->n_options; i++)
		if (!strcmp(args->options[i].name, name))
			return args->options[i].value;
	return "";
}

const char *argument_option_at(const struct arguments *args, const char *name, size_t i)
{
	for (size_t at = 0; at < args->n_options; at++)
		if (!strcmp(args->options[at].name, name) && i-- == 0)
			return args->options[at].value;
	return "";
}

bool argument_number(const struct arguments *args, const char *name, int64_t min, int64_t max, int64_t or_else, int64_t *out)
{
	const char *value = argument_option(args, name);

	*out = or_else;
	if (!*value || text_to_int(value, min, max, out))
		return true;
	fprintf(stderr, "--%s: cần một số nguyên từ %lld đến %lld.\n", name, (long long)min, (long long)max);
	return false;
}

bool argument_day(const struct arguments *args, const char *name, const char **out)
{
	*out = argument_option(args, name);
	if (!**out || day_is_whole(*out))
		return true;
	fprintf(stderr, "--%s: cần một ngày dạng 2025-07-01.\n", name);
	return false;
}

/* Is ` name ` or ` name= ` among the words of what a command takes? */
static bool takes(const char *list, const char *name, size_t len, bool *value)
{
	for (const char *p = list; *p;) {
		size_t word = strcspn(p, " ");

		if (word >= len && !strncmp(p, name, len) && (word == len || (word == len + 1 && p[len] == '='))) {
			*value = word == len + 1;
			return true;
		}
		p += word + strspn(p + word, " ");
	}
	return false;
}

static int usage(const struct command *c, FILE *out)
{
	fprintf(out, "Cách dùng: hoctap %s %s\n%s\n", c->words, c->usage, c->what);
	fputs("Chung: --data DIR (mặc định ./data), --db URL, --keys DIR, --files DIR|s3://…\n", out);
	return out == stderr ? EXIT_USAGE : EXIT_DONE;
}

static int usage_all(FILE *out)
{
	fputs("hoctap: chương trình Công dân học tập. Các lệnh:\n", out);
	for (const struct command *c = commands; c->words; c++)
		fprintf(out, "  %-22s %s\n", c->words, c->what);
	fputs("Thêm --help sau một lệnh để xem cách dùng.\n", out);
	return out == stderr ? EXIT_USAGE : EXIT_DONE;
}

/* The command whose words stand first; *used of them. The longest wins. */
static const struct command *find_command(int argc, char **argv, int *used)
{
	const struct command *best = NULL;

	*used = 0;
	for (const struct command *c = commands; c->words; c++) {
		const char *p = c->words;
		int n = 0;

		while (*p && 1 + n < argc) {
			size_t len = strcspn(p, " ");

			if (strlen(argv[1 + n]) != len || strncmp(argv[1 + n], p, len) != 0)
				break;
			p += len + (p[len] == ' ');
			n++;
		}
		if (!*p && n > *used) {
			best = c;
			*used = n;
		}
	}
	return best;
}

static bool read_arguments(const struct command *c, int argc, char **argv, struct arguments *out)
{
	for (int i = 0; i < argc; i++) {
		bool is_out = !strcmp(argv[i], "-o");            /* the one short option: where a file goes */
		const char *name = is_out ? "out" : argv[i] + 2, *equals;
		size_t len;
		bool value = false;

		if (!is_out && strncmp(argv[i], "--", 2) != 0) {
			if (out->n == ARGUMENTS)
				return false;
			out->at[out->n++] = argv[i];
			continue;
		}
		equals = strchr(name, '=');
		len = equals ? (size_t)(equals - name) : strlen(name);
		if ((!takes(c->takes, name, len, &value) && !takes(common, name, len, &value)) || out->n_options == OPTIONS) {
			fprintf(stderr, "Lệnh này không có --%.*s.\n", (int)len, name);
			return false;
		}
		if (value && !equals && i + 1 == argc) {
			fprintf(stderr, "--%s cần một giá trị đi sau.\n", name);
			return false;
		}
		out->options[out->n_options].value = !value ? "1" : equals ? equals + 1 : argv[i + 1];
		if (value && !equals)
			i++;
		if (equals)
			argv[i][2 + len] = '\0';
		out->options[out->n_options++].name = name;
	}
	return out->n >= (size_t)c->min && out->n <= (size_t)c->max;
}

static void set_places(struct app *app, const struct arguments *args)
{
	const char *data = argument_option(args, "data"), *db = argument_option(args, "db"), *keys = argument_option(args, "keys");
	const char *files = argument_option(args, "files");

	app->data_dir = *data ? data : "./data";
	app->db_url = *db ? db : arena_format(app->arena, "sqlite:%s/hoctap.db", app->data_dir);
	app->files_shared = *files != '\0';
	app->files_url = *files ? files : arena_format(app->arena, "%s/files", app->data_dir);
	app->keys_dir = *keys ? keys : arena_format(app->arena, "%s/keys", app->data_dir);
}

int command_main(int argc, char **argv)
{
	struct arguments args = { 0 };
	struct app app = { 0 };
	const struct command *c;
	int used, code;

	if (argc < 2)
		return usage_all(stderr);
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "help"))
		return usage_all(stdout);
	c = find_command(argc, argv, &used);
	if (!c) {
		fprintf(stderr, "Không có lệnh “%s”.\n", argv[1]);
		return usage_all(stderr);
	}
	for (int i = 1 + used; i < argc; i++)
		if (!strcmp(argv[i], "--help"))
			return usage(c, stdout);
	if (!read_arguments(c, argc - 1 - used, argv + 1 + used, &args))
		return usage(c, stderr);
	crypto_start();
	app.arena = arena_new(256 * MiB);
	app.hooks = &app_hooks;
	set_places(&app, &args);
	code = c->run(&app, &args);
	keyring_close(app.keys);
	arena_free(app.arena);
	return code;
}
