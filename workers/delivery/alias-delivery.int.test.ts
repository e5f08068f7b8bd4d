import { afterAll, beforeAll, expect, test } from 'vitest';
import { syncAliasLineSchema } from '@/lib/domain/event/event-lines';
import { type CollectorSuite, collect, createCollectorSuite } from '@/lib/testing/collector';
import { readDelivered } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { createTestRouting } from '@/lib/testing/routing';
import { startTestWorker, type TestWorker } from '@/lib/testing/worker';
import type { Collector } from '@/workers/collector/collector';

const USER = '2008c38f-dece-4570-976d-87593ed001c3';
const FIELDS = ['time', 'workspace_id', 'user_id', 'tag', 'id', 'priority', 'event_id'];

let suite: CollectorSuite;
let store: TestObjectStore;
let collector: Collector;
let worker: TestWorker;
beforeAll(async () => {
  suite = await createCollectorSuite();
  store = await startTestObjectStore();
  collector = await suite.startCollector();
  worker = await startTestWorker({ database: suite.database, workerId: 'w1' });
});
afterAll(async () => {
  await worker.stop();
  await store.close();
  await suite.close();
});

function post(call: string, body: object) {
  return collect(collector, `/v2.0/${call}?k=${suite.browserKey}`, { body: JSON.stringify(body) });
}

test('aliases of identify and of events land as lines of the published form, each with an id of its own', async () => {
  const { sql, tenant } = suite;
  const dataTypes = ['events', 'sync_aliases'] as const;
  const routing = await createTestRouting({ sql, store, tenant, dataTypes, flushIntervalMs: 500 });
  const identified = [
    { tag: 'crm', id: 'c-1', priority: 2 },
    { tag: 'mail "hash"', id: 'é\u2028/x' },
  ];
  expect((await post('identify', { user_id: USER.toUpperCase(), aliases: identified })).status).toBe(200);
  const carried = [
    { tag: 'cookie', id: 'k-1' },
    { tag: 'crm', id: 'c-2', priority: 0 },
  ];
  const event = await post('events', { name: 'Pageview', aliases: carried });
  expect(event.status).toBe(201);
  const { user_id: made } = event.json as { user_id: string };
  await post('events', { name: 'Pageview', user_id: USER });
  await watchRouting(sql, routing).untilCaughtUp();

  const files = await readDelivered(store, sql, `${routing.prefix}type=sync_aliases/`);
  for (const { key } of files)
    expect(key).toMatch(/type=sync_aliases\/year=\d{4}\/month=\d\d\/day=\d\d\/hour=\d\d\//);
  const texts = files.flatMap((file) => file.lines);
  const lines = texts.map((text) => syncAliasLineSchema.parse(JSON.parse(text)));
  for (const text of texts) expect(Object.keys(JSON.parse(text))).toEqual(FIELDS);
  const said = lines.map(({ user_id, tag, id, priority }) => ({ user_id, tag, id, priority }));
  expect(said).toEqual([
    ...identified.map((alias) => ({ priority: null, ...alias, user_id: USER })),
    ...carried.map((alias) => ({ priority: null, ...alias, user_id: made })),
  ]);
  const events = await readDelivered(store, sql, `${routing.prefix}type=events/`);
  const eventIds = events.flatMap((file) => file.lines).map((text) => JSON.parse(text).event_id);
  expect(eventIds).toHaveLength(2);
  expect(new Set([...lines.map((line) => line.event_id), ...eventIds]).size).toBe(lines.length + 2);
  expect(new Set(lines.map((line) => line.workspace_id))).toEqual(new Set([tenant.workspaceId]));
});
