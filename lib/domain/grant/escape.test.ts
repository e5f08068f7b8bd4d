import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hclString, shellWord, yamlString } from './escape';

/** Everything but control characters, with what means something in one of the formats more often than by chance. */
const sign = fc.oneof(
  fc.constantFrom(
    '"',
    "'",
    '\\',
    '$',
    '{',
    '}',
    '%',
    '`',
    '!',
    '#',
    ':',
    '*',
    '?',
    '&',
    ';',
    '|',
    '~',
    ' ',
    '\u2028',
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);
const text = fc
  .array(sign, { maxLength: 40 })
  .map((signs) => signs.join(''))
  .filter((given) => [...given].every((one) => one >= ' '));

/** HCL's own rules, read backwards: the inverse of what a parser does with a quoted template without interpolation. */
function readHcl(quoted: string): string {
  expect(quoted).toMatch(/^".*"$/su);
  let read = '';
  for (let at = 1; at < quoted.length - 1; at += 1) {
    const two = quoted.slice(at, at + 2);
    const three = quoted.slice(at, at + 3);
    if (three === '$${' || three === '%%{') {
      read += three.slice(1);
      at += 2;
    } else if (two === '${' || two === '%{') throw new Error('a template begins');
    else if (quoted[at] === '\\') {
      if (two !== '\\"' && two !== '\\\\') throw new Error(`no escape of HCL: ${two}`);
      read += two[1];
      at += 1;
    } else if (quoted[at] === '"') throw new Error('the string ends early');
    else read += quoted[at];
  }
  return read;
}

describe('a reader of the format gets the same text back', () => {
  test('from a shell, which sees one word, whatever is in it', () => {
    const words = fc.sample(text, { numRuns: 300, seed: 7 });
    const printed = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`]);
    expect(printed.toString('utf8').split('\0').slice(0, -1)).toEqual(words);
  });

  test('from HCL, which sees no template', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(readHcl(hclString(given))).toBe(given);
      }),
      { numRuns: 500 },
    );
  });

  test('from YAML, whose double-quoted scalars are JSON’s strings without line separators', () => {
    fc.assert(
      fc.property(text, (given) => {
        const scalar = yamlString(given);
        expect(JSON.parse(scalar)).toBe(given);
        expect(scalar).not.toMatch(/[\u007f-\u009f\u2028\u2029\ufeff]/);
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  ["o'clock", `'o'\\''clock'`],
  ['$(reboot)`reboot`', `'$(reboot)\`reboot\`'`],
])('a shell gets %s as a word', (given, word) => expect(shellWord(given)).toBe(word));

test.each([
  ['$\x7bpath.root}', '"$$\x7bpath.root}"'],
  ['%{if true}', '"%%{if true}"'],
  ['$5 100%', '"$5 100%"'],
])('HCL gets %s as text', (given, literal) => expect(hclString(given)).toBe(literal));
