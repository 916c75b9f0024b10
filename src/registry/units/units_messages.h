/* units_messages.h: what registry/units may say to a person: what is wrong, what to do. Texts live in the arena. */
#ifndef REGISTRY_UNITS_MESSAGES_H
#define REGISTRY_UNITS_MESSAGES_H

#include <stddef.h>

#include "base/arena.h"

#define UNIT_NAME_SHORT "Tên chỉ có một chữ. Ghi tên đầy đủ, ví dụ “Ấp Bình Hoà”."
#define UNIT_REASON_SHORT "Ghi lý do từ 10 chữ trở lên, ví dụ “Nghị quyết số 12 của HĐND xã”."
#define UNIT_KIND_UNKNOWN "Chọn một loại: ấp, khu phố, cơ quan, trường học, doanh nghiệp, đơn vị lực lượng vũ trang."
#define UNIT_PARENT_WRONG "Ấp, khu phố nằm dưới xã, phường; cơ quan, trường, doanh nghiệp nằm dưới xã, phường hoặc tỉnh. Chọn lại nơi trực thuộc."
#define UNIT_PARENT_SELF "Đơn vị không thể trực thuộc chính nó. Chọn nơi khác."
#define UNIT_HAS_CHILDREN "Đơn vị này còn đơn vị bên dưới đang hoạt động. Đóng hoặc chuyển các đơn vị đó trước."
#define UNIT_CLOSED "Đơn vị này đã đóng. Muốn dùng lại, lập một đơn vị mới."
#define UNIT_INTO_SELF "Đơn vị không thể nhập vào chính nó. Chọn đơn vị khác."
#define UNIT_WAITS "Đơn vị này đang chờ xếp vào xã, phường mới. Xếp ở trang Chờ xếp trước, rồi đổi sau."
#define UNIT_CHANGED_SINCE "Đơn vị đã có thay đổi khác sau đó. Hoàn tác thay đổi sau cùng trước, rồi lần lượt đến thay đổi này."
#define UNIT_PARENT_GONE                                                                                                         \
	"Nơi trực thuộc trước đây nay không còn, nên không đưa về được. Chuyển đơn vị đến nơi khác thay cho hoàn tác."

const char *unit_day_taken(struct arena *, const char *from_day);         /* a change was written ahead for that day */
const char *unit_code_taken(struct arena *, const char *code, const char *holder);
const char *unit_name_taken(struct arena *, const char *name, const char *parent);
const char *unit_day_early(struct arena *, const char *first_day);
const char *unit_day_late(struct arena *, const char *last_day);
const char *unit_import_line(struct arena *, size_t line, const char *what);
const char *unit_import_code(struct arena *, const char *code);
const char *unit_import_twice(struct arena *, const char *code, size_t first_line);
const char *unit_import_name_twice(struct arena *, const char *name, size_t first_line);
const char *unit_import_kind(struct arena *, const char *kind);
const char *unit_import_parent(struct arena *, const char *parent);
const char *unit_import_future(struct arena *, const char *code, const char *from_day);
const char *unit_import_unknown(struct arena *, const char *code, const char *day);
const char *unit_import_column(struct arena *, const char *columns);

#endif
