export type CsvCell = string | number | null;

/**
 * RFC 4180: rows ended by CRLF, cells quoted where they must be. A text that a spreadsheet would take for a formula gets
 * an apostrophe in front (OWASP, "CSV injection"); numbers are written as they are. Null becomes an empty cell.
 */
export function toCsv(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(toCell).join(',')}\r\n`).join('');
}

function toCell(value: CsvCell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
