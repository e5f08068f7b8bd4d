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
  const open = cacheOpened(async ({ credentialId }) => {
    opened.push(credentialId);
    if (credentialId === 'altered') throw new Error('altered');
    return { accessKeyId: credentialId, secretAccessKey: 's' } as unknown as OpenedCredential;
  });
  return { open, opened };
}

test('each credential is opened once, and another one gets its own keys', async () => {
  const { open, opened } = counting();
  expect((await open(row('a'))).accessKeyId).toBe('a');
  expect((await open(row('a'))).accessKeyId).toBe('a');
  expect((await open(row('b'))).accessKeyId).toBe('b');
  expect(opened).toEqual(['a', 'b']);
});

test('what cannot be opened is tried again', async () => {
  const { open, opened } = counting();
  await expect(open(row('altered'))).rejects.toThrow('altered');
  await expect(open(row('altered'))).rejects.toThrow('altered');
  expect(opened).toHaveLength(2);
});

test('the least recently used goes when there are too many', async () => {
  const { open, opened } = counting();
  for (let i = 0; i < 256; i += 1) await open(row(`c${i}`));
  await open(row('c0'));
  await open(row('new'));
  await open(row('c0'));
  expect(opened).toHaveLength(257);
  await open(row('c1'));
  expect(opened).toHaveLength(258);
});
