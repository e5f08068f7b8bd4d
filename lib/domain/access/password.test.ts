import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { changePasswordSchema, isLikeEmail } from './password';

const refusal = (currentPassword: string, newPassword: string) => {
  const parsed = changePasswordSchema.safeParse({ currentPassword, newPassword, sessionId: randomUUID() });
  return parsed.success ? null : parsed.error.issues[0]?.message;
};

test('a new password has twelve characters or more, and is new', () => {
  expect(refusal('old', 'twelve chars')).toBeNull();
  expect(refusal('old', 'eleven char')).toContain('at least 12');
  expect(refusal('the same as ever', 'the same as ever')).toContain('current password');
  expect(refusal('', 'twelve chars')).toContain('Enter your current password');
  expect(refusal('old', 'x'.repeat(1_001))).toContain('at most');
});

test.each([
  ['mia.koch@sluice.example', true],
  ['Mia.Koch@Sluice.Example', true],
  ['miakoch sluice example', true],
  ['mia.koch@sluice.example!', true],
  ['mia.koch@sluice.example 7', false],
])('%s is like the e-mail: %s', (password, is) => {
  expect(isLikeEmail(password, 'mia.koch@sluice.example')).toBe(is);
});
