import { expect, test } from 'vitest';
import type { OpenedCredential } from '@/lib/platform/object-store/object-store';
import type { SealedCredentialRow } from '@/lib/platform/secret-box/sealed-credential';
import { cacheOpened } from './cached-opener';

function row(credentialId: string): SealedCredentialRow {
  const sealed = Buffer.alloc(0);
  const place = { organizationId: 'o', routingId: 'r', version: 1 };
  return { ...place, credentialId, accessKeyIdSealed: sealed, secretAccessKeySealed: sealed };
}

function counting() {
  const opened: string[] = [];
  const open = cacheOpened(({ credentialId }) => {
    opened.push(credentialId);
    if (credentialId === 'altered') throw new Error('altered');
    return { accessKeyId: credentialId, secretAccessKey: 's' } as unknown as OpenedCredential;
  });
  return { open, opened };
}

test('each credential is opened once, and another one gets its own keys', () => {
  const { open, opened } = counting();
  expect(open(row('a')).accessKeyId).toBe('a');
  expect(open(row('a')).accessKeyId).toBe('a');
  expect(open(row('b')).accessKeyId).toBe('b');
  expect(opened).toEqual(['a', 'b']);
});

test('what cannot be opened is tried again', () => {
  const { open, opened } = counting();
  expect(() => open(row('altered'))).toThrow();
  expect(() => open(row('altered'))).toThrow();
  expect(opened).toHaveLength(2);
});

test('the least recently used goes when there are too many', () => {
  const { open, opened } = counting();
  for (let i = 0; i < 256; i += 1) open(row(`c${i}`));
  open(row('c0'));
  open(row('new'));
  open(row('c0'));
  expect(opened).toHaveLength(257);
  open(row('c1'));
  expect(opened).toHaveLength(258);
});
