/* targets_messages.h: what figures/targets may say to a person. */
#ifndef FIGURES_TARGETS_MESSAGES_H
#define FIGURES_TARGETS_MESSAGES_H

#include <stddef.h>

#include "base/arena.h"

#define POPULATION_ADULTS_WRONG "Số người từ 18 tuổi là số nguyên từ 0 đến 20.000.000. Kiểm tra lại nguồn rồi ghi lại."
#define POPULATION_SOURCE_SHORT "Ghi nguồn của con số, ví dụ “Công an xã, công văn số 12 ngày 05/01/2026”."
#define POPULATION_DAY_LATE "Ngày của con số không thể sau hôm nay. Ghi ngày nguồn chốt số liệu."
#define POPULATION_DAY_WRONG "Ngày của con số phải đủ ngày, tháng, năm, ví dụ 31/12/2025."
#define POPULATION_COLUMNS "Tệp cần các cột code, adults, source, as_of ở dòng đầu."
#define TARGETS_NONE "Chưa có bộ mục tiêu nào. Nạp bằng lệnh hoctap import targets."

const char *population_line(struct arena *, size_t line, const char *what);
const char *population_unit_unknown(struct arena *, const char *code);
const char *population_unit_twice(struct arena *, const char *code, size_t first_line);

#endif
