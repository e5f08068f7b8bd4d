import { expect, test } from 'vitest';
import { firstLines } from './first-lines';

const read = (text: string, isWhole = true) => {
  const { body, isCut } = firstLines(Buffer.from(text), isWhole);
  return [Buffer.from(body).toString(), isCut];
};

test('at most twenty lines are kept, and that there are more is said', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, at) => `${at}\n`).join('');
  expect(read(lines(20))).toEqual([lines(20), false]);
  expect(read(lines(21))).toEqual([lines(20), true]);
});

test('a line that was cut off is left out, unless it is the only one', () => {
  expect(read('{"a":1}\n{"b', false)).toEqual(['{"a":1}\n', true]);
  expect(read('{"a":1}\n{"b":2}')).toEqual(['{"a":1}\n{"b":2}', false]);
  expect(read('{"a', false)).toEqual(['{"a', true]);
  expect(read('')).toEqual(['', false]);
});
