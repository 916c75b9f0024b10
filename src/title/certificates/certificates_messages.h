/* certificates_messages.h: what title/certificates may say to a person. */
#ifndef TITLE_CERTIFICATES_MESSAGES_H
#define TITLE_CERTIFICATES_MESSAGES_H

#define CERTIFICATE_REASON_SHORT "Ghi lý do từ 10 chữ trở lên, ví dụ “Sai chữ lót, đúng là Trần Thị Lành”."
#define CERTIFICATE_NOT_VALID "Giấy này đã được thay hoặc thu hồi. Mở giấy mới nhất của người này."
#define CERTIFICATE_UNKNOWN "Không có giấy nào mang mã này. So từng chữ với tờ giấy; hay nhầm 8 với B, 5 với S."
#define CERTIFICATE_MISREAD \
	"Mã gõ chưa đúng: mã có 17 chữ và số, gõ cả hay bỏ gạch nối đều được. So từng chữ với tờ giấy; hay nhầm 8 với B, 5 với S."

#endif
