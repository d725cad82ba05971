/**
 * Workbooks as the libraries of others open, change and write them: a program of its own, as a spreadsheet is one.
 *
 *   node programs.mjs sheetjs|exceljs resave   {from, to, edits: [[sheet, cell, value]]}
 *   node programs.mjs sheetjs|exceljs month    {to, days, names, values}
 *
 * `month` writes a month sheet from scratch: a cover, a merged title, days as real dates with a row of weekdays, rows of people, a column
 * and a row of totals by formulas, a hidden row and column, and what a spreadsheet makes of what one types: a time, a date, a truth value.
 */
import ExcelJS from 'exceljs';
import * as XLSX from 'xlsx';
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';

const [library, action, text] = process.argv.slice(2);
const asked = JSON.parse(text);

const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'];
const midnight = (day) => new Date(`${day}T00:00:00Z`);

/** The rows of the month sheet below its title; the first has the days. */
function rowsOf({ days, names, values }) {
  return [
    ['氏名', ...days.map(midnight), '公休'],
    ['', ...days.map((day) => WEEKDAYS[midnight(day).getUTCDay()]), ''],
    ...names.map((name, row) => [name, ...values[row], { formula: `COUNTIF(B${row + 4}:AF${row + 4},"公休")`, result: 9 }]),
    ['出勤人数', ...days.map((_, column) => ({ formula: `COUNTA(${column})`, result: 12 })), ''],
    ['※ 希望休は前月20日までに提出してください。'],
  ];
}

const exceljs = {
  async resave({ from, to, edits }) {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(from);
    for (const [sheet, cell, value] of edits) book.worksheets[sheet].getCell(cell).value = value;
    await book.xlsx.writeFile(to);
  },
  async month({ to, ...month }) {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('表紙').addRow(['シフト表', new Date('2020-01-05T00:00:00Z')]);
    const sheet = book.addWorksheet('シフト');
    sheet.addRow(['今月のシフト']);
    sheet.mergeCells('A1:F1');
    for (const row of rowsOf(month)) sheet.addRow(row.map((value) => (typeof value === 'object' && value.kind !== undefined ? special(value) : value)));
    sheet.getRow(2).numFmt = 'd';
    sheet.getRow(5).hidden = true;
    sheet.getColumn(3).hidden = true;
    await book.xlsx.writeFile(to);
  },
};

function special({ kind, value }) {
  if (kind === 'rich') return { richText: [...value].map((part, at) => ({ text: part, font: { bold: at === 0 } })) };
  if (kind === 'formula') return { formula: 'UPPER("x")', result: value };
  return kind === 'time' ? new Date('1899-12-30T09:30:00Z') : kind === 'date' ? new Date('2020-01-05T00:00:00Z') : true;
}

const sheetjs = {
  resave({ from, to, edits }) {
    const book = XLSX.read(readFileSync(from), { cellStyles: true });
    for (const [number, cell, value] of edits) {
      const sheet = book.Sheets[book.SheetNames[number]];
      if (value === null) delete sheet[cell];
      else XLSX.utils.sheet_add_aoa(sheet, [[value]], { origin: cell });
    }
    writeFileSync(to, XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }));
  },
  month({ to, ...month }) {
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['シフト表', new Date('2020-01-05T00:00:00Z')]], { UTC: true }), '表紙');
    const rows = rowsOf(month).map((row) => row.map((value) => (value?.kind === undefined ? plain(value) : plain(special(value)))));
    const sheet = XLSX.utils.aoa_to_sheet([['今月のシフト'], ...rows], { UTC: true, cellDates: true });
    sheet['!merges'] = [XLSX.utils.decode_range('A1:F1')];
    sheet['!rows'] = [];
    sheet['!rows'][4] = { hidden: true };
    sheet['!cols'] = [];
    sheet['!cols'][2] = { hidden: true };
    XLSX.utils.book_append_sheet(book, sheet, 'シフト');
    writeFileSync(to, XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }));
  },
};

/** What `aoa_to_sheet` takes for the same value. */
function plain(value) {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (value.richText !== undefined) return { t: 's', v: value.richText.map((part) => part.text).join('') };
  return { t: typeof value.result === 'number' ? 'n' : 's', v: value.result, f: value.formula };
}

await { exceljs, sheetjs }[library][action](asked);
