import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FaultInput } from '@/dev/s3-stand-in/control/faults';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import type { Ctx } from '@/lib/services/context';
import { enterAccess } from '@/lib/services/credential/enter-access';
import { disableRouting } from '@/lib/services/routing/disable';
import { getRouting } from '@/lib/services/routing/get';
import { adoptNewest } from '@/lib/testing/adopt-newest';
import { type CrashSite, openCrashSite } from '@/lib/testing/crash-site';
import { createCtxFactory } from '@/lib/testing/ctx';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { appendLines, numberedLines } from '@/lib/testing/routing';
import { startTestWorker } from '@/lib/testing/worker';

const PATIENCE_MS = 90_000;

let store: TestObjectStore;
beforeAll(async () => {
  store = await startTestObjectStore();
});
afterAll(() => store.close());

interface Given {
  readonly site: CrashSite;
  readonly ctx: Ctx;
}

async function atSite(run: (given: Given) => Promise<void>): Promise<void> {
  const site = await openCrashSite(store);
  try {
    const admin = await createCtxFactory(site.database).ctxOf('admin');
    await run({ site, ctx: { ...admin, allowedEndpoints: [store.endpoint] } });
  } finally {
    await site.close();
  }
}

/** From here on nothing that comes in is the routing's own; something does. */
async function drain({ site, ctx }: Given): Promise<void> {
  const { routingId, streamId } = site.routing;
  await disableRouting({
    ctx,
    input: { routingId, mode: 'drain', drainMinutes: 60, reason: 'The customer has left' },
  });
  const log = createPostgresEventLog({ sql: site.database.sql });
  await appendLines(log, streamId, numberedLines('behind-the-end', 4));
}

async function expectAllOnceAndNoGap({ site }: Given): Promise<void> {
  const verdict = await site.verdict();
  expect(verdict).toMatchObject({ holds: true, faults: [] });
  expect(verdict.delivered).toBe(verdict.acked);
  const { rows } = await site.database.sql.query('SELECT lo, hi FROM gap');
  expect(rows).toEqual([]);
}

/** A worker that is killed while S3 keeps it waiting for the answer to a PUT. */
async function dieInPut(site: CrashSite, effect: FaultInput['effect']): Promise<void> {
  const match = { operation: 'PutObject' as const, prefix: site.routing.prefix };
  const { faultId } = store.control.faults.add({ match, effect });
  const victim = await site.startWorker();
  await store.control.faults.waitForHits(faultId, 1, PATIENCE_MS);
  victim.kill('SIGKILL');
  await victim.ended;
  store.control.faults.clear(faultId);
  await site.letTimePass();
  // Nobody hears of its PUT any more: the routing does not end before its deadline.
  await site.database.sql.query(
    `UPDATE attempt SET deadline_at = clock_timestamp() - interval '1 minute' WHERE ended_at IS NULL`,
  );
}

test.concurrent(
  'workers killed in the middle of a drain, twice: the next one delivers what is left once, and the routing ends',
  () =>
    atSite(async (given) => {
      const { site } = given;
      for (let feed = 0; feed < 3; feed += 1) await site.feed('before');
      await drain(given);
      await dieInPut(site, { kind: 'hang', applied: true });
      await dieInPut(site, { kind: 'hang', applied: false });
      expect((await site.watch.routing()).lifecycle).toBe('draining');
      expect(await site.hasOpenCut()).toBe(true);
      const heir = await startTestWorker({ database: site.database, workerId: 'heir' });
      await site.watch.untilLifecycle('disabled', PATIENCE_MS);
      await heir.stop();
      await expectAllOnceAndNoGap(given);
    }),
  300_000,
);

async function enterKeys({ site, ctx }: Given): Promise<{ accessKeyId: string }> {
  const { routingId } = site.routing;
  const keys = await store.control.createKey();
  const { version } = await getRouting({ ctx, input: { routingId } });
  await enterAccess({ ctx, input: { routingId, version, ...keys } });
  return keys;
}

test.concurrent(
  'new access ends a drain that was blocked, by itself: everything is delivered once',
  () =>
    atSite(async (given) => {
      const { site } = given;
      const old = await enterKeys(given);
      await adoptNewest(site.database.sql, site.routing.routingId);
      const worker = await site.startWorker();
      await site.feed('before');
      await site.watch.untilLifecycle('active', PATIENCE_MS);
      await site.watch.untilCaughtUp(PATIENCE_MS);
      await store.control.revokeKey(old);
      await site.feed('keyless');
      await drain(given);
      await site.watch.untilHealth('blocked', 'access_key_unknown', PATIENCE_MS);
      expect((await site.watch.routing()).lifecycle).toBe('draining');
      await enterKeys(given);
      await site.watch.untilLifecycle('disabled', PATIENCE_MS);
      worker.kill('SIGTERM');
      expect(await worker.ended, worker.output()).toEqual({ code: 0, signal: null });
      await expectAllOnceAndNoGap(given);
    }),
  300_000,
);
