/* dashboards_lists_http.h: handlers of the lists behind figures and of files; their routes stand in dashboards_http.c. */
#ifndef FIGURES_DASHBOARDS_LISTS_HTTP_H
#define FIGURES_DASHBOARDS_LISTS_HTTP_H

#include "http/request.h"

enum outcome people_list_show(struct request *);
enum outcome export_post(struct request *);
enum outcome export_again(struct request *);
enum outcome export_file(struct request *);

#endif
