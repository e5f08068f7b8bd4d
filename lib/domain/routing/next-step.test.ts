import { describe, expect, test } from 'vitest';
import { type RoutingLabel, routingLabelSchema } from './label';
import { type NextStepFacts, nextStep, type StepReader } from './next-step';
import { whoseMove } from './whose-move';

const VENDOR: StepReader = { isCustomer: false };
const CUSTOMER: StepReader = { isCustomer: true };

function facts(label: RoutingLabel, cause: string | null = null): NextStepFacts {
  return { label, whoseMove: whoseMove(label, cause), stuckSince: null, pendingRows: 7, drainMs: null };
}

test.each(routingLabelSchema.options)(
  '%s has a next step for everybody, short enough for a column',
  (label) => {
    for (const reader of [VENDOR, CUSTOMER]) {
      for (const cause of [null, 'access_denied', 'SlowDown', 'conflict']) {
        const step = nextStep(facts(label, cause), reader);
        expect(step).toMatch(/^[A-Z][^.]{5,40}$/);
      }
    }
  },
);

describe('the next step', () => {
  test.each<[RoutingLabel, string | null, string, string]>([
    ['awaiting_customer', null, 'Waiting for customer', 'Enter access'],
    ['blocked', 'kms_access_denied', 'Waiting for customer', 'Give access back'],
    ['blocked', 'conflict', 'Look into it', 'We look into it'],
    ['verified', null, 'Confirm account', 'Confirm account'],
    ['draft', null, 'Check its access', 'Check its access'],
    ['failing', 'access_denied_unconfirmed', 'We try again by ourselves', 'We try again by ourselves'],
    ['failing', 'SlowDown', 'We try again by ourselves', 'We try again by ourselves'],
    ['unknown', null, 'Look at the workers', 'We look into it'],
    ['delivering', null, 'Nobody needs to act', 'Nobody needs to act'],
    ['paused', null, 'Resume it', 'Resume it'],
  ])('of %s because of %s is “%s” for us and “%s” for the customer', (label, cause, ours, theirs) => {
    expect(nextStep(facts(label, cause), VENDOR)).toBe(ours);
    expect(nextStep(facts(label, cause), CUSTOMER)).toBe(theirs);
  });

  test('of a late routing says how long it drains where that is known, never to the second', () => {
    expect(nextStep(facts('late'), VENDOR)).toBe('Drains by itself');
    expect(nextStep({ ...facts('late'), drainMs: 185_000 }, VENDOR)).toBe('Drains by itself, about 4 min');
    expect(nextStep({ ...facts('late'), drainMs: 12_000 }, VENDOR)).toBe('Drains by itself, about 20 s');
  });

  test('of a start waits for the first event, and of anything stuck for us', () => {
    expect(nextStep({ ...facts('starting'), pendingRows: 0 }, VENDOR)).toBe('Waiting for the first event');
    const stuck = { ...facts('pausing'), stuckSince: '2026-11-22T14:00:00.000Z' };
    expect(nextStep(stuck, VENDOR)).toBe('Look why it is stuck');
    expect(nextStep(stuck, CUSTOMER)).toBe('We look into it');
  });
});
