import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CrashSite, openCrashSite } from './crash-site';
import { startTestObjectStore, type TestObjectStore } from './object-store';
import { checkDelivered, type OracleInput } from './oracle';

let store: TestObjectStore;
let site: CrashSite;
let ids: string[];
let keys: string[];
beforeAll(async () => {
  store = await startTestObjectStore();
  site = await openCrashSite(store);
  await site.feed('oracle');
  await site.catchUp();
  keys = await store.listKeys(site.routing.prefix);
  const verdict = await site.verdict();
  expect(verdict).toMatchObject({ holds: true, acked: 12, delivered: 12, files: keys.length, faults: [] });
  ids = [0, 1, 2].flatMap((hour) => [0, 1, 2, 3].map((n) => `oracle-1-h${hour}-${n}`));
});
afterAll(async () => {
  await site.close();
  await store.close();
});

const judge = async (change: Partial<OracleInput> = {}) =>
  checkDelivered({
    client: store.client,
    bucket: store.bucket,
    prefix: site.routing.prefix,
    sql: site.database.sql,
    acked: ids,
    writes: await store.countWrites(),
    ...change,
  });

test('it holds when every acknowledged line is there once; others may be there or not', async () => {
  expect(await judge()).toMatchObject({ holds: true, sent: 12, delivered: 12 });
  const [first = '', ...rest] = ids;
  expect(await judge({ acked: rest, unacked: [first, 'never-stored'] })).toMatchObject({
    holds: true,
    sent: 13,
  });
});

test('it sees a line that is missing, one that nobody sent, and one that was set aside and is there', async () => {
  expect(await judge({ acked: [...ids, 'lost'] })).toMatchObject({ holds: false, missing: 1, foreign: 0 });
  expect(await judge({ acked: ids.slice(1) })).toMatchObject({ holds: false, missing: 0, foreign: 1 });
  expect(await judge({ setAside: ids.slice(0, 1) })).toMatchObject({ holds: false, missing: 0, foreign: 1 });
});

test('it sees the lines of a file that lies there twice', async () => {
  const [key = ''] = keys;
  const copy = key.replace(/-[0-9a-f]{12}-/, '-111111111111-');
  const { body, metadata } = await store.getObject(key);
  const again = { Bucket: store.bucket, Key: copy, Body: body, Metadata: { ...metadata } };
  await store.client.send(new PutObjectCommand({ ...again, ContentType: 'application/gzip' }));
  expect(await judge()).toMatchObject({ holds: false, duplicates: 4, missing: 0, foreign: 0, broken: 1 });
  await store.deleteObject(copy);
});

test('it sees an object beside ours, one that somebody changed, and one that is gone', async () => {
  const [key = ''] = keys;
  const copy = key.replace(/-[0-9a-f]{12}-/, '-000000000000-');
  const original = await store.getObject(key);
  await store.control.putForeignObject({ bucket: store.bucket, key: copy, text: 'not even gzip' });
  expect(await judge()).toMatchObject({ holds: false, duplicates: 0, broken: 1 });
  await store.deleteObject(copy);
  expect(await judge()).toMatchObject({ holds: true });
  await store.control.putForeignObject({ bucket: store.bucket, key, metadata: { ...original.metadata } });
  expect(await judge()).toMatchObject({ holds: false, missing: 4, broken: 1 });
  await store.deleteObject(key);
  expect(await judge()).toMatchObject({ holds: false, missing: 4, broken: 1 });
});
