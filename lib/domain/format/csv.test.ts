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

  it.each([
    ...['=HYPERLINK("x")', '+1', '-1+2', '@SUM(A1)', '\tx', '\r=1', '\n=1', ' =1', '\u200b=1', '\ufeff=1'],
    ...['＝1', '＋1', '－1', '＠A1', '|calc', '%0A=1', '"=1', "'=1"],
  ])('lets no spreadsheet take %j for a formula', (text) => {
    const [cell = ''] = toCsv([[text]]).split(/\r\n$/);
    expect(cell.replace(/^"/, '').startsWith("'")).toBe(true);
  });

  it.each(['a;=1', 'a\t=1', 'a\n=1', 'a; "=1', 'a;\t+1', 'a\r\n@A1', ';-1+2|calc'])(
    'lets none be taken for one in a country that separates by other signs: %j',
    (text) => {
      for (const part of toCsv([['x', text]]).split(/[,;\t\r\n]/)) {
        expect(part.replace(/^["\s]*/, '')).not.toMatch(/^[=+\-@|%]/);
      }
    },
  );

  it('leaves ordinary text as it is', () => {
    const texts = ['Main site', 'a-b+c=d', 's3://b/type=events', '2026-11-22T10:00:00Z', 'x|y %'];
    expect(toCsv([texts])).toBe(`${texts.join(',')}\r\n`);
  });

  it('writes numbers as numbers, negative ones too', () => {
    expect(toCsv([[-3, 0, 1.5]])).toBe('-3,0,1.5\r\n');
  });
});
