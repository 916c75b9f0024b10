/* The program: a command, or a locked-down child of itself (sandbox/). */
#include <string.h>

#include "app/command.h"
#include "app/form_worker.h"
#include "sandbox/worker.h"

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "--image-worker"))
		return image_worker_main(SANDBOX_WORKER_FD);
	if (argc == 2 && !strcmp(argv[1], "--sheet-worker"))
		return sheet_worker_main(SANDBOX_WORKER_FD);
	if (argc == 2 && !strcmp(argv[1], "--form-worker"))
		return form_worker_main(SANDBOX_WORKER_FD);
	return command_main(argc, argv);
}
