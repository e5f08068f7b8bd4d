import { expect, test } from 'vitest';
import { lifecycleSchema } from '@/lib/domain/routing/state';
import { comparisonRefusal } from './refusal';

test('a routing is compared from its start until it is archived, which destroys its credentials', () => {
  const compared = lifecycleSchema.options.filter((lifecycle) => comparisonRefusal({ lifecycle }) === null);
  expect(compared).toEqual(['starting', 'active', 'pausing', 'paused', 'resuming', 'draining', 'disabled']);
  expect(comparisonRefusal({ lifecycle: 'archived' })).toContain('credentials are destroyed');
  expect(comparisonRefusal({ lifecycle: 'draft' })).toContain('not been started');
});
