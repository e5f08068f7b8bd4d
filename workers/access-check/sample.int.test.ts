import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dataTypeSchema } from '@/lib/domain/data-type';
import { readSample } from '@/lib/services/sample/read';
import { type CheckBench, createCheckBench } from '@/lib/testing/access-check';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { openDelivered } from '@/lib/testing/delivered-object';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';

let database: TestDatabase;
let store: TestObjectStore;
let bench: CheckBench;
let key: { accessKeyId: string; secretAccessKey: string };

beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 10 });
  store = await startTestObjectStore();
  bench = createCheckBench(database);
}, 120_000);
afterAll(async () => {
  bench.close();
  await store.close();
  await database.close();
});
beforeEach(async () => {
  store.control.faults.clear();
  key = await store.control.createKey();
});

async function makeRouting() {
  const routing = await bench.makeRouting({ ...store, ...key });
  const types = dataTypeSchema.options;
  await database.sql.query('UPDATE routing SET data_types = $2 WHERE id = $1', [routing.routingId, types]);
  return routing;
}

test('what is shown is what lies in the bucket: a real file of each data type, below our own folder', async () => {
  await store.control.deny({ action: 's3:DeleteObject', accessKeyId: key.accessKeyId });
  const routing = await makeRouting();
  expect((await bench.check(routing)).state).toBe('passed');
  const sample = await readSample(database.db, routing);
  expect(sample).toMatchObject({ bucket: store.bucket, removedAt: null });
  const files = sample?.files ?? [];
  expect(files.map(({ dataType }) => dataType)).toEqual(dataTypeSchema.options);
  const folder = `${routing.prefix}_sluice/check/`;
  expect((await store.listKeys(folder)).toSorted()).toEqual(files.map((file) => file.key).toSorted());
  for (const file of files) {
    const object = await store.getObject(file.key);
    expect(openDelivered(object, folder).faults).toEqual([]);
    expect(file.key.slice(folder.length)).toMatch(new RegExp(`^type=${file.dataType}/`));
    expect(file.bytes).toBe(object.body.length);
    expect(`${file.lines.join('\n')}\n`).toBe(gunzipSync(object.body).toString());
  }
});

test('a sample that was removed again is still shown, and says so', async () => {
  const routing = await makeRouting();
  expect((await bench.check(routing)).state).toBe('passed');
  expect(await store.listKeys(routing.prefix)).toEqual([]);
  const sample = await readSample(database.db, routing);
  expect(sample?.removedAt).toMatch(/Z$/);
  expect(sample?.files).toHaveLength(3);
});

test('nothing is shown of a check that has not passed', async () => {
  await store.control.deny({ action: 's3:GetObject', accessKeyId: key.accessKeyId });
  const routing = await makeRouting();
  expect((await bench.check(routing)).state).toBe('failed');
  expect(await readSample(database.db, routing)).toBeNull();
});

test('a data type that may not be written fails the check, and the others do not stay behind', async () => {
  const routing = await makeRouting();
  const folder = `${routing.prefix}_sluice/check/`;
  const denied = { bucket: store.bucket, prefix: `${folder}type=segment/` };
  await store.control.deny({ action: 's3:PutObject', accessKeyId: key.accessKeyId, ...denied });
  const view = await bench.check(routing);
  expect(view.rows.find(({ step }) => step === 'write')).toMatchObject({ cause: 'write_not_granted' });
  const puts = store.control.seenRequests.list({ operation: 'PutObject', accessKeyId: key.accessKeyId });
  expect(puts.map(({ status }) => status).toSorted()).toEqual([200, 200, 403]);
  expect(await store.listKeys(routing.prefix)).toEqual([]);
});
