import { describe, expect, it } from 'vitest';
import { toCsv } from './csv';

describe('toCsv', () => {
  it('ends every row with CRLF and quotes only what needs it', () => {
    expect(
      toCsv([
        ['at', 'note'],
        ['2026-11-22', 'a, "b"'],
        [null, 'two\nlines'],
      ]),
    ).toBe('at,note\r\n2026-11-22,"a, ""b"""\r\n,"two\nlines"\r\n');
  });

  it.each(['=HYPERLINK("x")', '+1', '-1+2', '@SUM(A1)', '\tx', '\r=1', '\n=1'])(
    'lets no spreadsheet take %j for a formula',
    (text) => {
      const [cell = ''] = toCsv([[text]]).split(/\r\n$/);
      expect(cell.replace(/^"/, '').startsWith("'")).toBe(true);
    },
  );

  it('writes numbers as numbers, negative ones too', () => {
    expect(toCsv([[-3, 0, 1.5]])).toBe('-3,0,1.5\r\n');
  });
});
