/* commune_http.h: a commune's year on one page, private to recognition. */
#ifndef TITLE_RECOGNITION_COMMUNE_HTTP_H
#define TITLE_RECOGNITION_COMMUNE_HTTP_H

#include "http/request.h"

enum outcome commune_show(struct request *req);
enum outcome commune_again(struct request *req);

#endif
