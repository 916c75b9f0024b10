/* Which reader a file gets, by its first bytes and what it holds; its name says nothing. */
#include <ctype.h>
#include <string.h>

#include "sandbox/sheet_zip.h"

static bool has(struct bytes b, size_t at, const char *magic, size_t len)
{
	return b.len >= at + len && !memcmp((const char *)b.ptr + at, magic, len);
}

/* Names in a compound file are UTF-16. */
static bool holds_utf16(struct bytes b, const char *name)
{
	char wide[64];
	size_t n = strlen(name);

	for (size_t i = 0; i < n; i++) {
		wide[2 * i] = name[i];
		wide[2 * i + 1] = '\0';
	}
	return memmem(b.ptr, b.len, wide, 2 * n) != NULL;
}

static void read_compound(struct sheet_out *out, struct bytes file)
{
	if (holds_utf16(file, "EncryptedPackage"))
		sheet_stop(out, SHEET_LOCKED);
	else if (!holds_utf16(file, "Workbook") && !holds_utf16(file, "Book"))
		sheet_stop(out, SHEET_NOT_A_SHEET);
	else if (holds_utf16(file, "_VBA_PROJECT"))
		sheet_stop(out, SHEET_MACRO);
	else
		sheet_read_xls(out, file);
}

static bool take_type(void *state, const char *piece, size_t len, bool last)
{
	static const char ods[] = "application/vnd.oasis.opendocument.spreadsheet";
	bool *is_ods = state;

	(void)last;
	*is_ods |= len >= sizeof ods - 1 && !memcmp(piece, ods, sizeof ods - 1);
	return true;
}

static void read_container(struct sheet_out *out, const struct sheet_input *input)
{
	struct sheet_zip zip;
	bool is_ods = false, is_book, has_macro, is_binary;

	if (!sheet_zip_open(&zip, out, input))
		return;
	if (sheet_zip_has(&zip, "mimetype"))
		sheet_zip_each(&zip, "mimetype", take_type, &is_ods);
	is_book = sheet_zip_has(&zip, "xl/workbook.xml") || sheet_zip_has(&zip, "_rels/.rels");
	is_binary = sheet_zip_has(&zip, "xl/workbook.bin");
	has_macro = sheet_zip_has(&zip, "xl/vbaProject.bin") || sheet_zip_has_under(&zip, "xl/macrosheets/");
	is_book = is_book && (sheet_zip_has_under(&zip, "xl/") || !sheet_zip_has_under(&zip, "word/")) &&
		!sheet_zip_has_under(&zip, "ppt/");
	sheet_zip_close(&zip);
	if (out->kind != SHEET_READ)
		return;
	if (has_macro)
		sheet_stop(out, SHEET_MACRO);
	else if (is_binary)
		sheet_stop(out, SHEET_OTHER_KIND);
	else if (is_ods)
		sheet_read_ods(out, input);
	else if (is_book)
		sheet_read_xlsx(out, input);
	else
		sheet_stop(out, SHEET_NOT_A_SHEET);
}

/* A web page or an XML under the name of a workbook: old programs export so. */
static bool is_markup(struct bytes b)
{
	static const char *const begins[] = { "<html", "<!doctype html", "<table", "<?xml", "<head", "<meta", "{\\rtf",
		"<style" };
	const char *p = b.ptr, *end = p + b.len;

	if (has(b, 0, "\xEF\xBB\xBF", 3))
		p += 3;
	while (p < end && isspace((unsigned char)*p))
		p++;
	for (size_t i = 0; i < COUNT(begins); i++)
		if ((size_t)(end - p) >= strlen(begins[i]) && !strncasecmp(p, begins[i], strlen(begins[i])))
			return true;
	return false;
}

static bool is_binary(struct bytes b)
{
	size_t n = b.len < 4096 ? b.len : 4096, odd = 0;
	const unsigned char *p = b.ptr;

	if (has(b, 0, "\xFF\xFE", 2) || has(b, 0, "\xFE\xFF", 2))
		return false;
	if (has(b, 0, "%PDF", 4) || has(b, 0, "MZ", 2) || has(b, 0, "\x7F" "ELF", 4) || has(b, 0, "\xff\xd8\xff", 3) ||
	    has(b, 0, "Rar!", 4) || has(b, 0, "7z\xBC\xAF", 4) || has(b, 0, "\x1F\x8B", 2))
		return true;
	for (size_t i = 0; i < n; i++) {
		if (!p[i])
			return true;
		odd += p[i] < ' ' && p[i] != '\t' && p[i] != '\r' && p[i] != '\n';
	}
	return odd > n / 50;
}

void sheet_read(struct sheet_out *out, const struct sheet_input *input)
{
	struct bytes file = input->file;

	if (!file.len)
		sheet_stop(out, SHEET_EMPTY);
	else if (has(file, 0, "PK\3\4", 4) || has(file, 0, "PK\5\6", 4))
		read_container(out, input);
	else if (has(file, 0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8))
		read_compound(out, file);
	else if (is_markup(file))
		sheet_stop(out, SHEET_OTHER_KIND);
	else if (is_binary(file))
		sheet_stop(out, SHEET_NOT_A_SHEET);
	else
		sheet_read_csv(out, file);
	sheet_out_flush(out);
}
