import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromByteKey, type ListQuery, listPage, toByteKey } from './list-page';

interface Entry {
  readonly text: string;
  readonly isPrefix: boolean;
}

/** The listing by definition: filter, roll up, in one go. */
function listAll(keys: readonly string[], prefix: string, delimiter: string): Entry[] {
  const entries = new Map<string, Entry>();
  for (const key of keys) {
    if (!key.startsWith(prefix)) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const text = cut < 0 ? key : key.slice(0, cut + delimiter.length);
    entries.set(`${cut < 0}${text}`, { text, isPrefix: cut >= 0 });
  }
  return [...entries.values()].sort((left, right) => (left.text < right.text ? -1 : 1));
}

function walk(keys: readonly string[], query: Omit<ListQuery, 'after'>): Entry[][] {
  const pages: Entry[][] = [];
  let after: string | null = '';
  while (after !== null) {
    const page: ReturnType<typeof listPage> = listPage(keys, { ...query, after });
    const entries = [
      ...page.keys.map((text) => ({ text, isPrefix: false })),
      ...page.commonPrefixes.map((text) => ({ text, isPrefix: true })),
    ];
    pages.push(entries.sort((left, right) => (left.text < right.text ? -1 : 1)));
    after = page.next;
  }
  return pages;
}

const key = fc.string({
  unit: fc.constantFrom('a', 'b', '/', '\u00e9', '\u00ff'),
  minLength: 1,
  maxLength: 6,
});

test('the pages of any listing are its entries, each once, in order, and full but the last', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { maxLength: 30 }),
      fc.string({ unit: fc.constantFrom('a', '/'), maxLength: 2 }),
      fc.constantFrom('', '/', 'b/'),
      fc.integer({ min: 1, max: 5 }),
      (texts, prefix, delimiter, maxKeys) => {
        const keys = texts.map(toByteKey).sort();
        const pages = walk(keys, { prefix, delimiter, maxKeys });
        expect(pages.flat()).toEqual(listAll(keys, prefix, delimiter));
        expect(pages.slice(0, -1).every((page) => page.length === maxKeys)).toBe(true);
      },
    ),
  );
});

test('any text survives being a byte key, and byte keys sort as UTF-8 does', () => {
  const text = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(text, text, (left, right) => {
      expect(fromByteKey(toByteKey(left))).toBe(left);
      const order = Buffer.compare(Buffer.from(left), Buffer.from(right));
      const [leftKey, rightKey] = [toByteKey(left), toByteKey(right)];
      expect(leftKey < rightKey ? -1 : leftKey > rightKey ? 1 : 0).toBe(order);
    }),
  );
});

test('a page of no keys is empty and the last', () => {
  const query = { prefix: '', delimiter: '', after: '', maxKeys: 0 };
  expect(listPage(['a'], query)).toEqual({ keys: [], commonPrefixes: [], next: null });
});
