#include "app/measures.h"

#include <stdio.h>
#include <unistd.h>

#include "app/app.h"

static void put(struct buf *out, const char *name, const char *type, const char *help, int64_t value)
{
	buf_format(out, "# HELP %s %s\n# TYPE %s %s\n%s %lld\n", name, help, name, type, name, (long long)value);
}

/* -1: the system does not say. */
static int64_t resident_bytes(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	long long whole, pages = -1;

	if (!file)
		return -1;
	if (fscanf(file, "%lld %lld", &whole, &pages) != 2)
		pages = -1;
	fclose(file);
	return pages < 0 ? -1 : pages * sysconf(_SC_PAGESIZE);
}

void measures_put(void *app, struct buf *out)
{
	const struct app *a = app;
	int64_t resident = resident_bytes();
	struct db_log_counts log;

	if (resident >= 0)
		put(out, "process_resident_memory_bytes", "gauge", "Memory in use.", resident);
	if (!a->checkpoints)
		return;
	db_log_counts(a->checkpoints, &log);
	put(out, "hoctap_log_pages", "gauge", "Pages in SQLite's log (8 KiB each).", log.pages);
	put(out, "hoctap_log_pages_most", "gauge", "The most there were since the start.", log.most);
	put(out, "hoctap_log_resets_total", "counter", "Times that it began again from its start.", log.resets);
	put(out, "hoctap_log_refused_total", "counter", "Times that a read or a writer stood in the way of that.", log.refused);
	put(out, "hoctap_log_writers_waited_microseconds_total", "counter", "By writers for that.", log.waited_us);
	put(out, "hoctap_log_writers_waited_microseconds_longest", "gauge", "The longest of them.", log.longest_us);
	put(out, "hoctap_log_drains_total", "counter", "Times that reads had to wait for it.", log.drains);
}
