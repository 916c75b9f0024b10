/* form_worker.h: the locked-down reader of forms (document/form.h): "--form-worker". Here, since a brick cannot know another. */
#ifndef APP_FORM_WORKER_H
#define APP_FORM_WORKER_H

int form_worker_main(int fd);

#endif
