import { expect, test } from 'vitest';
import { MARK_FRESH_MS, putDeadlineMs } from './put-timing';

test('a PUT has 30 s and its bytes at 128 KiB/s', () => {
  expect(putDeadlineMs(0)).toBe(30_000);
  expect(putDeadlineMs(128 * 1024)).toBe(31_000);
  expect(putDeadlineMs(32 * 1024 * 1024)).toBe(286_000);
});

test('a PUT begins less than 2 s after its mark', () => {
  expect(MARK_FRESH_MS).toBeLessThan(2_000);
});
