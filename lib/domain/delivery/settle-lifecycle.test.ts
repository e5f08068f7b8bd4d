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
] as const)('%s with %o settles on %s', (lifecycle, report, next) => {
  expect(settleLifecycle(lifecycle, report)).toBe(next);
});

test('what is not on its way is never moved', () => {
  const atRest = lifecycleSchema.options.filter(
    (lifecycle) => !['pausing', 'starting', 'resuming'].includes(lifecycle),
  );
  for (const lifecycle of atRest) {
    expect(settleLifecycle(lifecycle, { hasOpenAttempt: false, hasDelivered: true })).toBeNull();
  }
});
