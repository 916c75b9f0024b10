/* XLSX: a container as it is, or its parts one by one (sheet, shared strings, styles, book), parted by 0xFF. */
#include <stdint.h>

#include "tests/fuzz/fuzz_sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define RELATION(id, type, target) "<Relationship Id=\"" id "\" Type=\"http://x/" type "\" Target=\"" target "\"/>"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml",
		"_rels/.rels", "xl/_rels/workbook.xml.rels" };
	static const char *const otherwise[] = { "<worksheet><sheetData/></worksheet>", "<sst><si><t>Nam</t></si></sst>",
		"<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
		"<workbook><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
		"<Relationships>" RELATION("r1", "officeDocument", "xl/workbook.xml") "</Relationships>",
		"<Relationships>" RELATION("r1", "worksheet", "worksheets/sheet1.xml") RELATION("r2", "sharedStrings", "sharedStrings.xml")
		RELATION("r3", "styles", "styles.xml") "</Relationships>" };

	if (size > 4 && !memcmp(data, "PK", 2))
		fuzz_read((struct bytes){ data, size });
	else
		fuzz_container(data, size, names, otherwise, COUNT(names));
	return 0;
}
