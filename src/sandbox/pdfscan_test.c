#include "tests/test.h"

#include <string.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "sandbox/pdfscan.h"

#define BYTES(text) ((struct bytes){ (text), sizeof(text) - 1 })
#define PDF_BEFORE "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R "
#define PDF_AFTER ">>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n" \
	"trailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
#define STREAM(dictionary, data) ">> endobj 3 0 obj << " dictionary " >> stream\n" data "\nendstream endobj 4 0 obj <<"
#define PDF(catalog) BYTES(PDF_BEFORE catalog PDF_AFTER)

TEST(pdfscan, a_pdf_with_more_than_pages_is_refused)
{
	const struct { struct bytes file; enum image_kind kind; } files[] = {
		{ PDF(""), PDF_CLEAN },
		{ PDF("/OpenAction [3 0 R /XYZ null null 0] "), PDF_CLEAN },             /* LibreOffice */
		{ PDF("/OpenAction[3 0 R /Fit]"), PDF_CLEAN },
		{ PDF("/OpenAction 5 0 R "), PDF_OPENS },
		{ PDF("/OpenAction << /S /URI /URI (http://a.vn) >>"), PDF_OPENS },
		{ PDF("/Names << /JavaScript 4 0 R >>"), PDF_SCRIPT },
		{ PDF("/A << /S /J#61va#53cript >>"), PDF_SCRIPT },
		{ PDF("/A << /S/Rendition/JS(x)>>"), PDF_SCRIPT },
		{ PDF("/A << /JS (x) >>"), PDF_SCRIPT },
		{ PDF("/AcroForm << /XFA [] >>"), PDF_SCRIPT },
		{ PDF("/JSON /JavaScripts /Launcher /Enc /EFG /XFAX "), PDF_CLEAN },     /* only whole names */
		{ PDF("/A << /S /Launch >>"), PDF_LAUNCH },
		{ PDF("/Encrypt 7 0 R "), PDF_LOCKED },
		{ PDF("/Names << /EmbeddedFiles 4 0 R >>"), PDF_ATTACHMENT },
		{ PDF("/F << /Type /Filespec /EF << /F 8 0 R >> >>"), PDF_ATTACHMENT },
		{ BYTES("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"), PDF_TRUNCATED },
		{ PDF(STREAM("/Length 9", "/JS /EF x")), PDF_CLEAN },                    /* data, by chance */
		{ PDF(STREAM("/Length 9", "4 0 obj << /S /JavaScript >>")), PDF_SCRIPT },
		{ PDF(STREAM("/Type /ObjStm /Filter /LZWDecode", "xxx")), PDF_UNREADABLE },
		{ PDF(STREAM("/Filter /LZWDecode", "xxx")), PDF_CLEAN },
	};

	for (size_t i = 0; i < COUNT(files); i++) {
		CHECK(pdf_begins(files[i].file));
		if (pdf_scan(files[i].file) != files[i].kind)
			fail_msg("%zu: %d, not %d", i, pdf_scan(files[i].file), files[i].kind);
	}
	CHECK(!pdf_begins(BYTES("%PDF-")) && !pdf_begins(BYTES("\n%PDF-1.7")) && !pdf_begins(BYTES("")));
}

/* A PDF with one stream: `text` and then `zeros` blanks, packed. */
static struct bytes pdf_with_stream(struct arena *a, const char *dictionary, const char *text, size_t blanks)
{
	size_t len = strlen(text) + blanks;
	uLongf packed_len = compressBound(len);
	unsigned char *plain = arena_alloc(a, len), *packed = arena_alloc(a, packed_len);
	struct buf b = BUF(a);

	memset(plain, ' ', len);
	memcpy(plain, text, strlen(text));
	CHECK_INT(Z_OK, compress2(packed, &packed_len, plain, len, 9));
	buf_text(&b, PDF_BEFORE ">>\nendobj\n3 0 obj\n<< /Filter /FlateDecode ");
	buf_text(&b, dictionary);
	buf_text(&b, " >>\nstream\r\n");
	buf_add(&b, packed, packed_len);
	buf_text(&b, "\nendstream\nendobj\n4 0 obj\n<< " PDF_AFTER);
	return buf_bytes(&b);
}

TEST(pdfscan, what_is_packed_in_a_pdf_is_looked_into_and_a_bomb_is_refused)
{
	struct arena *a = arena_new(256 * MiB);
	const char *objects = "/Type /ObjStm /N 1 /First 4";

	CHECK_INT(PDF_CLEAN, pdf_scan(pdf_with_stream(a, objects, "5 0 << /S /GoTo >>", 1000)));
	CHECK_INT(PDF_SCRIPT, pdf_scan(pdf_with_stream(a, objects, "5 0 << /S /JavaScript >>", 1000)));
	CHECK_INT(PDF_SCRIPT, pdf_scan(pdf_with_stream(a, "", "5 0<</JS(x)>>", 0)));             /* whatever it calls itself */
	CHECK_INT(PDF_SCRIPT, pdf_scan(pdf_with_stream(a, objects, " \n 5 0 << /A << /S /Java#53cript", 0)));
	CHECK_INT(PDF_ATTACHMENT, pdf_scan(pdf_with_stream(a, objects, "5 0 << /EF 7 0 R >>", 70000)));
	CHECK_INT(PDF_CLEAN, pdf_scan(pdf_with_stream(a, "", "q 5 0 /JS Do Q", 0)));              /* a page's drawing */
	CHECK_INT(PDF_CLEAN, pdf_scan(pdf_with_stream(a, "", "", 20 * MiB)));                     /* a blank scan */
	CHECK_INT(PDF_UNREADABLE, pdf_scan(pdf_with_stream(a, objects, "5 0 << >>", 20 * MiB)));
	CHECK_INT(PDF_UNREADABLE, pdf_scan(pdf_with_stream(a, "/Type /ObjStm /DecodeParms << /Predictor 12 >>", "5 0 << >>", 0)));
	arena_free(a);
}
