import { describe, expect, test } from 'vitest';
import { CLEAN_LOOKS_TO_CLEAR, judgeWatch, LATE_AFTER_MS, type WatchFacts } from './judge-watch';
import { lateCause } from './late-cause';

const FINE: WatchFacts = {
  isActive: true,
  health: 'healthy',
  cause: null,
  isOverPromise: false,
  overPromiseForMs: null,
  cleanLooks: 0,
  hasPending: true,
  isQuiet: false,
  isHeld: false,
  isFailing: false,
  tries: { failed: 0, ended: 0 },
  lateCause: 'behind',
};
const LATE: WatchFacts = {
  ...FINE,
  health: 'late',
  cause: 'SlowDown',
  isOverPromise: true,
  overPromiseForMs: LATE_AFTER_MS,
};

describe('late', () => {
  test('begins after two minutes over the promise, with the cause of the last look', () => {
    const over = { ...FINE, isOverPromise: true, lateCause: 'SlowDown' };
    expect(judgeWatch(over)).toMatchObject({ health: 'healthy', isOverPromise: true });
    expect(judgeWatch({ ...over, overPromiseForMs: LATE_AFTER_MS - 1 })).toMatchObject({ health: 'healthy' });
    expect(judgeWatch({ ...over, overPromiseForMs: LATE_AFTER_MS })).toMatchObject({
      health: 'late',
      cause: 'SlowDown',
    });
  });

  test('does not begin when a look in between was clean', () => {
    const clean = judgeWatch({ ...FINE, overPromiseForMs: LATE_AFTER_MS - 1 });
    expect(clean).toEqual({ health: 'healthy', cause: null, isOverPromise: false, cleanLooks: 0 });
  });

  test('ends with the third clean look in a row, and keeps its cause until then', () => {
    let facts: WatchFacts = { ...LATE, isOverPromise: false };
    for (let look = 1; look < CLEAN_LOOKS_TO_CLEAR; look += 1) {
      const verdict = judgeWatch(facts);
      expect(verdict).toEqual({ health: 'late', cause: 'SlowDown', isOverPromise: true, cleanLooks: look });
      facts = { ...facts, ...verdict, isOverPromise: false };
    }
    expect(judgeWatch(facts)).toEqual({
      health: 'healthy',
      cause: null,
      isOverPromise: false,
      cleanLooks: 0,
    });
    expect(judgeWatch({ ...facts, isOverPromise: true })).toMatchObject({ health: 'late', cleanLooks: 0 });
  });

  test('says anew why, for as long as it is over the promise', () => {
    expect(judgeWatch({ ...LATE, lateCause: 'behind' })).toMatchObject({ health: 'late', cause: 'behind' });
  });

  test('of which nobody knows since when any more ends with one clean look', () => {
    const verdict = judgeWatch({ ...LATE, isOverPromise: false, overPromiseForMs: null });
    expect(verdict).toMatchObject({ health: 'healthy', isOverPromise: false });
  });
});

describe('blocked and failing', () => {
  test.each(['blocked', 'failing'] as const)('%s stays, however late or quiet it is', (health) => {
    const facts = { ...LATE, health, cause: 'access_denied', isQuiet: true, isFailing: true };
    expect(judgeWatch(facts)).toMatchObject({ health, cause: 'access_denied', isOverPromise: true });
    expect(judgeWatch({ ...facts, isOverPromise: false, hasPending: false })).toMatchObject({ health });
  });

  test('failing ends once its tries have left the window, and not while anything still fails', () => {
    const failing = { ...FINE, health: 'failing', cause: 'SlowDown' } as const;
    const well = { tries: { failed: 3, ended: 10 } };
    expect(judgeWatch({ ...failing, ...well })).toMatchObject({ health: 'healthy', cause: null });
    expect(judgeWatch({ ...failing, hasPending: false }).health).toBe('healthy');
    expect(judgeWatch(failing).health).toBe('failing');
    expect(judgeWatch({ ...failing, tries: { failed: 3, ended: 9 } }).health).toBe('failing');
    expect(judgeWatch({ ...failing, ...well, isFailing: true }).health).toBe('failing');
    expect(judgeWatch({ ...failing, ...well, isHeld: true }).health).toBe('failing');
  });

  test('over missing chunks ends once no lane is held any more, and not before', () => {
    const gone = { ...FINE, health: 'blocked', cause: 'chunk_missing', hasPending: false } as const;
    expect(judgeWatch(gone)).toMatchObject({ health: 'healthy', cause: null });
    expect(judgeWatch({ ...gone, isHeld: true })).toMatchObject({ health: 'blocked' });
    expect(judgeWatch({ ...gone, isActive: false })).toMatchObject({ health: 'unknown' });
    expect(judgeWatch({ ...gone, hasPending: true }).health).not.toBe('blocked');
  });

  test('over anything else that was held ends with the last of it, and access is proven by nothing of the kind', () => {
    const gone = { ...FINE, health: 'blocked', hasPending: false } as const;
    for (const cause of ['conflict', 'chunk_corrupt', 'unlisted_answer_418', 'checksum_refused']) {
      expect(judgeWatch({ ...gone, cause })).toMatchObject({ health: 'healthy', cause: null });
      expect(judgeWatch({ ...gone, cause, hasPending: true })).toMatchObject({ health: 'blocked' });
      expect(judgeWatch({ ...gone, cause, isHeld: true })).toMatchObject({ health: 'blocked' });
    }
    expect(judgeWatch({ ...gone, cause: 'access_denied' })).toMatchObject({ health: 'blocked' });
  });
});

describe('idle', () => {
  test('is healthy or unmeasured, with nothing pending and no event for long', () => {
    for (const health of ['healthy', 'unknown', 'idle'] as const) {
      const quiet = { ...FINE, health, hasPending: false, isQuiet: true };
      expect(judgeWatch(quiet)).toMatchObject({ health: 'idle', cause: null });
    }
  });

  test('stays until a confirmed PUT or the promise says otherwise', () => {
    const idle = { ...FINE, health: 'idle' } as const;
    expect(judgeWatch(idle).health).toBe('idle');
    expect(judgeWatch({ ...idle, hasPending: false }).health).toBe('idle');
    expect(judgeWatch({ ...idle, isOverPromise: true, overPromiseForMs: LATE_AFTER_MS }).health).toBe('late');
  });

  test('is not what has events on their way', () => {
    expect(judgeWatch({ ...FINE, isQuiet: true }).health).toBe('healthy');
  });
});

test('what does not run is not late, and counts anew', () => {
  expect(judgeWatch({ ...LATE, isActive: false })).toEqual({
    health: 'healthy',
    cause: null,
    isOverPromise: false,
    cleanLooks: 0,
  });
  const blocked = { ...LATE, isActive: false, health: 'blocked', cause: 'access_denied' } as const;
  expect(judgeWatch(blocked)).toMatchObject({ health: 'blocked', cause: 'access_denied' });
});

test.each([
  ['nothing failed', null, true, 'behind'],
  ['the store throttles', { code: 'SlowDown', httpStatus: 503, tries: 3 }, false, 'SlowDown'],
  [
    'two tries failed and the newest did not',
    { code: 'SlowDown', httpStatus: 503, tries: 2 },
    false,
    'behind',
  ],
  ['the newest try failed', { code: 'ECONNRESET', httpStatus: null, tries: 1 }, true, 'ECONNRESET'],
  ['a refusal is confirmed', { code: 'AccessDenied', httpStatus: 403, tries: 3 }, true, 'access_denied'],
] as const)('it is late because %s', (_, fault, isFailing, cause) => {
  expect(lateCause(fault, isFailing)).toBe(cause);
});
