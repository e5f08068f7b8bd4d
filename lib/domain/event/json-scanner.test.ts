import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonScanner } from './json-scanner';
import { DEPTH_MAX } from './limits';

/** Scans a whole text: null when it is one clean value, else the fault. */
function scan(text: string | Buffer): string | null {
  const buffer = Buffer.isBuffer(text) ? text : Buffer.from(text);
  const scanner = new JsonScanner();
  scanner.open(buffer);
  const end = scanner.value(scanner.space(0), 0);
  if (end >= 0 && scanner.space(end) !== buffer.length) return 'syntax';
  return scanner.fault;
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON texts with every layout, escape and number form that JSON.stringify never writes. */
const jsonText = fc
  .tuple(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t', '\r'))
  .map(([value, indent]) => JSON.stringify(value, null, indent));

const brokenText = fc
  .tuple(
    jsonText,
    fc.nat(),
    fc.constantFrom('', '"', '\\', '{', ']', ',', ':', '0', '-', '.', 'e', '\n', 'u', '\u0001', 'tru'),
  )
  .map(([text, at, piece]) => {
    const cut = at % (text.length + 1);
    return text.slice(0, cut) + piece + text.slice(cut + (at % 2));
  });

const numberText = fc
  .array(fc.constantFrom('0', '1', '9', '-', '+', '.', 'e', 'E'), { minLength: 1, maxLength: 8 })
  .map((pieces) => pieces.join(''));

describe('the scanner accepts exactly the grammar of JSON.parse', { timeout: 60_000 }, () => {
  test('for texts that are JSON', () => {
    fc.assert(
      fc.property(jsonText, (text) => scan(text) !== 'syntax'),
      { numRuns: 500 },
    );
  });

  test('for texts that were damaged', () => {
    fc.assert(
      fc.property(brokenText, (text) => (scan(text) !== 'syntax') === parses(text)),
      { numRuns: 3_000 },
    );
  });

  test('for strings of number characters', () => {
    fc.assert(
      fc.property(numberText, (text) => (scan(text) === null) === parses(text)),
      { numRuns: 3_000 },
    );
  });

  test('for every byte that may stand in a string or behind a backslash', () => {
    for (let code = 0; code < 256; code += 1) {
      const character = String.fromCharCode(code);
      for (const text of [`"${character}"`, `"\\${character}"`, `${character}1`, `1${character}`])
        expect(scan(text) !== 'syntax', JSON.stringify(text)).toBe(parses(text));
    }
  });
});

describe('what readers disagree about is refused', { timeout: 60_000 }, () => {
  test.each([
    ['{"a":1,"a":2}', 'duplicate_key'],
    ['{"a":1,"\\u0061":2}', 'duplicate_key'],
    ['{"\\u0061":1,"a":2}', 'duplicate_key'],
    ['{"x":{"deep":[{"a":1,"b":2,"a":3}]}}', 'duplicate_key'],
    ['{"":1,"":2}', 'duplicate_key'],
    ['{"__proto__":1}', 'proto_key'],
    ['{"x":[{"__proto__":{}}]}', 'proto_key'],
    ['{"__pr\\u006fto__":1}', 'proto_key'],
    ['"\\ud83d"', 'lone_surrogate'],
    ['"\\ude00"', 'lone_surrogate'],
    ['"\\ud83d\\u0041"', 'lone_surrogate'],
    ['"\\ud83d\\ud83d\\ude00"', 'lone_surrogate'],
    ['"\\ud83dA"', 'lone_surrogate'],
    ['{"\\udfff":1}', 'lone_surrogate'],
    ['"a\\u0000b"', 'nul'],
    ['"a\u0000b"', 'syntax'],
  ])('%s → %s', (text, fault) => {
    expect(scan(text)).toBe(fault);
  });

  test.each([
    '{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}',
    '"\\ud83d\\ude00"',
    '{"proto":1,"__proto":2}',
    '{"A":1,"a":2}',
  ])('%s is clean', (text) => {
    expect(scan(text)).toBeNull();
  });

  test('an object of any size has its repeated key found, and only then', () => {
    const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 120 });
    const object = keys.filter((list) => !list.includes('__proto__'));
    fc.assert(
      fc.property(object, fc.nat(), fc.boolean(), (list, pick, repeat) => {
        const again = repeat ? [list[pick % list.length] ?? ''] : [];
        const text = [...list, ...again].map((key) => `${JSON.stringify(key)}:0`).join(',');
        const fault = scan(`{${text}}`);
        return JSON.stringify(list).includes('\\u0000')
          ? fault !== null
          : fault === (repeat ? 'duplicate_key' : null);
      }),
      { numRuns: 1_000 },
    );
  });

  test('100,000 keys in one object are compared without quadratic work', () => {
    const members = Array.from({ length: 100_000 }, (_, index) => `"k${index}":0`);
    expect(scan(`{${members.join(',')}}`)).toBeNull();
    expect(scan(`{${members.join(',')},"k77777":1}`)).toBe('duplicate_key');
  });
});

describe('nesting', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

  test('is allowed up to the limit and refused one level beyond', () => {
    expect(scan(nested(DEPTH_MAX))).toBeNull();
    expect(scan(nested(DEPTH_MAX + 1))).toBe('depth');
    expect(scan('{"a":'.repeat(DEPTH_MAX + 1) + 1 + '}'.repeat(DEPTH_MAX + 1))).toBe('depth');
  });

  test('a million levels neither overflow the stack nor hide the end of the value', () => {
    expect(scan(nested(1_000_000))).toBe('depth');
    expect(scan(`[${nested(1_000_000)},"]",1]`)).toBe('depth');
    expect(scan('['.repeat(1_000_000))).toBe('syntax');
  });
});

test('a line break between tokens is seen, one inside a string cannot be', () => {
  const scanner = new JsonScanner();
  const text = Buffer.from('{"a": 1,\r\n"b":"\\n"}');
  scanner.open(text);
  scanner.value(0, 0);
  expect(scanner.lastBreakAt).toBe(text.indexOf('\n'));
});
