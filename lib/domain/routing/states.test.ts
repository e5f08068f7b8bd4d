import { describe, expect, test } from 'vitest';
import { type Lifecycle, lifecycleSchema } from './state';
import { type EndingWish, planTransition, type RoutingWish } from './transition';
import { whoseMove } from './whose-move';

describe('whose move it is', () => {
  test.each([
    ['blocked', 'access_denied', 'customer'],
    ['blocked', 'kms_key_disabled', 'customer'],
    ['failing', 'access_denied', 'customer'],
    ['failing', 'SlowDown', 'aws'],
    ['blocked', 'unlisted_answer_418', 'us'],
    ['blocked', 'credential_unreadable', 'us'],
    ['late', null, 'us'],
    ['delivering', 'access_denied', 'nobody'],
    ['paused', 'access_denied', 'whoever_paused'],
  ] as const)('%s because of %s: %s', (label, cause, mover) => {
    expect(whoseMove(label, cause)).toBe(mover);
  });
});

const STARTED: readonly Lifecycle[] = ['starting', 'active', 'pausing', 'paused', 'resuming'];

describe('a wish', () => {
  const allowed: Record<RoutingWish | EndingWish, readonly Lifecycle[]> = {
    start: ['draft', 'verified', 'paused'],
    pause: ['starting', 'active', 'resuming'],
    resume: ['pausing', 'paused'],
    drain: STARTED,
    discard: [...STARTED, 'draining'],
    archive: ['draft', 'awaiting_customer', 'verifying', 'verified', 'verification_failed', 'disabled'],
  };
  const leadsTo = {
    start: ['starting', 'run'],
    pause: ['pausing', 'pause'],
    resume: ['resuming', 'run'],
    drain: ['draining', 'disable'],
    discard: ['draining', 'disable'],
    archive: ['archived', 'disable'],
  } as const;

  test.each(['start', 'pause', 'resume', 'drain', 'discard', 'archive'] as const)(
    'to %s is carried out from its lifecycles only',
    (wish) => {
      for (const lifecycle of lifecycleSchema.options) {
        const plan = planTransition(lifecycle, wish);
        expect(plan.kind, lifecycle).toBe(allowed[wish].includes(lifecycle) ? 'go' : 'refused');
        if (plan.kind === 'go') expect([plan.lifecycle, plan.intent]).toEqual(leadsTo[wish]);
        else expect(plan.sentence).toMatch(/^This routing (?:is|has) .+\.$/);
      }
    },
  );

  test('that is fulfilled already is a conflict which says so', () => {
    expect(planTransition('paused', 'pause')).toMatchObject({ kind: 'refused', code: 'CONFLICT' });
    expect(planTransition('active', 'start')).toMatchObject({ kind: 'refused', code: 'CONFLICT' });
    expect(planTransition('draining', 'drain')).toMatchObject({ kind: 'refused', code: 'CONFLICT' });
    expect(planTransition('archived', 'archive')).toMatchObject({ kind: 'refused', code: 'CONFLICT' });
    expect(planTransition('active', 'resume')).toMatchObject({ kind: 'refused', code: 'CONFLICT' });
  });

  test('that makes no sense yet is a precondition', () => {
    expect(planTransition('draft', 'pause')).toMatchObject({ kind: 'refused', code: 'PRECONDITION' });
    expect(planTransition('draft', 'drain')).toMatchObject({ kind: 'refused', code: 'PRECONDITION' });
    expect(planTransition('active', 'archive')).toMatchObject({ kind: 'refused', code: 'PRECONDITION' });
    expect(planTransition('draining', 'archive')).toMatchObject({ kind: 'refused', code: 'PRECONDITION' });
    expect(planTransition('archived', 'start')).toMatchObject({ kind: 'refused', code: 'PRECONDITION' });
  });
});
