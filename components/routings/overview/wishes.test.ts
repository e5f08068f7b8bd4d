import { describe, expect, it } from 'vitest';
import { lifecycleSchema } from '@/lib/domain/routing/state';
import { planTransition } from '@/lib/domain/routing/transition';
import { offeredWish } from './wishes';

describe('offeredWish', () => {
  it('offers nothing that the state machine would refuse', () => {
    for (const lifecycle of lifecycleSchema.options) {
      const wish = offeredWish(lifecycle);
      if (wish !== null) expect([lifecycle, planTransition(lifecycle, wish).kind]).toEqual([lifecycle, 'go']);
    }
  });

  it('offers to start what passed its check, to pause what runs and to resume what is paused', () => {
    expect(offeredWish('draft')).toBeNull();
    expect(offeredWish('active')).toBe('pause');
    expect(offeredWish('paused')).toBe('resume');
    expect(offeredWish('archived')).toBeNull();
  });
});
