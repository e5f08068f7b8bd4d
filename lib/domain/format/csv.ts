export type CsvCell = string | number | null;

/** What spreadsheets begin a formula with, in both widths; DDE begins with a pipe or a percent sign. */
const FORMULA = '=+\\-@|%＝＋－＠';
const AT_BEGINNING = new RegExp(`^[\\p{C}\\p{Z}'"]*[${FORMULA}]|^[\\t\\r\\n]`, 'u');
// Where a list is separated by semicolons or tabs, a cell of ours is several of theirs, quoted or not.
const WITHIN = new RegExp(`([;\\t\\r\\n])(?=[\\p{C}\\p{Z}'"]*[${FORMULA}])`, 'gu');

/**
 * RFC 4180: rows ended by CRLF, cells quoted where they must be. A text that a spreadsheet would take for a formula, as
 * a whole or from a separator of another country on, gets an apostrophe in front (OWASP, "CSV injection"); numbers are
 * written as they are. Null becomes an empty cell.
 */
export function toCsv(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(toCell).join(',')}\r\n`).join('');
}

function toCell(value: CsvCell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = value.replace(WITHIN, "$1'");
  const text = AT_BEGINNING.test(value) ? `'${harmless}` : harmless;
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
