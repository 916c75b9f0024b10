/* reports_messages.h: what figures/reports may say to a person. */
#ifndef FIGURES_REPORTS_MESSAGES_H
#define FIGURES_REPORTS_MESSAGES_H

#include "base/arena.h"

#define REPORT_DAY_LATE "Số liệu chỉ có đến hôm nay. Chọn ngày hôm nay hoặc một ngày trước đó."
#define REPORT_UNKNOWN "Không có báo cáo tên này. Gõ hoctap report list để xem các tên."
#define REPORT_NO_ROUND "Không có đợt của năm ấy. Mở đợt trước, hoặc chọn năm khác."
#define REPORT_FORMAT "Chọn kiểu tệp pdf, docx, xlsx hoặc csv sau --format."

#define REPORT_UNIT_ENDED "Đơn vị này không còn hôm nay. Chọn đơn vị của năm ấy, hoặc chọn đơn vị mới."

const char *report_day_early(struct arena *, int year);
const char *report_unit_unknown(struct arena *, const char *code);

#endif
