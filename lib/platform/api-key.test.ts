import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { apiKeyKind, generateApiKey, hashApiKey } from './api-key';

test('a generated key names its kind and carries 32 base62 characters', () => {
  expect(generateApiKey('browser')).toMatch(/^slk_browser_[0-9A-Za-z]{32}$/);
  expect(generateApiKey('server')).toMatch(/^slk_server_[0-9A-Za-z]{32}$/);
});

test('two keys are never the same', () => {
  const keys = Array.from({ length: 200 }, () => generateApiKey('server'));
  expect(new Set(keys).size).toBe(keys.length);
});

test('the hash is SHA-256 of the whole key text', () => {
  const key = generateApiKey('browser');
  expect(hashApiKey(key)).toEqual(createHash('sha256').update(key).digest());
});

test('a text that cannot be a key has no kind', () => {
  expect(apiKeyKind(generateApiKey('server'))).toBe('server');
  for (const text of ['', 'slk_server_', 'slk_admin_0123456789abcdef0123456789abcdef', 'x'.repeat(5_000)])
    expect(apiKeyKind(text)).toBeNull();
});
