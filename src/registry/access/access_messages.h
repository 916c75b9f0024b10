/* access_messages.h: what registry/access may say to a person: what is wrong, what to do. Texts live in the arena. */
#ifndef REGISTRY_ACCESS_MESSAGES_H
#define REGISTRY_ACCESS_MESSAGES_H

#include <stdint.h>

#include "base/arena.h"

#define TAKING_NOT_NOTED \
	"Mỗi lần tải danh sách có tên người được ghi vào nhật ký, nên đường dẫn này chỉ dùng được 10 phút sau khi bấm nút. " \
	"Mở lại trang danh sách rồi bấm nút tải."
#define SIGN_IN_WRONG_TEXT "Tên hoặc mật khẩu chưa đúng. Quên thì xin chi hội mã mới."
#define SIGN_IN_LOCKED_TEXT "Tài khoản này đang khoá. Hỏi hội khuyến học cấp trên."
#define CODE_WRONG_TEXT "Mã này không dùng được. So từng chữ với tờ giấy; mã đã dùng hoặc quá 14 ngày thì xin chi hội mã mới."
#define PASSPHRASE_DIFFERS "Hai lần gõ mật khẩu không giống nhau. Gõ lại cả hai ô."
#define PASSPHRASE_OLD_WRONG "Mật khẩu đang dùng chưa đúng. Gõ lại; quên thì xin chi hội mã mới."
#define PHONE_TAKEN \
	"Số này đã dùng để đăng nhập cho một tài khoản khác. Bỏ trống ô này; lần sau đăng nhập bằng số định danh hoặc " \
	"tên đăng nhập."
#define LOGIN_SHAPE \
	"Tên đăng nhập có từ 3 đến 40 chữ a–z không dấu, chữ số, dấu chấm, dấu gạch; bắt đầu bằng chữ. Ví dụ lanh.binhhoa."
#define LOGIN_TAKEN "Đã có tài khoản mang tên đăng nhập này. Thêm một chữ hoặc số để khác đi."
#define ACCOUNT_NAME_SHORT "Tên chỉ có một chữ. Ghi tên để người khác biết ai đã làm, ví dụ “Bà Lành”."
#define ACCOUNT_SELF_LOCK "Không tự khoá tài khoản của mình được. Nhờ người quản trị khác."
#define ROLE_SELF "Không tự giao vai trò cho mình được. Nhờ người có quyền khác giao."
#define ROLE_SELF_TAKE "Không tự thôi vai trò của mình được. Nhờ người có quyền khác."
#define ROLE_MISFIT \
	"Vai trò này không hợp với cấp của đơn vị. Chi hội nằm ở ấp, khu phố, cơ quan, trường; hội xã ở xã, phường; " \
	"hội tỉnh ở tỉnh."
#define ROLE_TWICE "Người này đang giữ vai trò đó ở đơn vị đó rồi. Muốn đổi ngày thì thôi vai trò cũ trước."
#define ROLE_DAY_PAST "Ngày hết vai trò đã qua. Chọn từ hôm nay trở đi, hoặc bỏ trống."
#define ROLE_NOT_YOURS "Bạn không giao được vai trò này ở đơn vị đó. Chọn vai trò khác, hoặc nhờ cấp trên."

/* "Nhập sai nhiều lần nên tạm đóng. Chờ 2 phút rồi thử lại, hoặc xin chi hội mã mới." */
const char *sign_in_closed_text(struct arena *, int64_t seconds);
const char *unit_code_unknown(struct arena *, const char *code);

#endif
