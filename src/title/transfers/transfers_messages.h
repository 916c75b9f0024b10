/* transfers_messages.h: what title/transfers may say to a person. Texts live in the arena. */
#ifndef TITLE_TRANSFERS_MESSAGES_H
#define TITLE_TRANSFERS_MESSAGES_H

#include "base/arena.h"

#define TRANSFER_REASON_SHORT "Ghi lý do từ 10 chữ trở lên, ví dụ “Chuyển nhà từ tháng 10”."
#define TRANSFER_NOBODY "Chưa chọn ai. Đánh dấu những người cần chuyển."
#define TRANSFER_ALL_THERE "Những người đã chọn đều đang ở nơi ấy rồi. Chọn nơi khác."
#define TRANSFER_TO_WRONG "Chọn nơi đến: một ấp, khu phố, cơ quan, trường hoặc doanh nghiệp đang hoạt động."
#define TRANSFER_TO_FOREIGN "Nơi đến không thuộc quyền của bạn. Nhờ Hội Khuyến học cấp trên của cả hai nơi chuyển."
#define TRANSFER_UNDONE_ALREADY "Việc này đã được hoàn tác rồi."
#define TRANSFER_NOT_WAITING "Ấp, đơn vị này không còn chờ xếp. Xem lại danh sách."
#define TRANSFER_PLACE_WRONG "Chọn một xã, phường đang hoạt động trong tỉnh."
#define TRANSFER_UNIT_CHANGED "Đơn vị đã có thay đổi khác sau đó. Hoàn tác thay đổi ấy trước."

#define DUPLICATE_TWO_NUMBERS "Hai người có hai số định danh khác nhau. Nếu đúng là một người thì sửa số ghi sai trước, rồi gộp."
#define DUPLICATE_CHANGED "Người được giữ lại, hoặc người đã gộp, có thay đổi sau đó. Sửa tay từng người thay cho hoàn tác."
#define UNITS_NONE "Chọn ít nhất một đơn vị để nhập."
#define UNITS_KIND "Chỉ nhập ấp, khu phố với ấp, khu phố; xã, phường với xã, phường; trong cùng một tỉnh."
#define UNITS_TO_WRONG "Chọn nơi nhận: một đơn vị đang hoạt động, khác với các đơn vị được nhập."
#define UNITS_DAY_WRONG "Ngày này phải sau ngày đơn vị bắt đầu và không sau hôm nay. Chọn lại ngày."
#define DIVIDE_NAMES "Ghi tên hai ấp, khu phố mới, khác nhau, từ 2 chữ trở lên."
#define DIVIDE_ROLES "Có cán bộ được chọn không còn vai trò ở ấp, khu phố này. Mở lại trang rồi chọn lại."
#define DIVIDE_PEOPLE "Có người được chọn không ở ấp, khu phố này. Mở lại trang rồi chọn lại."

const char *transfer_day_wrong(struct arena *, const char *first, const char *last);
const char *transfer_person_gone(struct arena *, const char *name);     /* not in the register any more */
const char *transfer_person_foreign(struct arena *, const char *name);  /* not the actor's to move */
const char *transfer_person_elsewhere(struct arena *, const char *name);        /* moved again since */

const char *unit_listed_since(struct arena *, int64_t sheets, const char *commune);
const char *transfer_unit_has_people(struct arena *, int64_t people);
const char *duplicate_keep_other(struct arena *, int year);             /* the one who goes has the open sheet */

#endif
