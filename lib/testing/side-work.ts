import { startReplay } from '@/lib/services/replay/start';
import type { CrashSite } from './crash-site';
import { createCtxFactory } from './ctx';
import type { TestObjectStore } from './object-store';
import { letReplaysGoOn, theseHours } from './replayed';
import { createTestRouting, type TestRouting, thisHourMs } from './routing';

const HOUR_MS = 3_600_000;
const REMOVED = 3;
const MARKED_HOURS = 4;
/** As many as a worker probes in one round at least. */
const QUIET = 3;

/** What goes on beside delivery at a crash site, and what makes a worker come past each of its points. */
export interface SideWork {
  /** The customer removes files and has them filled in, one replay after the other; back-offs are over. */
  replay(): Promise<void>;
  /** S3 asks for patience at the next PUT of a replay or of delivery. */
  slowDown(): void;
  /** A routing whose hours up to now wait for their markers. */
  mark(): Promise<void>;
  /** Quiet routings' probes are due, and it is anybody's turn. */
  probe(): Promise<void>;
  /** Every chore is due. */
  chore(): Promise<void>;
  /** As if leases and back-offs of what died had passed. */
  letTimePass(): Promise<void>;
  /** What is not done yet, as sentences. */
  left(): Promise<string[]>;
  /** What is wrong once everything is done, as sentences. */
  faults(): Promise<string[]>;
}

export async function openSideWork(site: CrashSite, store: TestObjectStore): Promise<SideWork> {
  const { database, routing } = site;
  const { sql } = database;
  const ctx = await createCtxFactory(database).ctxOf('ops');
  const quiet = await Promise.all(Array.from({ length: QUIET }, () => createTestRouting({ sql, store })));
  const quietIds = quiet.map(({ routingId }) => routingId);
  const marked: TestRouting[] = [];
  await sql.query(
    `UPDATE routing SET lifecycle = 'active', health = 'idle', state_since = now() - interval '2 hours' WHERE id = ANY ($1)`,
    [quietIds],
  );
  const count = async (text: string) => (await sql.query<{ n: number }>(text)).rows[0]?.n ?? 0;
  const running = () => count(`SELECT count(*)::int AS n FROM replay WHERE state = 'running'`);
  const toMark = () =>
    count(
      `SELECT ${marked.length * MARKED_HOURS} - count(*)::int AS n FROM hour_marker WHERE state = 'written'`,
    );
  return {
    replay: async () => {
      await letReplaysGoOn(sql);
      if ((await running()) > 0) return;
      const { rows } = await sql.query<{ key: string }>(
        `SELECT f.key FROM file f JOIN cut c ON c.id = f.cut_id
         WHERE f.routing_id = $1 AND c.state = 'committed' AND f.hour <= now() ORDER BY f.lo LIMIT $2`,
        [routing.routingId, REMOVED],
      );
      if (rows.length < REMOVED) return site.feed('to-remove');
      for (const { key } of rows) await store.deleteObject(key);
      const input = { routingId: routing.routingId, types: ['events' as const], mode: 'fill' as const };
      await startReplay({ ctx, input: { ...input, ...theseHours() } });
    },
    slowDown: () => {
      const match = { operation: 'PutObject' as const, prefix: routing.prefix };
      if (
        store.control.faults.list().every((fault) => fault.match.prefix !== routing.prefix || fault.hits > 0)
      )
        store.control.faults.add({ match, effect: { kind: 'answer', status: 503, code: 'SlowDown' } });
    },
    mark: async () => {
      if ((await toMark()) === 0) marked.push(await markedRouting());
    },
    probe: async () => {
      await sql.query(
        `UPDATE delivery.turn SET taken_at = taken_at - interval '1 day' WHERE name = 'probe-access'`,
      );
      await sql.query(
        `UPDATE access_proof SET due_at = now(), stopped_cause = NULL, first_denied_at = NULL WHERE routing_id = ANY ($1)`,
        [quietIds],
      );
    },
    chore: async () => {
      await sql.query(`UPDATE delivery.turn SET taken_at = taken_at - interval '1 day'`);
    },
    letTimePass: async () => {
      await letReplaysGoOn(sql);
      await sql.query('UPDATE hour_marker SET lease_until = NULL, not_before = NULL, in_flight_until = NULL');
    },
    left: async () => {
      const [replays, markers] = [await running(), await toMark()];
      const folds = await count(`SELECT count(*)::int AS n FROM cut_latency WHERE NOT folded`);
      const said = { replays, markers, folds, probes: (await probeKeys()).length };
      return Object.entries(said).flatMap(([what, n]) => (n > 0 ? [`${n} ${what} are left`] : []));
    },
    faults: async () => {
      const writes = await store.countWrites();
      const wrong = (await probeKeys()).map((key) => `A probe left ${key}`);
      for (const { prefix } of marked) {
        const keys = await store.listKeys(prefix);
        if (keys.length !== MARKED_HOURS || keys.some((key) => writes.get(key) !== 1))
          wrong.push(`${MARKED_HOURS} markers, each written once, are not what is there: ${keys.join(', ')}`);
      }
      const committed = await count('SELECT sum(rows)::int AS n FROM cut_latency');
      const folded = await count(`SELECT sum(rows)::int AS n FROM latency_rollup WHERE grain = 'minute'`);
      if (committed !== folded)
        wrong.push(`${committed} rows were committed, and ${folded} are in the minutes`);
      return wrong;
    },
  };

  async function probeKeys(): Promise<string[]> {
    return (await Promise.all(quiet.map(({ prefix }) => store.listKeys(prefix)))).flat();
  }

  async function markedRouting(): Promise<TestRouting> {
    const one = await createTestRouting({ sql, store });
    const since = new Date(thisHourMs() - MARKED_HOURS * HOUR_MS);
    await sql.query(
      `INSERT INTO routing_transition (organization_id, routing_id, from_label, to_label, cause, actor, at)
       VALUES ($1, $2, 'draft', 'starting', 'start', 'user:x', $3)`,
      [one.tenant.organizationId, one.routingId, since],
    );
    await sql.query('UPDATE routing SET hour_markers = true, hour_markers_since = $2 WHERE id = $1', [
      one.routingId,
      since,
    ]);
    return one;
  }
}
