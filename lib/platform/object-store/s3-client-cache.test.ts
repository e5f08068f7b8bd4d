import { expect, test } from 'vitest';
import type { ObjectAccess, OpenedCredential } from './object-store';
import { S3ClientCache } from './s3-client-cache';

const PLACE = { endpoint: '', bucket: 'b', key: 'k' };

function access(accessKeyId: string, region = 'eu-west-1'): ObjectAccess {
  const credential = { accessKeyId, secretAccessKey: 's' } as unknown as OpenedCredential;
  return { region, credential, kmsKeyArn: null };
}

function openCache() {
  let made = 0;
  const cache = new S3ClientCache(() => {
    made += 1;
  });
  const use = (who: ObjectAccess) => cache.use(PLACE, who, async () => undefined);
  return { cache, use, made: () => made };
}

test('one client serves an endpoint, region and credential; a rotated secret gets its own', async () => {
  const { cache, use, made } = openCache();
  await use(access('a'));
  await use(access('a'));
  expect(made()).toBe(1);
  await use(access('a', 'eu-west-2'));
  await use(access('b'));
  const rotated = { accessKeyId: 'a', secretAccessKey: 't' } as unknown as OpenedCredential;
  await use({ ...access('a'), credential: rotated });
  expect(made()).toBe(4);
  cache.close();
});

test('the least recently used client goes first, and never more than 64 are kept', async () => {
  const { cache, use, made } = openCache();
  for (let i = 0; i < 64; i += 1) await use(access(`key-${i}`));
  await use(access('key-0'));
  await use(access('key-64'));
  expect(made()).toBe(65);
  await use(access('key-0'));
  expect(made()).toBe(65);
  await use(access('key-1'));
  expect(made()).toBe(66);
  cache.close();
});

test('a client that is evicted while in use stays open until it is done', async () => {
  const { cache, use } = openCache();
  let isDestroyed = false;
  await cache.use(PLACE, access('busy'), async (client) => {
    const destroy = client.destroy.bind(client);
    client.destroy = () => {
      isDestroyed = true;
      destroy();
    };
    for (let i = 0; i < 64; i += 1) await use(access(`key-${i}`));
    expect(isDestroyed).toBe(false);
  });
  expect(isDestroyed).toBe(true);
  cache.close();
});
