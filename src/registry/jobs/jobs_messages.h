/* jobs_messages.h: what registry/jobs may say to a person. */
#ifndef REGISTRY_JOBS_MESSAGES_H
#define REGISTRY_JOBS_MESSAGES_H

#define JOB_NOT_STOPPED "Việc này không dừng vì lỗi, không cần chạy lại. Xem lại trang này sau ít phút."
#define JOB_UNKNOWN_KIND "Bản chương trình này không biết làm việc này. Báo người quản trị hệ thống, kèm số của việc."
#define JOB_GONE "Dữ liệu của việc này đã đổi hoặc không còn. Xem lại rồi chạy lại."

#endif
