import { expect, test } from 'vitest';
import { HOUR_MS } from '@/lib/domain/time-units';
import { type HourContext, type HourFacts, hourState, isReceiptBalanced } from './hour-state';

const HOUR = Date.UTC(2026, 10, 22, 11);
const END = HOUR + HOUR_MS;
const PROMISE_MS = 300_000;

function factsOf(facts: Partial<HourFacts>): HourFacts {
  const chunkRows = facts.accepted ?? null;
  const none = { accepted: 0, chunkRows, delivered: 0, pending: 0, setAside: 0, gap: 0, latencyMaxMs: null };
  return { ...none, hourMs: HOUR, ...facts };
}

const CLOSED: HourContext = {
  nowMs: END + 2 * HOUR_MS,
  closedThroughMs: END + HOUR_MS,
  promiseMs: PROMISE_MS,
  isPaused: false,
};
const OPEN = { nowMs: END - 1, closedThroughMs: HOUR };
const JUST_CLOSED = { nowMs: END + 30_000, closedThroughMs: END };
const delivered = { accepted: 9, delivered: 9, latencyMaxMs: 50_000 };
const waiting = { accepted: 9, delivered: 4, pending: 5, latencyMaxMs: 50_000 };

test.each<[string, string, Partial<HourFacts>, Partial<HourContext>]>([
  ['the log does not say', 'unknown', { accepted: null, delivered: 9 }, {}],
  ['it has not begun', 'unknown', {}, { nowMs: HOUR - 1, closedThroughMs: HOUR - HOUR_MS }],
  ['everything is in the bucket', 'complete', delivered, {}],
  ['it took exactly the promise', 'complete', { ...delivered, latencyMaxMs: PROMISE_MS }, {}],
  ['some of it took longer than the promise', 'late', { ...delivered, latencyMaxMs: PROMISE_MS + 1 }, {}],
  ['the filter took everything out', 'complete', { accepted: 9, setAside: 9 }, {}],
  ['no event came', 'quiet', {}, {}],
  ['it still takes events', 'open', delivered, OPEN],
  ['it still takes events and none came', 'open', {}, OPEN],
  ['it ended and is not closed yet', 'open', delivered, { nowMs: END + 1, closedThroughMs: HOUR }],
  ['the rest may still arrive in time', 'open', waiting, JUST_CLOSED],
  ['the promise is over and not all is there', 'missing', waiting, {}],
  ['the same, and the routing is paused', 'held', waiting, { isPaused: true }],
  ['it is paused with everything delivered', 'complete', delivered, { isPaused: true }],
  ['it is paused and still takes events', 'open', waiting, { ...OPEN, isPaused: true }],
  ['fewer rows are accounted for than were accepted', 'missing', { ...delivered, accepted: 10 }, {}],
  ['more rows are accounted for than were accepted', 'missing', { ...delivered, accepted: 8 }, {}],
  ['chunks hold fewer rows than were accepted', 'missing', { ...delivered, chunkRows: 8 }, {}],
  ['its chunks were gone before they were counted', 'complete', { ...delivered, chunkRows: null }, {}],
  ['something was lost', 'gap', { accepted: 9, delivered: 4, gap: 5 }, {}],
  ['something was lost and something waits', 'gap', { ...waiting, accepted: 10, gap: 1 }, OPEN],
])('an hour where %s is %s', (_, state, facts, context) => {
  expect(hourState(factsOf(facts), { ...CLOSED, ...context })).toBe(state);
});

test('a receipt adds up exactly, or not; and is undecided where the log does not say', () => {
  const sides = { delivered: 4, pending: 3, setAside: 2, gap: 1 };
  expect(isReceiptBalanced({ accepted: 10, chunkRows: 10, ...sides })).toBe(true);
  expect(isReceiptBalanced({ accepted: 10, chunkRows: 9, ...sides })).toBe(false);
  expect(isReceiptBalanced({ accepted: 11, chunkRows: 11, ...sides })).toBe(false);
  expect(isReceiptBalanced({ accepted: null, chunkRows: null, ...sides })).toBeNull();
});
