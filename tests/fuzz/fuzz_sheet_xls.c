/* XLS through libfreexl, which this fuzzer does not hold to account: on crafted files it overruns buffers of its own (in its
 * conversion of texts) and forgets memory; that is why it lives in a cage, where it costs one file its worker. So each input is read
 * in a child: what must hold is our half, that whatever it gives keeps base/sheet.h's word. */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/fuzz/fuzz_sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);
const char *__asan_default_options(void);

/* No coverage comes back from a child: the seeds are kept and changed blindly, at their full length. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	char **more = calloc((size_t)*argc + 3, sizeof *more);

	BUG_ON(!more);
	memcpy(more, *argv, (size_t)*argc * sizeof *more);
	more[(*argc)++] = (char *)(uintptr_t)"-keep_seed=1";
	more[(*argc)++] = (char *)(uintptr_t)"-len_control=0";
	*argv = more;
	return 0;
}

const char *__asan_default_options(void)
{
	return "detect_leaks=0";
}

enum { SECONDS = 5 };

static _Noreturn void child(const uint8_t *data, size_t size)
{
	static const int signals[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGALRM };

	for (size_t i = 0; i < COUNT(signals); i++)
		signal(signals[i], SIG_DFL);
	close(STDERR_FILENO);
	alarm(SECONDS);
	fuzz_read((struct bytes){ data, size });
	_exit(0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	pid_t pid = fork();
	int status;

	BUG_ON(pid < 0);
	if (!pid)
		child(data, size);
	while (waitpid(pid, &status, 0) != pid)
		BUG_ON(errno != EINTR);          /* the fuzzer's own clock */
	/* BUG_ON aborts: ours. Anything else that ends it badly is the library's; one that goes round in it for ever meets the alarm
	 * here, and the wall clock of its worker in the program. */
	BUG_ON(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	return 0;
}
