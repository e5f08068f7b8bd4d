import { afterAll, beforeAll, expect, test } from 'vitest';
import { BATCH_TOO_LONG, describeFault } from '@/lib/domain/event/fault';
import { type CollectorSuite, collect, createCollectorSuite } from '@/lib/testing/collector';

let suite: CollectorSuite;
beforeAll(async () => {
  suite = await createCollectorSuite();
});
afterAll(() => suite.close());

const USER = '7c0e7f0e-1c1a-4c5e-9d38-0d4c0a1d2e3f';
const good = { name: 'Pageview', user_id: USER };
const nameless = { user_id: USER };
const anonymous = { name: 'Pageview' };

/** Events of a workspace that were refused, by code and reason, as they are stored. */
async function stored(workspaceId: string): Promise<Record<string, number>> {
  const { rows } = await suite.sql.query<{ why: string; events: number }>(
    `SELECT code || ' ' || reason AS why, sum(events)::bigint AS events FROM rejected_events
     WHERE workspace_id = $1 GROUP BY code, reason`,
    [workspaceId],
  );
  return Object.fromEntries(rows.map(({ why, events }) => [why, events]));
}

test('after the drain of several collectors every refusal is counted, exactly and by reason', async () => {
  const tenant = await suite.createWorkspace();
  const headers = { 'x-api-key': await suite.createKey('server', tenant) };
  const collectors = [await suite.startCollector(), await suite.startCollector()];
  for (const collector of collectors) {
    const send = (path: string, body: string, more = {}) =>
      collect(collector, path, { headers: { ...headers, ...more }, body });
    const batch = JSON.stringify([good, nameless, anonymous, nameless]);
    await send('/v2.0/batch/events', batch);
    // Answered again from what was stored: not counted again.
    await send('/v2.0/batch/events', batch, { 'idempotency-key': `once-${collector.port()}` });
    await send('/v2.0/batch/events', batch, { 'idempotency-key': `once-${collector.port()}` });
    await send('/v2.0/ndjson', `${JSON.stringify(good)}\n${JSON.stringify(nameless)}\n`);
    await send('/v2.0/events', JSON.stringify(nameless));
    await send('/v2.0/events', JSON.stringify(good));
    await send('/v2.0/batch/events', JSON.stringify(Array.from({ length: 1_001 }, () => good)));
    await send('/v2.0/identify', '{"user_id":"<script>"}');
  }
  await Promise.all(collectors.map((collector) => collector.stop(5_000)));
  expect(await stored(tenant.workspaceId)).toEqual({
    [`1000 ${BATCH_TOO_LONG}`]: 2,
    [`1000 ${describeFault('name')}`]: 2 * (2 + 2 + 1 + 1),
    [`1000 ${describeFault('user')}`]: 2 * (1 + 1),
    '1000 The body of a call to identify is not valid.': 2,
  });
});

test('a browser key where a server key is needed counts in its workspace, an unknown key nowhere', async () => {
  const tenant = await suite.createWorkspace();
  const collector = await suite.startCollector();
  const before = await suite.sql.query('SELECT count(*)::int AS n FROM rejected_events');
  const unknown = { 'x-api-key': 'sls_unknown' };
  await collect(collector, '/v2.0/events', { headers: unknown, body: JSON.stringify(nameless) });
  const headers = { 'x-api-key': await suite.createKey('browser', tenant) };
  await collect(collector, '/v2.0/ndjson', { headers, body: JSON.stringify(good) });
  await collector.stop(5_000);
  const [[why, events] = []] = Object.entries(await stored(tenant.workspaceId));
  expect([why?.slice(0, 4), events]).toEqual(['2001', 1]);
  const after = await suite.sql.query('SELECT count(*)::int AS n FROM rejected_events');
  expect(after.rows[0].n).toBe(before.rows[0].n + 1);
});
