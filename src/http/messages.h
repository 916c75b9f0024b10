/* messages.h: what the frame itself says to a person: what happened, what to do. Shown by gate->error_page. */
#ifndef HTTP_MESSAGES_H
#define HTTP_MESSAGES_H

const char *message_of(int status);              /* for a status answered without further cause */
extern const char message_no_token[], message_foreign_token[], message_bad_address[], message_bad_body[], message_no_files_room[],
	message_wrong_host[], message_check_fields[], message_stale[];

#endif
