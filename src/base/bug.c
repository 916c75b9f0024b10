#include "base/bug.h"

#include <stdio.h>
#include <stdlib.h>

void bug_found(const char *file, int line, const char *what)
{
	fprintf(stderr, "{\"level\":\"bug\",\"at\":\"%s:%d\",\"what\":\"%s\"}\n", file, line, what);
	abort();
}
