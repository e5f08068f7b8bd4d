import { expect, test } from 'vitest';
import { ManualClock } from '@/lib/platform/clock';
import { createLogger } from '@/lib/platform/logger';
import type { CollectionKey } from '@/lib/services/collection/find-collection-key';
import { KeyCache } from './key-cache';

const KEY: CollectionKey = {
  id: 'k',
  kind: 'server',
  organizationId: 'o',
  workspaceId: 'w',
  aliasNamespace: 'n',
  undeliveredBytesMax: 1,
  undeliveredBytes: 0,
};

function createCache() {
  const clock = new ManualClock(0);
  const state: { found: CollectionKey | null; error: Error | null; finds: number } = {
    found: KEY,
    error: null,
    finds: 0,
  };
  const find = async () => {
    state.finds += 1;
    if (state.error !== null) throw state.error;
    return state.found;
  };
  const logger = createLogger('test', 'silent');
  return { clock, state, cache: new KeyCache({ find, clock, logger, refreshMs: 2_000, ttlMs: 5_000 }) };
}

test('a key is asked for once by many requests at the same time', async () => {
  const { cache, state } = createCache();
  expect(await Promise.all([cache.get('a'), cache.get('a'), cache.get('a')])).toEqual([KEY, KEY, KEY]);
  expect(state.finds).toBe(1);
});

test('a key in use is looked up again in the background, and a revocation seen there bites at once', async () => {
  const { cache, state, clock } = createCache();
  await cache.get('a');
  state.found = null;
  clock.advance(2_000);
  expect(await cache.get('a')).toBe(KEY);
  await new Promise(setImmediate);
  expect([await cache.get('a'), state.finds]).toEqual([null, 2]);
});

test('a key that was not looked up within the ttl is not trusted', async () => {
  const { cache, state, clock } = createCache();
  await cache.get('a');
  state.found = null;
  clock.advance(5_000);
  expect(await cache.get('a')).toBeNull();
});

test('while the database is away a key lives until its ttl and then fails loudly', async () => {
  const { cache, state, clock } = createCache();
  await cache.get('a');
  state.error = new Error('down');
  clock.advance(3_000);
  expect(await cache.get('a')).toBe(KEY);
  clock.advance(2_000);
  await expect(cache.get('a')).rejects.toThrow('down');
});

test('an unknown key is remembered as unknown, and found soon after it is made', async () => {
  const { cache, state, clock } = createCache();
  state.found = null;
  expect([await cache.get('a'), await cache.get('a'), state.finds]).toEqual([null, null, 1]);
  state.found = KEY;
  clock.advance(5_000);
  expect(await cache.get('a')).toBe(KEY);
});

test('whoever guesses keys pushes none in use out of memory', async () => {
  const { cache, state } = createCache();
  await cache.get('in use');
  state.found = null;
  for (let guess = 0; guess < 20_100; guess += 1) await cache.get(`guess ${guess}`);
  expect(await cache.get('in use')).toBe(KEY);
  expect(state.finds).toBe(20_101);
});

test('of many guesses at once a bounded number reaches the database, and a key in use does not wait for them', async () => {
  const { cache, state } = createCache();
  await cache.get('in use');
  state.found = null;
  const guesses = Array.from({ length: 1_000 }, (_, guess) => cache.get(`guess ${guess}`));
  const inUse = cache.get('in use');
  const results = await Promise.allSettled(guesses);
  expect(state.finds).toBe(1 + 200);
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(800);
  expect(await inUse).toBe(KEY);
});
