import { describe, expect, test } from 'vitest';
import { canTry, judgeCheck, stepsOfRound, stepsToRetry } from './judge-check';
import { nextTryMs } from './schedule';
import { type AccessKind, CHECK_STEPS, type CheckStep, STEP_RULES, stepsFor } from './step';
import type { CheckRowState } from './view';

function rowsOf(kind: AccessKind, states: Partial<Record<CheckStep, CheckRowState>>) {
  return stepsFor(kind).map((step) => ({ step, state: states[step] ?? ('passed' as const) }));
}

describe('the rows of a check', () => {
  test('a row needs only rows before it', () => {
    for (const step of CHECK_STEPS) {
      for (const needed of STEP_RULES[step].needs) {
        expect(CHECK_STEPS.indexOf(needed), `${step} needs ${needed}`).toBeLessThan(
          CHECK_STEPS.indexOf(step),
        );
      }
    }
  });

  test('keys have no row for the external id, and are not kept waiting by it', () => {
    expect(stepsFor('keys')).not.toContain('external_id');
    expect(canTry('write', rowsOf('keys', {}))).toBe(true);
    expect(canTry('write', rowsOf('role', { external_id: 'failed' }))).toBe(false);
  });

  test.each(CHECK_STEPS)('%s alone decides exactly when it is required', (step) => {
    const red = STEP_RULES[step].isRequired ? 'failed' : 'passed';
    for (const state of ['failed', 'skipped', 'waiting', 'warning'] as const) {
      expect(judgeCheck(rowsOf('role', { [step]: state }))).toBe(red);
    }
    expect(judgeCheck(rowsOf('role', {}))).toBe('passed');
  });
});

describe('another try', () => {
  const refused = rowsOf('keys', {
    write: 'failed',
    owner: 'skipped',
    same_key: 'skipped',
    read: 'skipped',
    encryption: 'skipped',
    read_back: 'skipped',
    not_public: 'skipped',
    clean_up: 'skipped',
    list: 'warning',
  });

  test('of the row that failed takes along what waited for it, and nothing that passed', () => {
    expect(stepsToRetry('write', { rows: refused, hasTestFile: false, kind: 'keys' })).toEqual([
      'write',
      'owner',
      'same_key',
      'read',
      'encryption',
      'read_back',
      'not_public',
      'clean_up',
    ]);
  });

  test('of a look at the test file writes one when there is none any more', () => {
    const rows = rowsOf('keys', { read_back: 'warning' });
    const gone = { rows, hasTestFile: false, kind: 'keys' } as const;
    expect(stepsToRetry('read_back', gone)).toEqual(['write', 'read_back', 'clean_up']);
    expect(stepsToRetry('read_back', { ...gone, hasTestFile: true })).toEqual(['read_back']);
  });

  test('by itself is for required rows only', () => {
    const facts = { hasTestFile: false, kind: 'keys' } as const;
    expect(stepsOfRound({ ...facts, rows: refused })).not.toContain('list');
    expect(stepsOfRound({ ...facts, rows: refused })).toContain('write');
    expect(stepsOfRound({ ...facts, rows: rowsOf('keys', { list: 'warning' }) })).toEqual([]);
  });

  test('comes every 10 s for 10 min after a fix was copied, every 60 s for a day, then no more', () => {
    expect(nextTryMs(0)).toBe(10_000);
    expect(nextTryMs(10 * 60_000 - 1)).toBe(10_000);
    expect(nextTryMs(10 * 60_000)).toBe(60_000);
    expect(nextTryMs(24 * 60 * 60_000 - 1)).toBe(60_000);
    expect(nextTryMs(24 * 60 * 60_000)).toBeNull();
  });
});
