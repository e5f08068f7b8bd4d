import { expect, test } from 'vitest';
import { isDeceiving, oneVisibleLine, showInvisible } from './visible-text';

test('what turns the direction of text or has no width is deceiving; the joiners of scripts and emoji are not', () => {
  for (const text of ['a\u202eb', 'a\u2066b', 'a\u200bb', '\ufeffa', 'a\u200eb'])
    expect(isDeceiving(text)).toBe(true);
  for (const text of ['می\u200cخواهم', '👩\u200d💻', 'Zoë & Söhne', 'עברית'])
    expect(isDeceiving(text)).toBe(false);
});

test('one line stays one line, and reads as it is written', () => {
  expect(oneVisibleLine('a\r\nBcc: x@evil.example\u2028b\u0000c')).toBe('a Bcc: x@evil.example b c');
  expect(oneVisibleLine('invoice\u202efdp.exe')).toBe('invoicefdp.exe');
});

test('of data that is not ours everything invisible is written out', () => {
  expect(showInvisible('a\u202eb\u200b\u001b[31m\u0000')).toBe('a\\u202eb\\u200b\\u001b[31m\\u0000');
  expect(showInvisible('{"a":"ü 👍"}')).toBe('{"a":"ü 👍"}');
});
