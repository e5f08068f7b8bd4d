import { expect, test } from 'vitest';
import { judgeRetention } from './judge-retention';

const HOUR_MS = 3_600_000;
const RETENTION_MS = 168 * HOUR_MS;

test.each([
  [null, [], null, false],
  [83, [], null, false],
  [84, [], 50, false],
  [84, [50], null, false],
  [135, [50], 80, false],
  [135, [50, 80], null, false],
  [160, [50, 80], 95, false],
  [200, [50, 80, 95], null, false],
] as const)('at %s h of 168 with %j announced it says %s', (hours, announced, announce, isOver) => {
  const ageMs = hours === null ? null : hours * HOUR_MS;
  expect(judgeRetention({ ageMs, retentionMs: RETENTION_MS, announced })).toEqual({ announce, isOver });
});

test('what nobody looked at for days is told once, at the highest threshold', () => {
  const facts = { ageMs: 161 * HOUR_MS, retentionMs: RETENTION_MS };
  expect(judgeRetention({ ...facts, announced: [] }).announce).toBe(95);
  expect(judgeRetention({ ...facts, announced: [95] }).announce).toBeNull();
});

test('an episode ends when the oldest line is younger than half of the retention, or nothing is pending', () => {
  const announced = [50, 80];
  expect(judgeRetention({ ageMs: 90 * HOUR_MS, retentionMs: RETENTION_MS, announced }).isOver).toBe(false);
  expect(judgeRetention({ ageMs: 83 * HOUR_MS, retentionMs: RETENTION_MS, announced }).isOver).toBe(true);
  expect(judgeRetention({ ageMs: null, retentionMs: RETENTION_MS, announced }).isOver).toBe(true);
});
