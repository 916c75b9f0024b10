#include "sandbox/sandbox_messages.h"

#include <string.h>
#include <strings.h>

#include "base/bug.h"

#define PRINT_ANEW "In ra tệp PDF mới rồi gửi, hoặc gửi ảnh chụp từng trang."

/* What stands before and after the name. */
struct sentence {
	const char *before, *after;
};

static const struct sentence sentences[IMAGE_KINDS] = {
	[IMAGE_CLEAN] = { "", "" },
	[PDF_CLEAN] = { "", "" },
	[IMAGE_EMPTY] = { "Tệp", "không có gì bên trong. Gửi lại, hoặc chọn tệp khác." },
	[IMAGE_TOO_LARGE] = { "", "" },
	[IMAGE_NOT_AN_IMAGE] = { "Tệp", "không phải ảnh. Gửi ảnh JPG, PNG hoặc tệp PDF." },
	[IMAGE_TRUNCATED] = { "Ảnh", "thiếu phần cuối, có lẽ đang gửi thì mất mạng. Gửi lại, hoặc chụp lại rồi gửi." },
	[IMAGE_DAMAGED] = { "Ảnh", "bị hỏng, không mở được. Chụp lại, hoặc gửi ảnh khác." },
	[IMAGE_TOO_MANY_PIXELS] = { "Ảnh", "quá lớn, hơn 50 triệu điểm ảnh. Chụp lại ở cỡ nhỏ hơn, hoặc gửi ảnh khác." },
	[IMAGE_TOO_SLOW] = { "Tệp", "đọc quá lâu nên đã dừng. Chụp lại ở cỡ nhỏ hơn, hoặc gửi ảnh khác." },
	[IMAGE_READER_DIED] = { "Tệp", "chưa đọc được. Gửi lại một lần; vẫn không được thì gửi ảnh khác." },
	[IMAGE_CLOSED] = { "Tệp", "chưa nhận được, vì máy chủ tạm ngừng nhận tệp. Kể bằng lời, hoặc gửi lại sau." },
	[PDF_TRUNCATED] = { "Tệp", "thiếu phần cuối, có lẽ đang gửi thì mất mạng. Gửi lại, hoặc gửi ảnh chụp từng trang." },
	[PDF_LOCKED] = { "Tệp", "có khoá nên không xem được. Lưu lại bản không khoá rồi gửi, hoặc gửi ảnh chụp từng trang." },
	[PDF_SCRIPT] = { "Tệp", "có chương trình bên trong nên không nhận. " PRINT_ANEW },
	[PDF_LAUNCH] = { "Tệp", "có lệnh mở chương trình hoặc gửi dữ liệu đi nên không nhận. " PRINT_ANEW },
	[PDF_ATTACHMENT] = { "Tệp", "có tệp khác đính kèm nên không nhận. Gửi riêng từng tệp, hoặc gửi ảnh chụp từng trang." },
	[PDF_OPENS] = { "Tệp", "tự làm một việc khi vừa mở ra nên không nhận. " PRINT_ANEW },
	[PDF_UNREADABLE] = { "Tệp", "nén theo cách không kiểm tra được nên không nhận. " PRINT_ANEW },
};

const char *sandbox_message(struct arena *a, const struct image_result *image, const char *name)
{
	const struct sentence *s = &sentences[image->kind];

	BUG_ON(image->kind >= IMAGE_KINDS);
	if (image->kind == IMAGE_TOO_LARGE)
		return sandbox_message_too_large(a, name, image->size, (int64_t)IMAGE_INPUT_MAX);
	return *s->before ? arena_format(a, "%s “%s” %s", s->before, name, s->after) : "";
}

/* Megabytes with one decimal, rounded up, so that a file just over never reads "10 MB, quá 10 MB". */
static const char *megabytes(struct arena *a, int64_t bytes)
{
	int64_t mib = (int64_t)MiB, tenths = bytes / mib * 10 + (bytes % mib * 10 + mib - 1) / mib;

	if (tenths % 10)
		return arena_format(a, "%lld,%lld MB", (long long)(tenths / 10), (long long)(tenths % 10));
	return arena_format(a, "%lld MB", (long long)(tenths / 10));
}

const char *sandbox_message_too_large(struct arena *a, const char *name, int64_t size, int64_t max)
{
	size_t len = strlen(name);
	bool pdf = len >= 4 && !strcasecmp(name + len - 4, ".pdf");

	return arena_format(a, "%s “%s” nặng %s, quá %s. %s", pdf ? "Tệp" : "Ảnh", name, megabytes(a, size), megabytes(a, max),
		pdf ? "Quét lại ở mức thấp hơn, hoặc gửi ảnh chụp từng trang." : "Chụp lại ở cỡ nhỏ hơn, hoặc gửi ảnh khác.");
}

const char *sandbox_sheet_message(struct arena *a, enum sheet_kind kind, const char *name)
{
	static const char *const sentences_of_sheets[SHEET_KINDS] = {
		[SHEET_READ] = "",
		[SHEET_EMPTY] = "không có gì bên trong. Chọn lại tệp.",
		[SHEET_TOO_LARGE] = "nặng quá 256 MB. Chia thành nhiều tệp.",
		[SHEET_NOT_A_SHEET] = "không phải bảng tính. Gửi tệp .xlsx, .xls, .ods hoặc .csv.",
		[SHEET_OTHER_KIND] = "là kiểu tệp không đọc được. Mở bằng Excel, lưu lại thành .xlsx rồi gửi.",
		[SHEET_TRUNCATED] = "thiếu phần cuối, có lẽ đang chép thì bị ngắt. Chép lại rồi gửi.",
		[SHEET_DAMAGED] = "bị hỏng, không đọc được. Mở bằng Excel, lưu lại thành .xlsx rồi gửi.",
		[SHEET_LOCKED] = "có mật khẩu. Mở bằng Excel, bỏ mật khẩu, lưu lại rồi gửi.",
		[SHEET_MACRO] = "có chương trình (macro) bên trong nên không nhận. Lưu lại thành .xlsx không có macro rồi gửi.",
		[SHEET_BOMB] = "bung ra lớn bất thường nên không nhận. Chép riêng bảng danh sách sang tệp mới rồi gửi.",
		[SHEET_TOO_WIDE] = "có quá nhiều cột hoặc ô quá dài. Chỉ giữ các cột của danh sách rồi gửi lại.",
		[SHEET_TOO_LONG] = "có quá nhiều dòng hoặc trang tính. Chia thành nhiều tệp.",
		[SHEET_TOO_SLOW] = "đọc quá lâu nên đã dừng. Chia thành nhiều tệp, hoặc chép sang tệp mới rồi gửi.",
		[SHEET_READER_DIED] = "chưa đọc được. Gửi lại một lần; vẫn không được thì lưu lại thành .xlsx hoặc .csv rồi gửi.",
		[SHEET_CLOSED] = "chưa nhận được, vì máy chủ tạm ngừng nhận tệp. Gửi lại sau.",
	};

	BUG_ON(kind >= SHEET_KINDS);
	return kind == SHEET_READ ? "" : arena_format(a, "Tệp “%s” %s", name, sentences_of_sheets[kind]);
}
