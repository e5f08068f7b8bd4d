import { expect, test } from 'vitest';
import { IDLE_LINE, scheduleDelivery } from './delivery-schedule';

test('without a fault bytes are due when they arrive', () => {
  const line = scheduleDelivery(IDLE_LINE, {}, { nowMs: 1_000, sizeBytes: 5_000_000 });
  expect(line).toEqual({ freeAtMs: 1_000, lastDueMs: 1_000 });
});

test('latency is added to each, not one after the other', () => {
  const fault = { latencyMs: 200 };
  const first = scheduleDelivery(IDLE_LINE, fault, { nowMs: 1_000, sizeBytes: 10 });
  const second = scheduleDelivery(first, fault, { nowMs: 1_001, sizeBytes: 10 });
  expect([first.lastDueMs, second.lastDueMs]).toEqual([1_200, 1_201]);
});

test('a rate makes bytes wait for those before them', () => {
  const fault = { bytesPerSecond: 1_000, latencyMs: 50 };
  const first = scheduleDelivery(IDLE_LINE, fault, { nowMs: 0, sizeBytes: 500 });
  const second = scheduleDelivery(first, fault, { nowMs: 0, sizeBytes: 500 });
  expect([first.lastDueMs, second.lastDueMs]).toEqual([550, 1_050]);
  expect(scheduleDelivery(second, fault, { nowMs: 9_000, sizeBytes: 1_000 }).lastDueMs).toBe(10_050);
});

test('bytes never overtake when the latency becomes shorter', () => {
  const slow = scheduleDelivery(IDLE_LINE, { latencyMs: 500 }, { nowMs: 0, sizeBytes: 1 });
  expect(scheduleDelivery(slow, {}, { nowMs: 10, sizeBytes: 1 }).lastDueMs).toBe(500);
});
