import { describe, expect, test } from 'vitest';
import { type ProgressFacts, stuckSince } from './stuck';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22) + seconds * 1_000);

const QUIET: ProgressFacts = {
  label: 'delivering',
  stateSince: at(0),
  promiseSeconds: 300,
  pendingSince: null,
  inFlightUntil: null,
  lastFileAt: null,
  drainUntil: null,
  isOurMove: true,
};

describe('a state on its way is stuck', () => {
  test.each<[string, Partial<ProgressFacts>, number]>([
    ['resuming for 15 s', { label: 'resuming' }, 15],
    ['pausing for 15 s with nothing in flight', { label: 'pausing' }, 15],
    ['pausing 15 s after the last PUT is given up', { label: 'pausing', inFlightUntil: at(286) }, 301],
    ['verifying for two minutes', { label: 'verifying' }, 120],
    ['starting a promise after the first event', { label: 'starting', pendingSince: at(40) }, 340],
    [
      'starting a promise after the start, where older events wait',
      { label: 'starting', pendingSince: at(-9e5) },
      300,
    ],
    ['draining 15 s after nothing was left', { label: 'draining' }, 15],
    [
      'draining a promise after its last file',
      { label: 'draining', pendingSince: at(-60), lastFileAt: at(1_000) },
      1_300,
    ],
    [
      'draining 15 s after its deadline',
      { label: 'draining', pendingSince: at(-60), lastFileAt: at(1_000), drainUntil: at(1_100) },
      1_115,
    ],
    [
      'draining 15 s after its deadline, while it waited for access',
      { label: 'draining', pendingSince: at(-60), drainUntil: at(9_000), isOurMove: false },
      9_015,
    ],
    [
      'draining 15 s after the last PUT of before its deadline is given up',
      { label: 'draining', pendingSince: at(0), drainUntil: at(10), inFlightUntil: at(60) },
      75,
    ],
  ])('when it is %s', (_, facts, seconds) => {
    const progress = { ...QUIET, ...facts };
    expect(stuckSince(progress, at(seconds))).toBeNull();
    expect(stuckSince(progress, at(seconds + 1))).toEqual(at(seconds));
    expect(stuckSince(progress, at(seconds + 3_600))).toEqual(at(seconds));
  });

  test('never while it starts without an event, nor at rest', () => {
    const later = at(1e7);
    expect(stuckSince({ ...QUIET, label: 'starting' }, later)).toBeNull();
    for (const label of ['delivering', 'paused', 'blocked', 'draft', 'awaiting_customer'] as const) {
      expect(stuckSince({ ...QUIET, label, pendingSince: at(0) }, later)).toBeNull();
    }
  });
});
