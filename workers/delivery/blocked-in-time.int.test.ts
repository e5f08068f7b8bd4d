import { afterAll, describe, expect, test } from 'vitest';
import { FAULT_BY_CODE } from '@/lib/domain/delivery/fault-table';
import { enterAccess } from '@/lib/services/credential/enter-access';
import { getRouting } from '@/lib/services/routing/get';
import { createCtxFactory } from '@/lib/testing/ctx';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { createDeliverySuite } from '@/lib/testing/delivery-suite';
import { appendLines, createTestRouting, numberedLines, type TestRouting } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';

const { database, store, log, close } = await createDeliverySuite();
afterAll(close);

const MINUTE_MS = 60_000;

/** For how long the lane of a routing backs off after its last try, ms. */
async function backOffOf({ routingId }: TestRouting): Promise<number> {
  const { rows } = await database.sql.query<{ ms: number }>(
    `SELECT extract(epoch FROM l.not_before - (SELECT max(a.ended_at) FROM attempt a WHERE a.routing_id = l.routing_id))
       ::float8 * 1000 AS ms FROM lane l WHERE l.routing_id = $1`,
    [routingId],
  );
  return rows[0]!.ms;
}

/** One code for each cause that a store can answer with. */
const BY_CAUSE = new Map(
  Object.entries(FAULT_BY_CODE).flatMap(([code, fault]) =>
    fault.kind === 'blocked' && !['certificate_invalid', 'credential_unreadable'].includes(fault.cause)
      ? [[fault.cause, code] as const]
      : [],
  ),
);

describe('blocked, with its cause', () => {
  test.each([...BY_CAUSE, ['unauthorized', 'Whatever']])('%s at the first answer', async (cause, code) => {
    const routing = await createTestRouting({ sql: database.sql, store });
    const match = { operation: 'PutObject' as const, prefix: routing.prefix };
    const status = cause === 'unauthorized' ? 401 : 400;
    store.control.faults.add({ match, effect: { kind: 'answer', status, code }, times: null });
    await appendLines(log, routing.streamId, numberedLines('x', 1));
    const watch = watchRouting(database.sql, routing);
    await watch.untilHealth('blocked', cause);
    expect(await watch.attempts()).toHaveLength(1);
    expect(await backOffOf(routing)).toBeLessThanOrEqual(MINUTE_MS);
  });

  test('a bare refusal by its third try, and the tries lie within a minute', async () => {
    const routing = await createTestRouting({ sql: database.sql, store });
    const match = { operation: 'PutObject' as const, prefix: routing.prefix };
    store.control.faults.add({
      match,
      effect: { kind: 'answer', status: 403, code: 'AccessDenied' },
      times: null,
    });
    await appendLines(log, routing.streamId, numberedLines('x', 1));
    const watch = watchRouting(database.sql, routing);
    let passedMs = 0;
    for (const failures of [1, 2]) {
      await watch.untilBackingOff(failures);
      const backOffMs = await backOffOf(routing);
      passedMs += backOffMs;
      await watch.letTimePass(backOffMs);
    }
    await watch.untilHealth('blocked', 'access_denied');
    expect(await watch.attempts()).toHaveLength(3);
    expect(passedMs).toBeGreaterThanOrEqual(20_000);
    expect(passedMs).toBeLessThanOrEqual(MINUTE_MS);
  });
});

test('a rotated key frees the held cuts of every lane without a person’s further move', async () => {
  const key = await store.control.createKey();
  const routing = await createTestRouting({
    sql: database.sql,
    store: { ...store, ...key },
    dataTypes: ['events', 'sync_aliases'],
  });
  const watch = watchRouting(database.sql, routing);
  await store.control.revokeKey(key);
  const lines = numberedLines('rotated', 10);
  await appendLines(log, routing.streamIds.events!, lines.slice(0, 5));
  await appendLines(log, routing.streamIds.sync_aliases!, lines.slice(5));
  await waitUntil('both lanes were refused', async () => {
    const { rows } = await database.sql.query(
      'SELECT 1 FROM lane WHERE routing_id = $1 AND failures > 0 AND next > done',
      [routing.routingId],
    );
    return rows.length === 2;
  });
  await watch.untilHealth('blocked', 'access_key_unknown');
  const admin = await createCtxFactory(database).ctxOf('admin');
  const ctx = { ...admin, allowedEndpoints: [store.endpoint] };
  const { routingId } = routing;
  const { version } = await getRouting({ ctx, input: { routingId } });
  const fresh = await store.control.createKey();
  await enterAccess({ ctx, input: { routingId, version, ...fresh } });
  await watch.untilCaughtUp();
  await watch.untilHealth('healthy', null);
  expect(await readDeliveredLines(store, database.sql, routing.prefix)).toEqual([...lines].sort());
});
