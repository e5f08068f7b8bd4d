import { expect, test } from 'vitest';
import { drainMs } from './drain';

test.each([
  ['half as old after 4 min drains in as long again', 240_000, 480_000, 240_000, 240_000],
  ['a little younger takes long', 540_000, 600_000, 240_000, 2_160_000],
  ['as old as before does not drain', 600_000, 600_000, 240_000, null],
  ['older than before does not drain', 700_000, 600_000, 240_000, null],
  ['hardly younger does not drain', 599_000, 600_000, 240_000, null],
  ['two readings at nearly the same time say nothing', 300_000, 600_000, 19_999, null],
  ['longer than a day is not said', 86_400_000, 86_416_000, 240_000, null],
] as const)('%s', (_, ageMs, ageBeforeMs, beforeAgoMs, expected) => {
  expect(drainMs({ ageMs, ageBeforeMs, beforeAgoMs })).toBe(expected);
});
