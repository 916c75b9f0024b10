#include "http/messages.h"

const char message_no_token[] = "Trang gửi lên thiếu mã xác nhận nên chưa được lưu. Mở lại trang rồi gửi lại.";
const char message_foreign_token[] = "Trang này thuộc về một lần đăng nhập khác nên chưa được lưu. Mở lại trang rồi gửi lại.";
const char message_bad_address[] = "Địa chỉ có chỗ không đọc được. Xem lại địa chỉ, hoặc đi từ trang chủ.";
const char message_bad_body[] = "Nội dung gửi lên không đọc được trọn vẹn nên chưa được lưu. Mở lại trang rồi gửi lại.";
const char message_no_files_room[] = "Máy chủ đang hết chỗ nhận tệp nên chưa lưu. Chờ vài phút rồi gửi lại.";
const char message_wrong_host[] = "Máy chủ này không phục vụ tên miền vừa gõ. Xem lại địa chỉ.";
const char message_check_fields[] = "Có chỗ chưa đúng nên chưa được lưu. Xem từng dòng dưới đây, quay lại trang trước và sửa.";

const char message_stale[] = "Có người vừa sửa trước, sau khi trang này mở, nên chưa lưu gì. "
	"Xem lại bên dưới, ô nào khác thì có ghi điều đang lưu, rồi gửi lại.";

const char *message_of(int status)
{
	static const struct { int status; const char *text; } texts[] = {
		{ 400, "Trình duyệt gửi một yêu cầu mà máy chủ không đọc được. Mở lại trang rồi thử lại." },
		{ 401, "Cần đăng nhập nên những gì vừa gửi chưa được lưu. "
			"Nội dung đã gõ còn ở dưới đây: chép lại, đăng nhập rồi gửi lại." },
		{ 403, "Tài khoản này không có quyền làm việc vừa chọn. Nếu cần, hỏi người phụ trách ở xã." },
		{ 404, "Không có gì ở địa chỉ này. Xem lại địa chỉ, hoặc đi từ trang chủ." },
		{ 405, "Địa chỉ này không nhận cách gửi vừa rồi. Mở lại từ trang chủ." },
		{ 408, "Chờ quá lâu mà chưa nhận đủ nội dung. Xem lại đường truyền rồi gửi lại." },
		{ 409, "Có người vừa sửa trước nên phần này chưa được lưu. Mở lại trang để xem bản mới rồi sửa tiếp." },
		{ 411, "Trình duyệt không cho biết độ dài nội dung gửi lên. Dùng một trình duyệt khác rồi gửi lại." },
		{ 413, "Nội dung gửi lên lớn quá mức nên chưa được lưu. Gửi ít tệp hơn mỗi lần, hoặc tệp nhỏ hơn." },
		{ 414, "Địa chỉ dài quá mức. Đi lại từ trang chủ." },
		{ 415, "Máy chủ không nhận kiểu nội dung vừa gửi. Mở lại trang rồi gửi bằng biểu mẫu trên trang." },
		{ 417, "Trình duyệt đòi một điều mà máy chủ không làm. Mở lại trang rồi thử lại." },
		{ 422, "Có chỗ chưa đúng nên chưa được lưu. Xem lại các ô rồi gửi lại." },
		{ 431, "Trình duyệt gửi kèm quá nhiều thông tin phụ. Xóa cookie của trang này rồi thử lại." },
		{ 500, "Máy chủ gặp trục trặc nên việc vừa rồi chưa được lưu. "
			"Thử lại sau ít phút; nếu vẫn vậy, báo mã bên dưới cho người phụ trách." },
		{ 503, "Máy chủ đang bận nên việc vừa rồi chưa được lưu. "
			"Chờ vài giây rồi gửi lại: gửi lại không bị tính hai lần." },
		{ 505, "Trình duyệt dùng một cách nói chuyện mà máy chủ không biết. Dùng một trình duyệt khác." },
	};

	for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i].status == status)
			return texts[i].text;
	return texts[0].text;
}
