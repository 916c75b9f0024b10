/* people_messages.h: what registry/people may say to a person: what is wrong, what to do. Texts live in the arena. */
#ifndef REGISTRY_PEOPLE_MESSAGES_H
#define REGISTRY_PEOPLE_MESSAGES_H

#include "base/arena.h"

#define PERSON_NAME_SHORT "Tên chỉ có một chữ cái. Ghi họ tên đầy đủ, ví dụ “Nguyễn Thị Lành”."
#define PERSON_NAME_SIGNS "Họ tên chỉ gồm chữ, dấu cách, dấu phẩy trên, gạch nối và dấu chấm. Bỏ số, ngoặc và các dấu khác."
#define PERSON_NAME_ONE_WORD "Họ tên chỉ có một tiếng. Xem lại có thiếu họ không."
#define PERSON_BIRTH_FUTURE "Ngày sinh ở sau hôm nay. Xem lại ngày, tháng, năm."
#define PERSON_GROUP_NONE "Chọn nhóm gần nhất với việc làm chính."
#define PERSON_GUARDIAN_NONE "Người 16, 17 tuổi cần cha, mẹ hoặc người giám hộ đồng ý. Ghi họ tên người đó."
#define PERSON_TRAINED_FUTURE "Ngày tập huấn ở sau hôm nay. Xem lại, hoặc bỏ trống."
#define PERSON_LEAF_NONE "Chọn nơi tính người này: nơi ở hoặc nơi làm việc, học tập. Nơi đã chọn phải có tên ở ô bên cạnh."
#define PERSON_HAMLET_WRONG "Nơi ở phải là một ấp, khu phố đang hoạt động. Chọn lại."
#define PERSON_ORGANISATION_WRONG "Nơi làm việc, học tập phải là một cơ quan, trường, doanh nghiệp, đơn vị đang hoạt động. Chọn lại."
#define PERSON_GONE "Người này không còn trong danh sách. Ghi “có mặt lại” trước khi sửa."
#define PERSON_REASON_SHORT "Ghi lý do từ 10 chữ trở lên, ví dụ “Theo thẻ căn cước của bà”."
#define PERSON_CONDITION_SAME "Người này đang ở tình trạng đó rồi. Chọn tình trạng khác."
#define PERSON_INTO_WRONG "Chọn người còn lại, khác với người này và đang có trong danh sách."
#define PERSON_HAS_MORE "Người này đã có tài khoản hoặc đề nghị sửa, không bỏ được nữa. Ghi chuyển đi nếu nhập nhầm."
#define PERSON_SEARCH_WIDE "Tìm trong cả tỉnh cần ít nhất hai chữ của tên, hoặc một chữ và năm sinh, ví dụ “lành 1961”."
#define CORRECTION_NOTHING "Chưa có gì khác với thông tin đang có. Sửa ô cần sửa, hoặc ghi điều cần sửa vào ô cuối."
#define CORRECTION_REASON_SHORT "Ghi lý do để người hỏi hiểu, từ 10 chữ trở lên."

const char *person_birth_wrong(struct arena *, const char *birth, int first, int last);
const char *person_too_young(struct arena *, const char *birth, int year);
const char *person_number_taken(struct arena *, const char *name, const char *leaf);     /* name "": not for this actor */
const char *correction_waits(struct arena *, const char *day);

#endif
