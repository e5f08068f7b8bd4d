import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { type CollectorSuite, collect, createCollectorSuite } from '@/lib/testing/collector';
import { createRoutingRow } from '@/lib/testing/routing-row';
import { waitUntil } from '@/lib/testing/wait-until';
import { Gate, wrapEventLog } from '@/lib/testing/wrapped-event-log';
import type { Collector } from './collector';

const USER = '2008c38f-dece-4570-976d-87593ed001c3';
const KIB = 1_024;

let suite: CollectorSuite;

beforeAll(async () => {
  suite = await createCollectorSuite();
});
afterAll(() => suite.close());

const eventOf = (bytes: number) =>
  JSON.stringify({ name: 'Pressure', user_id: USER, properties: { padding: 'x'.repeat(bytes) } });
const post = (collector: Collector, apiKey: string, body: string) =>
  collect(collector, '/v2.0/events', { headers: { 'x-api-key': apiKey }, body });

/** The inner log, whose appends wait at a gate. */
function gated(inner: EventLog): { log: EventLog; gate: Gate } {
  const gate = new Gate();
  const log = wrapEventLog(inner, async (request) => {
    await gate.passed;
    return inner.append(request);
  });
  return { log, gate };
}

describe('when the log is slow', () => {
  test('requests beyond the budget get 503 with Retry-After; those admitted are stored', async () => {
    const { log, gate } = gated(suite.log);
    const collector = await suite.startCollector({ log, limits: { intakeBytesMax: 2_000 * KIB } });
    const sent = Array.from({ length: 40 }, () => post(collector, suite.serverKey, eventOf(100 * KIB)));
    const statuses: number[] = [];
    for (const answer of sent) void answer.then(({ status }) => statuses.push(status));
    await waitUntil('the budget is full', () => statuses.includes(503));
    gate.open();
    const answers = await Promise.all(sent);
    for (const { status, headers } of answers)
      expect(headers.get('retry-after')).toBe(status === 503 ? '2' : null);
    const stored = (await suite.lines('events')).length;
    expect(statuses.filter((status) => status === 201)).toHaveLength(stored);
    expect(stored).toBeGreaterThan(2);
  });

  test('what was refused is taken once the log is fast again', async () => {
    const collector = await suite.startCollector({ limits: { intakeBytesMax: 1_000 * KIB, gatherMs: 1 } });
    for (let calls = 0; calls < 20; calls += 1)
      expect((await post(collector, suite.serverKey, eventOf(100 * KIB))).status).toBe(201);
  });

  test('a workspace that floods the collector leaves room for another', async () => {
    const { log, gate } = gated(suite.log);
    const collector = await suite.startCollector({ log, limits: { intakeBytesMax: 4_000 * KIB } });
    const flood = Array.from({ length: 60 }, () => post(collector, suite.serverKey, eventOf(100 * KIB)));
    const floodStatuses: number[] = [];
    for (const answer of flood) void answer.then(({ status }) => floodStatuses.push(status));
    await waitUntil('the flood is held back', () => floodStatuses.includes(503));
    const quiet = await suite.createWorkspace();
    const quietKey = await suite.createKey('browser', quiet);
    const answer = post(collector, quietKey, eventOf(100 * KIB));
    gate.open();
    expect((await answer).status).toBe(201);
    await Promise.all(flood);
    expect(floodStatuses.filter((status) => status === 503).length).toBeGreaterThan(0);
  });
});

describe('allowances', () => {
  test('a browser key that calls too often gets 429; a server key does not', async () => {
    const collector = await suite.startCollector({
      limits: { browserRequestsPerSecond: 0.001, browserRequestsBurst: 3, gatherMs: 1 },
    });
    const statuses = async (key: string) => {
      const seen: number[] = [];
      for (let calls = 0; calls < 5; calls += 1) seen.push((await post(collector, key, eventOf(1))).status);
      return seen;
    };
    expect(await statuses(suite.browserKey)).toEqual([201, 201, 201, 429, 429]);
    expect(await statuses(suite.serverKey)).toEqual([201, 201, 201, 201, 201]);
  });

  test('a workspace with too many undelivered bytes gets 429 until they are delivered', async () => {
    const tenant = await suite.createWorkspace();
    const key = await suite.createKey('server', tenant);
    const collector = await suite.startCollector({
      limits: { gatherMs: 1, keyRefreshMs: 20, keyTtlMs: 100 },
    });
    const status = async () => (await post(collector, key, eventOf(10))).status;
    await suite.sql.query('UPDATE workspace SET undelivered_bytes_max = 1 WHERE id = $1', [
      tenant.workspaceId,
    ]);
    expect(await status()).toBe(201);
    // Without a started routing nothing waits to be delivered.
    expect(await status()).toBe(201);
    const routingId = await createRoutingRow(suite.sql, tenant, { startFrom: 'earliest' });
    await suite.sql.query('SELECT log.open_lanes($1)', [routingId]);
    await waitUntil('the quota bites', async () => (await status()) === 429);
    await suite.sql.query(
      `UPDATE lane SET body_bytes_done = s.body_bytes_total FROM log.stream s
        WHERE s.id = lane.stream_id AND lane.routing_id = $1`,
      [routingId],
    );
    await waitUntil('the quota lets go', async () => (await status()) === 201);
  });
});
