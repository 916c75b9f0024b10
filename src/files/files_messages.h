/* files_messages.h: what a person is told when the evidence store cannot be reached: what is wrong, what is kept, what to do. */
#ifndef FILES_FILES_MESSAGES_H
#define FILES_FILES_MESSAGES_H

#define FILES_UNREACHABLE "Kho tệp đang không trả lời nên tệp này chưa được lưu. Những gì đã lưu trước vẫn còn. " \
	"Giữ tệp trong máy, chờ ít phút rồi gửi lại; nếu vẫn thế, báo người quản trị."

#endif
