import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataTypeSchema } from '@/lib/domain/data-type';
import { type CollectorSuite, collect, createCollectorSuite } from '@/lib/testing/collector';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { createTestRouting } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker } from '@/lib/testing/worker';
import { duckdbTexts } from './duckdb';

const USER = '6f9619ff-8b86-4011-b42d-00c04fc964ff';
const EVENTS = [
  { name: 'Pageview', segments: [7, 9], properties: { client: { domain: 'aurora.example' } } },
  { name: 'Pageview', segments: [7], properties: { client: { domain: "o'hara.example" } } },
  { name: 'SlotClicked', properties: {} },
].map((event) => ({ user_id: USER, ...event }));
const SEGMENTS = [7, 9].map((number) => ({
  number,
  id: `segment-${number}`,
  name: `Segment ${number}`,
  tags: ['a'],
  state: 'enabled',
  created_at: '2026-01-01T00:00:00.000Z',
  last_updated_at: '2026-01-02T00:00:00.000Z',
}));

let suite: CollectorSuite;
let store: TestObjectStore;
let directory: string;
let duckdb: DuckDBConnection;
let day: string;
const queries = new Map<string, string>();

beforeAll(async () => {
  suite = await createCollectorSuite();
  store = await startTestObjectStore();
  directory = mkdtempSync(path.join(tmpdir(), 'sluice-duckdb-'));
  const prefix = "it's/";
  await createTestRouting({
    sql: suite.sql,
    store,
    tenant: suite.tenant,
    dataTypes: dataTypeSchema.options,
    prefix,
  });
  await produce();
  await deliver(prefix);
  duckdb = await (await DuckDBInstance.create(':memory:')).connect();
}, 60_000);

afterAll(async () => {
  duckdb.closeSync();
  rmSync(directory, { recursive: true, force: true });
  await store.close();
  await suite.close();
});

async function produce(): Promise<void> {
  const collector = await suite.startCollector();
  const headers = { 'x-api-key': suite.serverKey, 'content-type': 'application/json' };
  const send = async (call: string, body: unknown, method = 'POST') => {
    const answer = await collect(collector, call, { method, headers, body: JSON.stringify(body) });
    expect(answer.status, answer.text).toBe(200);
  };
  // One request has one time of receipt: its lines share an hour, whenever the test runs.
  await send('/v2.0/batch/events', EVENTS);
  const alias = (id: string, priority: number | null) => ({ tag: 'crm', id, priority });
  await send('/v2.0/identify', { user_id: USER, aliases: [alias('second', 2), alias('first', 1)] });
  await send('/v2.0/segments', SEGMENTS.slice(0, 1), 'PUT');
  await send('/v2.0/segments', SEGMENTS, 'PUT');
}

/** Lets a real worker write the files, and copies them as a reader of the bucket sees them. */
async function deliver(prefix: string): Promise<void> {
  const worker = await startTestWorker({ database: suite.database, workerId: 'w1' });
  const isThere = (keys: readonly string[], type: string) =>
    keys.some((key) => key.startsWith(`${prefix}type=${type}/`));
  await waitUntil('a file of every type', async () => {
    const keys = await store.listKeys();
    return dataTypeSchema.options.every((type) => isThere(keys, type));
  });
  await worker.stop();
  for (const key of await store.listKeys(`${prefix}type=`)) {
    const file = path.join(directory, key);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, (await store.getObject(key)).body);
    const parts = /year=(\d+)\/month=(\d+)\/day=(\d+)/.exec(key);
    if (parts !== null && key.includes('type=events')) day = parts.slice(1).join('-');
  }
  const { setUp, texts } = duckdbTexts({
    bucket: 'BUCKET',
    prefix,
    region: 'eu-west-1',
    dataTypes: dataTypeSchema.options,
    sinceYear: 2026,
  });
  expect(setUp.text).toContain("REGION 'eu-west-1'");
  for (const { title, text } of texts) queries.set(title, text);
}

/** Runs a text as it is shown, on the copied files instead of the bucket and on the day that was written. */
async function run(title: string) {
  const text = queries.get(title);
  expect(text, title).toBeDefined();
  const local = text!
    .replaceAll('s3://BUCKET/', `${directory}/`)
    .replaceAll("(now() AT TIME ZONE 'UTC')::DATE", `DATE '${day}'`);
  return (await duckdb.runAndReadAll(local)).getRowsJson();
}

describe('the DuckDB texts, on files that a worker wrote', () => {
  test('make views over every data type', async () => {
    await run('Views');
    const events = (
      await duckdb.runAndReadAll('SELECT name, user_id, hour FROM sluice_events')
    ).getRowsJson();
    expect(events.map(([name, user]) => [name, user])).toEqual(EVENTS.map(({ name }) => [name, USER]));
  });

  test('count events by hour and name', async () => {
    expect((await run('Events of today by hour and name')).map(([, ...row]) => row)).toEqual([
      ['Pageview', '2'],
      ['SlotClicked', '1'],
    ]);
  });

  test('show that no event is there twice', async () => {
    expect(await run('Nothing twice: every event id once')).toEqual([['3', '3']]);
  });

  test('reach into properties', async () => {
    const rows = await run('Out of properties: events by domain');
    expect(rows.map(([domain, count]) => [domain, count]).sort()).toEqual(
      [
        [null, '1'],
        ['aurora.example', '1'],
        ["o'hara.example", '1'],
      ].sort(),
    );
  });

  test('join the newest segments only', async () => {
    expect(await run('Events by segment')).toEqual([
      ['7', 'Segment 7', '2'],
      ['9', 'Segment 9', '1'],
    ]);
  });

  test('choose the alias of the lowest priority', async () => {
    expect(await run('The best alias of each user and tag')).toEqual([[USER, 'crm', 'first']]);
  });

  test('are understood as they stand, with the date of the day', async () => {
    const text = queries.get('Nothing twice: every event id once')!;
    expect((await duckdb.runAndReadAll(text)).getRowsJson()).toHaveLength(1);
  });
});
