import { expect, test } from 'vitest';
import { lifecycleSchema } from '@/lib/domain/routing/state';
import { settleLifecycle } from './settle-lifecycle';

test.each([
  ['pausing', { hasOpenAttempt: true, hasDelivered: true }, null],
  ['pausing', { hasOpenAttempt: false, hasDelivered: true }, 'paused'],
  ['starting', { hasOpenAttempt: true, hasDelivered: false }, null],
  ['starting', { hasOpenAttempt: false, hasDelivered: true }, 'active'],
  ['resuming', { hasOpenAttempt: false, hasDelivered: true }, 'active'],
  ['resuming', { hasOpenAttempt: false, hasDelivered: false }, 'starting'],
  ['draining', { hasOpenAttempt: false, hasDelivered: true, hasLeft: true }, null],
  ['draining', { hasOpenAttempt: true, hasDelivered: true }, null],
  ['draining', { hasOpenAttempt: false, hasDelivered: false }, 'disabled'],
] as const)('%s with %o settles on %s', (lifecycle, report, next) => {
  expect(settleLifecycle(lifecycle, { hasLeft: false, ...report })).toBe(next);
});

test('what is not on its way is never moved', () => {
  const atRest = lifecycleSchema.options.filter(
    (lifecycle) => !['pausing', 'starting', 'resuming', 'draining'].includes(lifecycle),
  );
  for (const lifecycle of atRest) {
    expect(
      settleLifecycle(lifecycle, { hasOpenAttempt: false, hasDelivered: true, hasLeft: false }),
    ).toBeNull();
  }
});
