import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password';

test('only the password that was hashed verifies, and two hashes of it differ', async () => {
  const [first, second] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
  expect(first).toMatch(/^\$argon2id\$/);
  expect(first).not.toBe(second);
  expect(await verifyPassword(first, 'correct horse')).toBe(true);
  expect(await verifyPassword(first, 'wrong horse')).toBe(false);
});

test('an account that does not exist never verifies, not even with the decoy password', async () => {
  expect(await verifyPassword(null, 'no such account')).toBe(false);
});
