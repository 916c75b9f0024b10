// Troubled lists of our own, beside the samples 01 to 08: `node tests/rosters/make.mjs` writes 20-*.… to 31-*.… with what is expected
// of each. What a row must give is written here by hand, beside the row; only fold and places are filled in.
import { writeFileSync } from 'node:fs';
import { deflateRawSync, crc32 as zlibCrc } from 'node:zlib';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const fold = text => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/g, 'd').replace(/Đ/g, 'd').toLowerCase();

// ---- containers ----

const table = Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ n >>> 1 : n >>> 1; return n >>> 0; });
const crc = zlibCrc ?? (b => { let c = ~0; for (const x of b) c = table[(c ^ x) & 255] ^ c >>> 8; return ~c >>> 0; });

function zip(parts) {
	const locals = [], heads = [];
	let at = 0;
	for (const [name, text] of parts) {
		const raw = Buffer.from(text), packed = deflateRawSync(raw), path = Buffer.from(name), head = Buffer.alloc(46);
		head.writeUInt32LE(0x02014b50, 0); head.writeUInt16LE(20, 4); head.writeUInt16LE(20, 6); head.writeUInt16LE(8, 10);
		head.writeUInt16LE(0x5a21, 14);
		head.writeUInt32LE(crc(raw), 16); head.writeUInt32LE(packed.length, 20); head.writeUInt32LE(raw.length, 24);
		head.writeUInt16LE(path.length, 28); head.writeUInt32LE(at, 42);
		const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), head.subarray(6, 32), path, packed]);
		locals.push(local); heads.push(Buffer.concat([head, path])); at += local.length;
	}
	const end = Buffer.alloc(22), dir = Buffer.concat(heads);
	end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(parts.length, 8); end.writeUInt16LE(parts.length, 10);
	end.writeUInt32LE(dir.length, 12); end.writeUInt32LE(at, 16);
	return Buffer.concat([...locals, dir, end]);
}

const esc = text => String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;');
const letter = c => String.fromCharCode(65 + c);

// A cell: text, number, null, or raw XML given as { xml }.
function cell(value, row, column) {
	if (value === null || value === '') return '';
	if (value.xml) return value.xml.replace('@', `${letter(column)}${row}`);
	return typeof value === 'number' ? `<c r="${letter(column)}${row}"><v>${value}</v></c>`
		: `<c r="${letter(column)}${row}" t="inlineStr"><is><t xml:space="preserve">${esc(value)}</t></is></c>`;
}

function sheetXml(rows, { before = '', after = '', hidden = [] } = {}) {
	return `<worksheet>${before}<sheetData>` + rows.map((cells, i) => cells && `<row r="${i + 1}"${hidden.includes(i + 1) ? ' hidden="1"' : ''}>` +
		cells.map((c, k) => cell(c, i + 1, k)).join('') + '</row>').join('') + `</sheetData>${after}</worksheet>`;
}

// sheets: [name, xml, state]
function xlsx(sheets, { book = '', styles = '<styleSheet/>', strings = '' } = {}) {
	const relation = (id, type, target) => `<Relationship Id="${id}" Type="http://x/${type}" Target="${target}"/>`;
	return zip([['_rels/.rels', `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`],
		['xl/workbook.xml', `<workbook>${book}<sheets>` + sheets.map(([name, , state], i) =>
			`<sheet name="${esc(name)}" sheetId="${i + 1}" r:id="s${i}"${state ? ` state="${state}"` : ''}/>`).join('') + '</sheets></workbook>'],
		['xl/_rels/workbook.xml.rels', '<Relationships>' + sheets.map((_, i) => relation(`s${i}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('') +
			relation('t', 'styles', 'styles.xml') + (strings ? relation('u', 'sharedStrings', '/xl/sharedStrings.xml') : '') + '</Relationships>'],
		['xl/styles.xml', styles], ...strings ? [['xl/sharedStrings.xml', strings]] : [],
		...sheets.map(([, xml], i) => [`xl/worksheets/sheet${i + 1}.xml`, xml])]);
}

function ods(content) {
	return zip([['mimetype', 'application/vnd.oasis.opendocument.spreadsheet'], ['content.xml',
		`<?xml version="1.0" encoding="UTF-8"?><office:document-content>${content}</office:document-content>`]]);
}

// ---- what is expected ----

function person(sheet, row, full_name, values = {}, ...warnings) {
	const p = { sheet, row, full_name, fold: fold(full_name), birth: null, sex: null, national_id: null, phone: null, hamlet: null,
		group: null, scores: null, ...values, warnings: warnings.sort() };
	return p;
}

function write(name, bytes, sheets, accepted, { rejected = [], duplicates = [], skipped = [] } = {}) {
	const list = sheets.map(s => s.skipped ? s : { name: s.name, header_rows: s.header_rows, columns: s.columns,
		rows: [...accepted, ...rejected].filter(p => p.sheet === s.name).length, warnings: s.warnings ?? [] });
	writeFileSync(join(here, name), bytes);
	writeFileSync(join(here, `${name}.expected.json`), JSON.stringify({ file: name, sheets: list, rows: accepted.length + rejected.length,
		accepted, rejected: rejected.map(r => ({ ...r, codes: ['no_name'] })), duplicates, skipped }, null, '\t') + '\n');
}

const columns = fields => Object.fromEntries(fields.map((f, i) => [letter(i), f]).filter(([, f]) => f));

// A CSV in which each row has its expectation beside it: [cells, full name, values, ...warnings].
function csv(name, heading, fields, rows, { encode = t => Buffer.from(t), separator = ',', warnings = [], ...more } = {}) {
	const quote = c => /[",;\t\n]/.test(c) ? `"${c.replace(/"/g, '""')}"` : c;
	const text = [heading, ...rows.map(r => r[0])].map(r => r.map(quote).join(separator)).join('\r\n') + '\r\n';
	write(name, encode(text), [{ name: 'csv', header_rows: [1], columns: columns(fields), warnings }],
		rows.flatMap(([, full, values, ...codes], i) => full ? [person('csv', i + 2, full, values, ...codes)] : []), more);
}

// ---- 20: every form of a birth; all with one number, so each is marked ----

const birth = (text, value, ...codes) => [['Lê Văn A', text, '080060123456'], 'Lê Văn A', { birth: value, national_id: '080060123456' }, 'dup_cccd', ...codes];
const other = 'birth_conflicts_cccd', offered = 'birth_from_cccd';
csv('20-ngay-sinh.csv', ['Họ và tên', 'Ngày sinh', 'Số CCCD'], ['full_name', 'birth', 'national_id'], [
	birth('1960', '1960'), birth('20/5/1960', '1960-05-20'), birth('20-5-1960', '1960-05-20'), birth('20.05.1960', '1960-05-20'),
	birth('1960-05-20', '1960-05-20'), birth('1960-05-20 00:00:00', '1960-05-20'), birth('20/5/60', '1960-05-20', 'birth_two_digit_year'),
	birth('5/20/1960', '1960-05-20', 'birth_month_day_swapped'), birth('22055', '1960-05-19', 'birth_serial_number'),
	birth('5/1960', '1960', 'birth_month_dropped'), birth('00/00/1960', '1960'), birth('--/--/1960', '1960'),
	birth('31/2/1960', '1960', 'birth_invalid'), birth('năm nào', '1960', 'birth_invalid', offered), birth('', '1960', offered),
	birth('1850', '1960', 'birth_out_of_range', offered), birth('3/4/2030', '1960', 'birth_out_of_range', offered),
	birth('1961', '1961', other), birth('ngày 20 tháng 5 năm 1960', '1960-05-20'), birth('13/13/1960', '1960', 'birth_invalid'),
	birth('1/1/26', '2026-01-01', 'birth_two_digit_year', other), birth('1/1/27', '1927-01-01', 'birth_two_digit_year', other),
	birth('20051960', '1960-05-20'), [['Trần Thị B', '', ''], 'Trần Thị B', {}, 'birth_missing', 'cccd_missing'],
], { warnings: ['no_column_sex'], duplicates: [Array.from({ length: 23 }, (_, i) => ({ sheet: 'csv', row: i + 2 }))] });

// ---- 21: phones and numbers ----

const phone = (typed, value, ...codes) => [['Võ Thị C', typed, '', 'Nữ'], 'Võ Thị C', { phone: value, sex: 'nu' }, 'cccd_missing', ...codes];
const card = (typed, values, ...codes) => [['Đỗ Văn D', '', typed, 'nam'], 'Đỗ Văn D', { sex: 'nam', ...values }, ...codes];
csv('21-dien-thoai-so-the.csv', ['Họ tên', 'ĐTDĐ', 'CMND/CCCD', 'GT'], ['full_name', 'phone', 'national_id', 'sex'], [
	phone('0900 000 001', '0900000001'), phone('+84 900.000.001', '0900000001'), phone('84900000001', '0900000001'),
	phone('900000001', '0900000001', 'phone_leading_zero'), phone('0900000001/0900000002', '0900000001', 'phone_extra'),
	phone('0900000001 - 0900000002', '0900000001', 'phone_extra'), phone('0900000001 0900000002', '0900000001', 'phone_extra'),
	phone('0900-000-001 (con)', '0900000001'), phone('02723822222', '02723822222'), phone('0272382222', null, 'phone_bad'),
	phone('không có', null, 'phone_bad'), phone('0084900000001', '0900000001'), phone('0123456789', null, 'phone_bad'),
	card("'080060123450", { national_id: '080060123450' }), card('080.060.123451', { national_id: '080060123451' }),
	card('80060123452', { national_id: '080060123452' }, 'cccd_leading_zero'), card('1060123453', { national_id: '001060123453' }, 'cccd_leading_zero'),
	card('301000123', { old_id: '301000123' }, 'cmnd_old'), card('8.0209E+10', {}, 'cccd_precision_lost'),
	card('80060123', {}, 'cccd_bad_length'), card('0800601234567', {}, 'cccd_bad_length'), card('08006012345O', {}, 'cccd_bad_chars'),
	card('007060123454', { national_id: '007060123454' }, 'cccd_unknown_province'), card('080160123455', { national_id: '080160123455' }, 'sex_conflicts_cccd'),
	card('99960123456', {}, 'cccd_bad_length'),
], { separator: ';', warnings: ['no_column_birth'] });

// ---- 22: scores under “Điểm”, a name over two columns, a total ----

{
	const row = (stt, family, given, scores, total, note) => [stt, family, given, ...scores, total, note];
	const xml = sheetXml([['CHI HỘI KHU PHỐ 4'], ['Khu phố: Bình An'],
		['TT', 'Họ và tên', null, 'Điểm tự chấm', null, null, null, null, null, null, null, null, null, 'Tổng điểm', 'Ghi chú'],
		[null, null, null, ...Array.from({ length: 10 }, (_, i) => i + 1)],
		['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)', '(8)', '(9)', '(10)', '(11)', '(12)', '(13)', '(14)', '(15)'],
		row(1, 'Nguyễn Thị', 'Lành', [8, 8, 8, 8, 8, 8, 8, 8, 8, 8], 80, ''),
		row(2, 'Trần Văn', 'Trương Ban', [7.5, '8', '8/10', 'chín', 10, 10, 10, 10, 10, 10], '93', 'chuyển đi Long An'),
		row(3, 'Trương', 'Ban', [8, 11, -1, 'đạt', '', 9, 9, 9, 9, 9], '', ''),
		row(4, 'Lê Thị', '(Ba)', ['', '', '', '', '', '', '', '', '', ''], '', 'chưa chết'),
		row(5, '', '', [9, 9, 9, 9, 9, 9, 9, 9, 9, 9], 90, ''), [null, 'Trong đó: đạt 2 người'], [null, 'TM. CHI HỘI'], [null, 'Nguyễn Văn Ký']],
	{ after: '<mergeCells count="2"><mergeCell ref="B3:C3"/><mergeCell ref="D3:M3"/></mergeCells>' });
	const at = (i, name, scores, ...codes) => person('Điểm', i, name, { scores, hamlet: 'Bình An' }, ...codes);
	write('22-diem-hai-dong.xlsx', xlsx([['Điểm', xml]]), [{ name: 'Điểm', header_rows: [3, 4], columns: columns(['stt', 'name_family', 'name_given',
		...Array.from({ length: 10 }, (_, i) => `score${i + 1}`), 'total', 'note']), warnings: ['no_column_birth', 'no_column_cccd', 'no_column_sex'] }],
	[at(6, 'Nguyễn Thị Lành', Array(10).fill(8)),
		at(7, 'Trần Văn Trương Ban', [7.5, 8, 8, 9, 10, 10, 10, 10, 10, 10], 'score_half', 'score_from_text', 'note_left', 'total_mismatch'),
		at(8, 'Trương Ban', [8, null, null, null, null, 9, 9, 9, 9, 9], 'score_out_of_range', 'score_unreadable', 'score_missing'),
		at(9, 'Lê Thị (Ba)', null, 'name_unusual', 'note_left')],
	{ rejected: [{ sheet: 'Điểm', row: 10 }], skipped: [{ sheet: 'Điểm', row: 5, kind: 'column_numbers' }, { sheet: 'Điểm', row: 11, kind: 'subtotal' },
		{ sheet: 'Điểm', row: 12, kind: 'signature' }, { sheet: 'Điểm', row: 13, kind: 'signature' }] });
}

// ---- 23, 24, 25: encodings of a CSV ----

const plain = [
	[['1', 'Nguyễn Văn Đức', '1960', 'Nam', 'Nông dân'], 'Nguyễn Văn Đức', { birth: '1960', sex: 'nam', group: 'nong_dan' }],
	[['2', 'Trần Thị Huệ', '2/3/1971', 'Nữ', 'CN; buôn bán'], 'Trần Thị Huệ', { birth: '1971-03-02', sex: 'nu', group: 'cong_nhan' }, 'group_ambiguous'],
	[['3', 'Đặng Ngọc Ửng', '1955', 'Gái', 'Tu hành'], 'Đặng Ngọc Ửng', { birth: '1955', sex: 'nu' }, 'group_unknown'],
];
const plainHeading = ['STT', 'Họ và tên', 'Năm sinh', 'Giới tính', 'Nghề nghiệp'], plainFields = ['stt', 'full_name', 'birth', 'sex', 'occupation'];
const tcvn3 = Object.fromEntries([...'àµả¶ã·á¸ạ¹ằ»ẳ¼ẵ½ắ¾ặÆầÇẩÈẫÉấÊậËèÌẻÎẽÏéÐẹÑềÒểÓễÔếÕệÖì×ỉØĩÜíÝịÞòßỏáõâóãọäồåổæỗçốèộéờêởëỡìớíợîùïủñũòúóụôừõửöữ÷ứøựùỳúỷûỹüýýỵþă¨â©êªô«ơ¬ư\u00adđ®Ă¡Â¢Ê£Ô¤Ơ¥Ư¦Đ§']
	.map((c, i, all) => i % 2 ? null : [c, all[i + 1]]).filter(Boolean));
const toTcvn3 = text => [...text].map(c => tcvn3[c] ?? tcvn3[c.toLowerCase()] ?? c).join('');
csv('23-tcvn3.csv', plainHeading, plainFields, plain, { encode: t => Buffer.from(toTcvn3(t), 'latin1'), warnings: ['encoding_tcvn3', 'no_column_cccd'] });
csv('24-utf16.csv', plainHeading, plainFields, plain, { separator: '\t', encode: t => Buffer.from('\ufeff' + t, 'utf16le'), warnings: ['no_column_cccd'] });
csv('25-nfd.csv', plainHeading, plainFields, plain, { separator: ';', encode: t => Buffer.from(t.normalize('NFD')), warnings: ['no_column_cccd'] });

// ---- 26: a workbook of 1904, date formats, no names of cells, prefixes, phonetic runs, a chart ----

{
	const styles = '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-42A]dd\\ mmmm\\ yyyy;@"/><numFmt numFmtId="171" formatCode="#,##0&quot;day&quot;"/></numFmts>' +
		'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="14"/></cellXfs></styleSheet>';
	const strings = '<sst><si><t>Họ và tên</t></si><si><r><t>Năm </t></r><r><t>sinh</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si><si><t>Giới tính</t></si></sst>';
	const xml = '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c t="s"><x:v>2</x:v></x:c></x:row>' +
		'<x:row><x:c t="str"><x:f>A1</x:f><x:v>Phạm&#160;Thị_x000D_\n Gấm</x:v></x:c><x:c s="1"><x:v>20000</x:v></x:c><x:c t="inlineStr"><x:is><x:t>Nữ</x:t></x:is></x:c></x:row>' +
		'<x:row/><x:row><x:c t="inlineStr"><x:is><x:t>Hồ Văn Hai</x:t></x:is></x:c><x:c s="2"><x:v>1958</x:v></x:c><x:c t="e"><x:v>#REF!</x:v></x:c></x:row></x:sheetData></x:worksheet>';
	write('26-nam-1904.xlsx', xlsx([['Tổ 2', xml], ['an', sheetXml([['STT', 'Họ tên', 'Năm sinh', 'Phái']]), 'veryHidden'], ['Bìa', sheetXml([['Kính gửi']])]],
		{ book: '<workbookPr date1904="1"/>', styles, strings }),
	[{ name: 'Tổ 2', header_rows: [1], columns: columns(['full_name', 'birth', 'sex']), warnings: ['no_column_cccd'] }, { name: 'an', skipped: 'hidden' },
		{ name: 'Bìa', skipped: 'no_table' }],
	[person('Tổ 2', 2, 'Phạm Thị Gấm', { birth: '1958-10-04', sex: 'nu' }),
		person('Tổ 2', 4, 'Hồ Văn Hai', { birth: '1958' }, 'sex_missing', 'cell_error')]);
}

// ---- 27: OpenDocument: merged hamlets, repeated cells and rows, hidden column, row and sheet, a note in a cell ----

{
	const c = (text, more = '') => text === null ? '<table:table-cell/>' : `<table:table-cell office:value-type="string"${more}><text:p>${esc(text)}</text:p></table:table-cell>`;
	const n = (value, more = '') => `<table:table-cell office:value-type="float" office:value="${value}"${more}><text:p>${value}</text:p></table:table-cell>`;
	const row = (cells, more = '') => `<table:table-row${more}>${cells.join('')}<table:table-cell table:number-columns-repeated="16370"/></table:table-row>`;
	const note = '<table:table-cell office:value-type="string"><office:annotation><text:p>xem lại</text:p></office:annotation><text:p>Võ<text:s/>Thị</text:p><text:p>Mười</text:p></table:table-cell>';
	const content = '<office:automatic-styles><style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>' +
		'<office:body><office:spreadsheet><table:table table:name="DS"><table:table-column/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="3"/>' +
		row([c('Ấp'), c('Họ và tên'), c('Sinh ngày'), c('Nữ'), c('SĐT')]) +
		row([c('Ấp 1', ' table:number-rows-spanned="3"'), c('Lê Thị Tám'), '<table:table-cell office:value-type="date" office:date-value="1948-02-29T00:00:00"><text:p>29/2/48</text:p></table:table-cell>', c('x'), n(900000001)]) +
		row(['<table:covered-table-cell/>', note, n(1970), c('x'), c(null)]) +
		row(['<table:covered-table-cell/>', c('Lý Văn Chín'), n(1981), c(null), c('-')], ' table:visibility="collapse"') +
		row([c(null), c('Cao Bá Quát'), c('1950'), c(null), c(null)]) +
		row([c('-nt-'), c('Bùi Thị Một'), n(1990), c('X'), c(null)], ' table:number-rows-repeated="2"') +
		'<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>' +
		'<table:table table:name="cũ" table:style-name="h">' + row([c('STT'), c('Họ tên'), c('Phái'), c('NS')]) + '</table:table></office:spreadsheet></office:body>';
	const at = (i, name, values, ...codes) => person('DS', i, name, values, 'cccd', ...codes);
	const list = [at(2, 'Lê Thị Tám', { birth: '1948-02-29', sex: 'nu', hamlet: 'Ấp 1', phone: '0900000001' }, 'phone_leading_zero'),
		at(3, 'Võ Thị Mười', { birth: '1970', sex: 'nu', hamlet: 'Ấp 1' }), at(4, 'Lý Văn Chín', { birth: '1981', sex: 'nam', hamlet: 'Ấp 1' }, 'hidden_row', 'phone_bad'),
		at(5, 'Cao Bá Quát', { birth: '1950', sex: 'nam' }), at(6, 'Bùi Thị Một', { birth: '1990', sex: 'nu', hamlet: 'Ấp 1' }, 'dup_name'),
		at(7, 'Bùi Thị Một', { birth: '1990', sex: 'nu', hamlet: 'Ấp 1' }, 'dup_name')];
	for (const p of list) p.warnings = p.warnings.filter(w => w !== 'cccd');
	write('27-mo.ods', ods(content), [{ name: 'DS', header_rows: [1], columns: columns(['hamlet', 'full_name', 'birth', 'sex_female_mark', 'phone']),
		warnings: ['hidden_columns', 'no_column_cccd'] }, { name: 'cũ', skipped: 'hidden' }], list,
	{ duplicates: [[{ sheet: 'DS', row: 6 }, { sheet: 'DS', row: 7 }]] });
}

// ---- 28: twins ----

{
	const p = (name, year, id, hamlet, ...codes) => [[name, year, id, hamlet], name, { birth: year || null, national_id: id || null, hamlet: hamlet || null },
		...id ? [] : ['cccd_missing'], ...year ? [] : ['birth_missing'], ...codes];
	csv('28-trung.csv', ['Họ tên', 'NS', 'Số thẻ', 'Ấp/Khu phố'], ['full_name', 'birth', 'national_id', 'hamlet'], [
		p('Lê Văn Tư', '1960', '080060123401', 'Ấp 3', 'dup_name'), p('LÊ VĂN TƯ', '1960', '', 'A.03', 'dup_name'),
		p('Lê Văn Từ', '1960', '080060123402', 'Khu phố 3', 'dup_name'), p('Lê Văn Tư', '1960', '', 'Ấp 4'), p('Lê Văn Tư', '1961', '', 'Ấp 3'),
		p('Võ Hai', '1970', '080070123403', 'Ấp 1', 'dup_cccd'), p('Võ Thị Hai', '1970', '080070123403', 'Ấp 9', 'dup_cccd'),
		p('Đinh Ba', '1980', '080080123404', 'Ấp 2'), p('Đinh Ba', '1980', '080080123405', 'Ấp 2'),
		p('Hồ Năm', '', '', 'Ấp 2'), p('Hồ Năm', '', '', 'Ấp 2'), p('Cao Sáu', '1955', '', '', 'dup_name'), p('Cao Sáu', '1955', '', '', 'dup_name'),
	], { warnings: ['no_column_sex'], duplicates: [[7, 8], [2, 3, 4], [13, 14]].map(g => g.map(row => ({ sheet: 'csv', row }))) });
}

// ---- 29: titles, headings again, names that look like something else ----

{
	const rows = [['ĐẢNG UỶ XÃ'], ['Thôn Đoài'], ['STT', 'HỌ VÀ TÊN', 'NĂM\nSINH', 'PHÁI', 'CHỨC VỤ'],
		['I. ẤP BÌNH LỢI'], [1, 'Cộng Thị Hoà', 1960, 'Nữ', 'Hiệu trưởng'], [2, 'Trương Ấp', 1961, 'nam', 'Giám đốc Cty'], [null, 'Cộng', 2],
		['STT', 'HỌ VÀ TÊN', 'NĂM\nSINH', 'PHÁI', 'CHỨC VỤ'], ['Tổ 2'], [3, 'Công Văn Nhân', 1970, 'Nam', 'phó phòng'],
		['Khu phố: Hoà Thuận'], [4, 'Tổng Văn Số', 1971, 'Nam', 'Thợ; cc'], [5], [null, null, null, null, 'Đức Hoà, ngày 3 tháng 4 năm 2026'], [6, 'Không Đọc', 1990, 'Nam']];
	const at = (i, name, hamlet, group, birth, sex, ...codes) => person('Danh sách', i, name, { hamlet, group, birth, sex }, ...codes);
	const skip = (row, kind) => ({ sheet: 'Danh sách', row, kind });
	write('29-tieu-de.xlsx', xlsx([['Danh sách', sheetXml(rows)]]), [{ name: 'Danh sách', header_rows: [3], columns: columns(['stt', 'full_name', 'birth', 'sex', 'occupation']),
		warnings: ['no_column_cccd'] }], [
		at(6, 'Trương Ấp', 'ẤP BÌNH LỢI', 'doanh_nhan', '1961', 'nam'), at(10, 'Công Văn Nhân', 'ẤP BÌNH LỢI', 'can_bo_quan_ly', '1970', 'nam'),
		at(12, 'Tổng Văn Số', 'Hoà Thuận', 'lao_dong_tu_do', '1971', 'nam', 'group_ambiguous')],
	{ skipped: [skip(4, 'section'), skip(5, 'subtotal'), skip(7, 'subtotal'), skip(8, 'header_again'), skip(9, 'section'), skip(11, 'section'), skip(13, 'note'),
		skip(14, 'signature'), skip(15, 'signature')] });
}

// ---- 30: TCVN3 in a workbook: capitals that the font has not; 31: VNI beside Unicode ----

{
	const text = rows => sheetXml(rows.map(r => r.map(c => typeof c === 'string' ? toTcvn3(c) : c)));
	const at = (i, name, values, ...codes) => person('Êp 5', i, name, { hamlet: null, ...values }, ...codes);
	write('30-tcvn3.xlsx', xlsx([['Êp 5', text([['Số TT', 'Họ và chữ đệm', 'Tên', 'Giới tính', 'Năm sinh', 'Công việc'], [1, 'NGUYễN THị', 'áNH', 'nữ', 1966, 'dạy học'],
		[2, 'Lê Thị', 'ánh', 'Nữ', 1967, 'y sĩ'], [3, 'đặng văn', 'út', 'nam', 1968, 'Bộ đội']])]]),
	[{ name: 'Êp 5', header_rows: [1], columns: columns(['stt', 'name_family', 'name_given', 'sex', 'birth', 'occupation']), warnings: ['encoding_tcvn3', 'no_column_cccd'] }],
	[at(2, 'NGUYỄN THỊ ÁNH', { sex: 'nu', birth: '1966' }, 'group_unknown'), at(3, 'Lê Thị Ánh', { sex: 'nu', birth: '1967', group: 'vien_chuc' }),
		at(4, 'Đặng Văn Út', { sex: 'nam', birth: '1968', group: 'luc_luong_vu_trang' })]);
	const vni = (i, name, values, ...codes) => person('KP 1', i, name, { hamlet: 'KP 1', ...values }, ...codes);
	write('31-vni.xlsx', xlsx([['KP 1', sheetXml([['Soá TT', 'Hoï teân ngöôøi daân', 'Phaùi', 'Sinh naêm', 'Ngheà nghieäp'], [1, 'TRÖÔNG THÒ MYÕ', 'NÖÕ', 1958, 'höu trí'],
		[2, 'Nguyễn Văn Tạo', 'Nam', 1960, 'thôï hoà'], [3, 'Ñaëng Vaên Kyø', 'Nam', '3/2/1962', 'laøm ruoäng']])]]),
	[{ name: 'KP 1', header_rows: [1], columns: columns(['stt', 'full_name', 'sex', 'birth', 'occupation']), warnings: ['encoding_vni', 'no_column_cccd'] }],
	[vni(2, 'TRƯƠNG THỊ MỸ', { sex: 'nu', birth: '1958', group: 'nguoi_cao_tuoi' }), vni(3, 'Nguyễn Văn Tạo', { sex: 'nam', birth: '1960', group: 'lao_dong_tu_do' }),
		vni(4, 'Đặng Văn Kỳ', { sex: 'nam', birth: '1962-02-03', group: 'nong_dan' })]);
}
