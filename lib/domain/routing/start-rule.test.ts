import { describe, expect, test } from 'vitest';
import { startsFrom } from './start-rule';
import { lifecycleSchema } from './state';

const ASKED = { isVerified: false, withoutCheck: false };

describe('a start', () => {
  test.each(['draft', 'verifying', 'verification_failed'] as const)(
    'from %s waits for a check',
    (lifecycle) => {
      expect(() => startsFrom(lifecycle, ASKED)).toThrow(/check/);
      expect(startsFrom(lifecycle, { ...ASKED, withoutCheck: true })).toBe('verified');
    },
  );

  test('of a draft whose destination was proven needs no other check', () => {
    expect(startsFrom('draft', { ...ASKED, isVerified: true })).toBe('verified');
    expect(() => startsFrom('verification_failed', { ...ASKED, isVerified: true })).toThrow();
  });

  test('from everywhere else is none of the check’s business', () => {
    const checked = ['draft', 'verifying', 'verification_failed'];
    for (const lifecycle of lifecycleSchema.options.filter((one) => !checked.includes(one))) {
      expect(startsFrom(lifecycle, ASKED)).toBe(lifecycle);
    }
  });
});
