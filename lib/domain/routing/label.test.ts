import { describe, expect, test } from 'vitest';
import {
  historyLabel,
  isUnstarted,
  LABEL_DISPLAY,
  type LabelFacts,
  type RoutingLabel,
  routingLabel,
} from './label';
import { healthSchema, lifecycleSchema } from './state';
import { stuckSince } from './stuck';
import { whoseMove } from './whose-move';

interface Row extends LabelFacts {
  readonly isStuck: boolean;
  readonly label: RoutingLabel;
}

const BOTH = [true, false];
/** Every lifecycle × health × measured or not × stuck or not. */
const PRODUCT: readonly Row[] = lifecycleSchema.options.flatMap((lifecycle) =>
  healthSchema.options.flatMap((health) =>
    BOTH.flatMap((isMeasured) =>
      BOTH.map((isStuck) => {
        const label = routingLabel({ lifecycle, health, isMeasured });
        return { lifecycle, health, isMeasured, isStuck, label };
      }),
    ),
  ),
);

const TRANSITIONAL = ['verifying', 'starting', 'pausing', 'resuming', 'draining'];
const AHEAD_OF_RUNNING = ['draft', 'awaiting_customer', 'verification_failed', 'verified'];

/** What is true of a row in the order in which it is said: the first that holds is the label. */
const PRECEDENCE: readonly (readonly [string, (row: LabelFacts) => boolean])[] = [
  ['archived', ({ lifecycle }) => lifecycle === 'archived'],
  ['disabled', ({ lifecycle }) => lifecycle === 'disabled'],
  ['lifecycle', ({ lifecycle }) => AHEAD_OF_RUNNING.includes(lifecycle)],
  [
    'lifecycle',
    ({ lifecycle, health }) =>
      TRANSITIONAL.includes(lifecycle) &&
      !(lifecycle === 'starting' && ['blocked', 'failing'].includes(health)),
  ],
  ['paused', ({ lifecycle }) => lifecycle === 'paused'],
  ['blocked', ({ health }) => health === 'blocked'],
  ['failing', ({ health }) => health === 'failing'],
  ['late', ({ health }) => health === 'late'],
  ['unknown', ({ health, isMeasured }) => health === 'unknown' || !isMeasured],
  ['idle', ({ health }) => health === 'idle'],
  ['delivering', ({ health }) => health === 'healthy'],
];

function onTime(row: Row, age: number) {
  const facts = {
    promiseSeconds: 300,
    pendingSince: new Date(0),
    inFlightUntil: null,
    lastFileAt: null,
    drainUntil: null,
    isOurMove: true,
  };
  return stuckSince({ ...facts, label: row.label, stateSince: new Date(0) }, new Date(age));
}

describe('every combination of lifecycle, health, measured and stuck', () => {
  test('is all there: thirteen, six, two and two', () => {
    expect(PRODUCT).toHaveLength(13 * 6 * 2 * 2);
  });

  test.each(PRODUCT)(
    '$lifecycle, $health, measured $isMeasured, stuck $isStuck: the first of the precedence that holds, $label',
    (row) => {
      const first = PRECEDENCE.find(([, holds]) => holds(row))?.[0];
      expect(row.label).toBe(first === 'lifecycle' ? row.lifecycle : first);
      const { word, icon, tone } = LABEL_DISPLAY[row.label];
      expect([word, icon, tone].every((part) => part !== '')).toBe(true);
      expect(whoseMove(row.label, null)).toBeTruthy();
      const since = onTime(row, row.isStuck ? 3_600_000 : 1_000);
      expect(since !== null).toBe(row.isStuck && TRANSITIONAL.includes(row.label));
      if (since !== null) expect(whoseMove(row.label, null)).toBe('us');
    },
  );

  test('is painted green only where somebody measures it to be fine, or has checked its access', () => {
    const green = PRODUCT.filter(({ label }) => LABEL_DISPLAY[label].tone === 'good');
    for (const { lifecycle, health, isMeasured } of green) {
      expect(lifecycle === 'verified' || (lifecycle === 'active' && health === 'healthy' && isMeasured)).toBe(
        true,
      );
    }
    expect(green.length).toBeGreaterThan(0);
  });

  test('is filled red for blocked alone', () => {
    const red = PRODUCT.filter(({ label }) => LABEL_DISPLAY[label].tone === 'bad-solid');
    expect(new Set(red.map(({ label }) => label))).toEqual(new Set(['blocked']));
  });
});

test('history is written by whoever knows: its label never reads unmeasured', () => {
  expect(historyLabel({ lifecycle: 'active', health: 'late' })).toBe('late');
  expect(historyLabel({ lifecycle: 'active', health: 'healthy' })).toBe('delivering');
});

test.each([
  ['draft', true],
  ['verification_failed', true],
  ['verified', true],
  ['starting', false],
  ['paused', false],
  ['active', false],
] as const)('a routing that is %s was never started: %s', (lifecycle, is) => {
  expect(isUnstarted(lifecycle)).toBe(is);
});

test('nobody has to move while it delivers, whatever was the matter before', () => {
  expect(whoseMove('delivering', 'access_denied')).toBe('nobody');
});
