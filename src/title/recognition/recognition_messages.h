/* recognition_messages.h: what title/recognition may say to a person. Texts live in the arena. */
#ifndef TITLE_RECOGNITION_MESSAGES_H
#define TITLE_RECOGNITION_MESSAGES_H

#include "base/arena.h"

#define RECOGNITION_REASON_SHORT "Ghi lý do từ 10 chữ trở lên, để người có phiếu hiểu."
#define RECOGNITION_DAY_LATE "Ngày này sau hôm nay. Ghi ngày đã có thật."
#define MEETING_NOBODY "Chưa có phiếu nào xét xong. Chờ chi hội xét rồi họp."
#define MEETING_NO_ATTENDEES "Ghi người dự họp, mỗi dòng một người, ví dụ “Nguyễn Văn An, đại diện Hội Nông dân”."
#define MEETING_VOTES_WRONG "Số tán thành không thể nhiều hơn số người dự họp."
#define POSTING_NOBODY \
	"Không có ai để niêm yết: danh sách trống, hoặc ai cũng không muốn ghi tên. Họp xét trước, hoặc lập tờ trình luôn."
#define POSTING_BACKWARDS "Ngày hết niêm yết trước ngày bắt đầu. Chọn lại hai ngày."
#define OBJECTION_STATE \
	"Chỉ nhận kiến nghị về phiếu đã vào danh sách, đang niêm yết hoặc chưa đạt. Phiếu còn đang xét thì báo chi hội."
#define OBJECTION_OWN_SCORES "Người đã xét phiếu này không tự trả lời kiến nghị về nó. Nhờ một cán bộ khác của Hội."
#define OBJECTION_OWN "Không ai trả lời kiến nghị về phiếu của chính mình. Nhờ một cán bộ khác của Hội."
#define OBJECTION_ANSWERED "Kiến nghị này đã trả lời rồi. Mở lại trang để xem câu trả lời."
#define OBJECTION_WORDS_SHORT "Ghi nội dung từ 10 chữ trở lên."
#define PROPOSAL_NOBODY "Chưa có ai để trình. Họp xét, niêm yết xong rồi lập tờ trình."
#define PROPOSAL_DECIDED "Tờ trình này đã có quyết định. Mở lại trang để xem."
#define EXCEPTION_UNKNOWN "Không có phiếu mang mã này trong danh sách. So lại từng chữ của mã."
#define LEAVING_NOBODY "Chưa chọn ai. Đánh dấu người trong danh sách, hoặc ghi mã phiếu."
#define LEAVING_UNKNOWN "Có người không còn trong danh sách này. Mở lại trang rồi chọn lại."
#define LEAVING_KIND "Chọn kết quả: chưa đạt, hoặc trả lại để xét lại."
#define DECISION_REVOKE_STATE "Người này không có danh hiệu đang được công nhận của năm đó. Kiểm tra lại mã giấy."
#define DECISION_NOBODY "Không còn ai trong tờ trình chờ quyết định. Mở lại trang để xem."
#define DECISION_FILE_NONE "Chọn một tệp PDF hoặc ảnh bản đã ký."

const char *leaving_codes_unknown(struct arena *, const char *codes);
const char *meeting_attendees_fixed(struct arena *, int64_t n);
const char *decision_file_differs(struct arena *, const char *in_file, const char *ours);
const char *decision_list_differs(struct arena *, int64_t people);
const char *posting_not_over(struct arena *, const char *until);
const char *posting_before_meeting(struct arena *, const char *held_on);
const char *posting_short(struct arena *, int days, int needed);
const char *decision_day_early(struct arena *, const char *day);

#endif
