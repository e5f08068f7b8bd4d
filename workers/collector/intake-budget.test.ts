import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IntakeBudget } from './intake-budget';

describe('the intake budget', () => {
  test('lets one workspace fill half of it, and not more, so that a newcomer finds room', () => {
    const budget = new IntakeBudget(1_000);
    expect(budget.take('a', 500)).toBe(true);
    expect(budget.take('a', 1)).toBe(false);
    expect(budget.take('b', 333)).toBe(true);
    expect(budget.take('b', 1)).toBe(false);
    expect(budget.bytesInUse).toBe(833);
  });

  test('lends more than a share while less than half is in use', () => {
    const budget = new IntakeBudget(1_000);
    budget.take('b', 10);
    expect(budget.take('a', 490)).toBe(true);
  });

  test('counts work that is already admitted, and takes nothing new beyond it', () => {
    const budget = new IntakeBudget(1_000);
    budget.add('a', 5_000);
    expect(budget.take('b', 1)).toBe(false);
    budget.release('a', 5_000);
    expect(budget.take('b', 1)).toBe(true);
  });

  test('never holds more than its capacity, and is empty when all is released', () => {
    const step = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 0, max: 400 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const budget = new IntakeBudget(1_000);
        const taken = steps.filter(([workspace, bytes]) => budget.take(workspace, bytes));
        expect(budget.bytesInUse).toBe(taken.reduce((sum, [, bytes]) => sum + bytes, 0));
        expect(budget.bytesInUse).toBeLessThanOrEqual(1_000);
        for (const [workspace, bytes] of taken) budget.release(workspace, bytes);
        expect(budget.bytesInUse).toBe(0);
        expect(budget.take('e', 500)).toBe(true);
      }),
    );
  });
});
