/* review_sheet_http.h: the page of one sheet under review, private to review. */
#ifndef TITLE_REVIEW_SHEET_HTTP_H
#define TITLE_REVIEW_SHEET_HTTP_H

#include "http/request.h"

enum outcome review_sheet_show(struct request *req);
enum outcome review_sheet_again(struct request *req);
enum outcome review_sheet_post(struct request *req);
enum outcome review_return_again(struct request *req);
enum outcome review_return_post(struct request *req);
enum outcome review_told_again(struct request *req);
enum outcome review_told_post(struct request *req);

#endif
