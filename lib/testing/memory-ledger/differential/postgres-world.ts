import type { Actor } from '@/lib/domain/access/actor';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import type { Sql } from '@/lib/platform/sql';
import type { Ctx } from '@/lib/services/context';
import { enterAccess } from '@/lib/services/credential/enter-access';
import { closeLostAttempts } from '@/lib/services/delivery/close-lost-attempts';
import { createDeliveryLedger } from '@/lib/services/delivery/create-delivery-ledger';
import { dispatchDueLanes } from '@/lib/services/delivery/dispatch-due-lanes';
import { readHeldCuts } from '@/lib/services/delivery/read-held-cuts';
import { retryHeld } from '@/lib/services/delivery/retry-held';
import { settleRoutings } from '@/lib/services/delivery/settle-routings';
import { watchHealth } from '@/lib/services/delivery/watch-health';
import { expireLanes } from '@/lib/services/retention/expire-lanes';
import { archiveRouting } from '@/lib/services/routing/archive';
import { createRouting } from '@/lib/services/routing/create';
import { disableRouting } from '@/lib/services/routing/disable';
import { pauseRouting } from '@/lib/services/routing/pause';
import { resumeRouting } from '@/lib/services/routing/resume';
import { startRouting } from '@/lib/services/routing/start';
import { updateRouting } from '@/lib/services/routing/update';
import { closeHours } from '@/lib/services/stream/close-hours';
import { ensureStream } from '@/lib/services/stream/ensure-stream';
import { stopRemovedLanes } from '@/lib/services/stream/stop-removed-lanes';
import { sweepLanes } from '@/lib/services/stream/sweep-lanes';
import { adoptNewest } from '@/lib/testing/adopt-newest';
import { createTenant } from '@/lib/testing/tenant';
import { IdTable } from './id-table';
import type { MemoryWorld } from './memory-world';
import { alignHours, createPostgresBeside } from './postgres-beside';
import { readPostgresBeside } from './read-beside-state';
import { readPostgresState } from './read-postgres-state';
import { translateLedger } from './translated-ledger';
import type { Chore, World } from './world';

const WORKER = 'w1';
type ById = { ctx: Ctx; input: { routingId: string } };
const VERBS = {
  start: ({ ctx, input }: ById) => startRouting({ ctx, input: { ...input, withoutCheck: true } }),
  pause: pauseRouting,
  resume: resumeRouting,
};

/**
 * The world in Postgres, in a database of its own: through the verbs and chores that the product runs. Its instants are
 * those of the database's clock; `letHoursPass` sets them back. Hours are labels and stay as they are.
 */
export async function createPostgresWorld(deps: {
  readonly sql: Sql;
  readonly ctx: Ctx & { readonly actor: Actor };
  readonly memory: MemoryWorld;
}): Promise<World> {
  const { sql, ctx, memory } = deps;
  await clear(sql);
  const tenant = await createTenant(sql);
  const ids = new IdTable(sql, memory);
  const chores = choresOf(sql, memory);
  return {
    ledger: translateLedger(createDeliveryLedger(sql), ids),
    log: translateLog(createPostgresEventLog({ sql }), ids),
    nowMs: Date.now,
    ensureStream: async (type) => {
      const id = await ensureStream(sql, { ...tenant, type });
      await ids.refresh();
      return ids.toMemory('stream', id);
    },
    createRouting: async (name, { keys, place, ...settings }) => {
      const lists = { dataTypes: [...settings.dataTypes], eventNames: [...(settings.eventNames ?? [])] };
      const input = { ...DEFAULTS, ...settings, ...lists, ...place, ...keys, ...tenant, name };
      const { routing } = await createRouting({ ctx, input });
      const [memoryId] = [...memory.nameOfRouting].find(([, other]) => other === name) ?? [''];
      ids.addRouting(memoryId, routing.id);
      return memoryId;
    },
    changeState: async (routingId, wish) => {
      await VERBS[wish]({ ctx, input: { routingId: ids.routing(routingId) } });
    },
    disableRouting: async (given) => {
      await disableRouting({ ctx, input: { ...given, routingId: ids.routing(given.routingId) } });
    },
    archiveRouting: async ({ routingId, reason }) => {
      const name = memory.nameOfRouting.get(routingId) ?? '';
      await archiveRouting({ ctx, input: { name, reason, routingId: ids.routing(routingId) } });
    },
    updateRouting: (edit) => update(edit, deps, ids),
    enterAccess: async ({ routingId, version, keys }) => {
      await enterAccess({ ctx, input: { ...keys, version, routingId: ids.routing(routingId) } });
    },
    adoptNewest: (routingId) => adoptNewest(sql, ids.routing(routingId)),
    heldCuts: async (routingId) => {
      const cuts = await readHeldCuts(ctx.db, ids.routing(routingId));
      return cuts.map(({ cutId, laneId, generation, heldCause, inFlightUntil, files }) => ({
        cutId: ids.toMemory('cut', cutId),
        laneId: ids.toMemory('lane', laneId),
        generation,
        heldCause,
        inFlightUntilMs: inFlightUntil === null ? null : Date.parse(inFlightUntil),
        files: files.map(({ id, mayExist }) => ({ id, mayExist })),
      }));
    },
    releaseCutAnyway: ({ cutId, generation, place, files }) => {
      const named = files.map(({ fromId, fileId, key }) => ({ fromId, id: fileId, key }));
      const version = place.destinationVersion;
      const given = [version, place.endpoint, place.bucket, JSON.stringify(named)];
      return outcomeOf(sql, RELEASE, [ids.toPostgres('cut', cutId), generation, ...given]);
    },
    giveUpCut: ({ cutId, generation, reason }) =>
      outcomeOf(sql, GIVE_UP, [ids.toPostgres('cut', cutId), generation, reason]),
    retryHeld: async (routingId, laneId) => {
      const input = {
        routingId: ids.routing(routingId),
        ...(laneId === null ? {} : { laneId: ids.toPostgres('lane', laneId) }),
      };
      await retryHeld({ ctx, input });
    },
    setRetention: async (routingId, hours) => {
      await sql.query('UPDATE routing SET retention_hours = $2 WHERE id = $1', [
        ids.routing(routingId),
        hours,
      ]);
    },
    dispatch: async () => {
      const due = await dispatchDueLanes(sql, 0);
      return due.map((lane) => ({ ...lane, laneId: ids.toMemory('lane', lane.laneId) }));
    },
    chore: (chore) => chores[chore](),
    removeChunks: async (type, before) => {
      // What goes has been counted.
      await sql.query('SELECT log.count_hours(id, 100000) FROM log.stream');
      await sql.query(
        `DELETE FROM log.chunk c USING log.stream s WHERE s.id = c.stream_id AND s.type = $1 AND c."offset" < $2`,
        [type, before],
      );
    },
    addBacklog: async (laneId, bytes) => {
      await sql.query('UPDATE lane SET body_bytes_done = body_bytes_done - $2 WHERE id = $1', [
        ids.toPostgres('lane', laneId),
        bytes,
      ]);
    },
    letHoursPass: async (hours) => {
      await alignHours(sql, memory.nowMs() - hours * 3_600_000);
      await sql.query(SET_BACK, [hours]);
    },
    readState: async () => {
      await ids.refresh();
      return { ...(await readPostgresState(sql)), beside: await readPostgresBeside(sql) };
    },
    beside: createPostgresBeside({ sql, ctx, ids, memory }),
  };
}

async function update(
  { routingId, keys, place, ...settings }: Parameters<World['updateRouting']>[0],
  { ctx, memory }: { readonly ctx: Ctx; readonly memory: MemoryWorld },
  ids: IdTable,
): Promise<void> {
  const lists = { dataTypes: [...settings.dataTypes], eventNames: [...settings.eventNames] };
  const name = memory.nameOfRouting.get(routingId) ?? '';
  const hourMarkers = memory.ledger.markersSinceMs(routingId) !== null;
  const input = { ...settings, ...lists, ...place, ...keys, name, hourMarkers };
  await updateRouting({ ctx, input: { ...input, routingId: ids.routing(routingId) } });
}

const RELEASE = 'SELECT outcome FROM delivery.release_cut_anyway($1, $2, $3, $4, $5, $6)';
const GIVE_UP = `SELECT outcome FROM delivery.give_up_cut($1, $2, $3, 'user:x')`;

async function outcomeOf(sql: Sql, statement: string, given: readonly unknown[]): Promise<string> {
  const { rows } = await sql.query<{ outcome: string }>(statement, [...given]);
  return rows[0]?.outcome ?? '';
}

/** Chunks lie in hours of the memory's clock; the database judges their age by its own. */
async function withHoursOfNow<T>(sql: Sql, memoryMs: number, run: () => Promise<T>): Promise<T> {
  const { rows } = await sql.query<{ hours: number }>(
    `SELECT (extract(epoch FROM date_trunc('hour', now(), 'UTC')) / 3600)::bigint - $1 AS hours`,
    [Math.floor(memoryMs / 3_600_000)],
  );
  const hours = rows[0]?.hours ?? 0;
  const move = WITH_HOURS.map((table) => `UPDATE ${table} SET hour = hour + $1 * interval '1 hour'`);
  for (const statement of move) await sql.query(statement, [hours]);
  try {
    return await run();
  } finally {
    for (const statement of move) await sql.query(statement, [-hours]);
  }
}

const WITH_HOURS = ['log.chunk', 'log.hour_total', 'file', 'cut_set_aside', 'lane_left_out_hour', 'gap_hour'];

const DEFAULTS = { promiseSeconds: 300, flushIntervalMs: 60_000 };

function choresOf(sql: Sql, memory: MemoryWorld): Readonly<Record<Chore, () => Promise<number | null>>> {
  return {
    settleRoutings: async () => {
      await settleRoutings(sql, WORKER);
      return null;
    },
    closeLostAttempts: () => closeLostAttempts(sql),
    // Hours lie on the memory's clock, which is behind every database's.
    closeHours: async () => (await closeHours(sql, memory)).streams,
    stopRemovedLanes: () => stopRemovedLanes(sql),
    expireLanes: () => withHoursOfNow(sql, memory.nowMs(), () => expireLanes(sql, WORKER)),
    sweepLanes: async () => (await sweepLanes(sql)).length,
    watchHealth: async () => {
      await watchHealth(sql, WORKER);
      return null;
    },
  };
}

function translateLog(postgres: World['log'], ids: IdTable): World['log'] {
  const streamId = (id: number) => ids.toPostgres('stream', id);
  return {
    append: ({ chunks, ...request }) =>
      postgres.append({
        ...request,
        chunks: chunks.map((chunk) => ({ ...chunk, streamId: streamId(chunk.streamId) })),
      }),
    head: (id) => postgres.head(streamId(id)),
    scan: (id, from, limit) => postgres.scan(streamId(id), from, limit),
    read: (id, lo, hi) => postgres.read(streamId(id), lo, hi),
    findIdempotency: (...key) => postgres.findIdempotency(...key),
  };
}

async function clear(sql: Sql): Promise<void> {
  // As a replica, because the audit refuses to be emptied.
  await sql.query(`SET LOCAL session_replication_role = replica;
    TRUNCATE organization, log.chunk, log.append, audit.head, audit.link CASCADE`);
  await sql.query(`UPDATE log.closing SET closed_through = '-infinity'`);
}

const back = (table: string, ...columns: readonly string[]) =>
  `UPDATE ${table} SET ${columns.map((name) => `${name} = ${name} - $1 * interval '1 hour'`).join(', ')}`;

const SET_BACK = `WITH a AS (${back('lane', 'pending_since', 'not_before', 'lease_until')}),
  b AS (${back('attempt', 'marked_at', 'deadline_at', 'ended_at')}),
  c AS (${back('routing', 'state_since', 'over_promise_since', 'drain_until')}),
  d AS (${back('cut', 'sealed_at', 'committed_at', 'doubt_accepted_at')}),
  e AS (${back('file', 'delivered_at')}),
  f AS (${back('replay', 'denied_since', 'not_before', 'started_at', 'ended_at')}),
  g AS (${back('replay_file', 'lease_until', 'in_flight_until', 'settled_at')}),
  h AS (${back('hour_marker', 'not_before', 'lease_until', 'in_flight_until', 'written_at')}),
  i AS (${back('access_proof', 'proven_at', 'due_at', 'first_denied_at')})
  ${back('log.chunk', 'received_min', 'received_max')}`;
