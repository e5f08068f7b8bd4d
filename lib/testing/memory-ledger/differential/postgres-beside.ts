import type { Logger } from '@/lib/platform/logger';
import type { Sql } from '@/lib/platform/sql';
import type { Ctx } from '@/lib/services/context';
import { createMarkerLedger } from '@/lib/services/hour/create-marker-ledger';
import { claimDueProbes, type DueProbe } from '@/lib/services/probe/claim-due-probes';
import { recordProbe } from '@/lib/services/probe/record-probe';
import { cancelReplay } from '@/lib/services/replay/cancel';
import { createReplayLedger } from '@/lib/services/replay/create-replay-ledger';
import { lookBeforeReplay } from '@/lib/services/replay/look';
import type { ClaimedReplayFile, ReplayLedger } from '@/lib/services/replay/replay-ledger';
import { startReplay } from '@/lib/services/replay/start';
import type { NewReplay } from '@/lib/testing/memory-ledger/start-replay';
import { type BesideWorld, comparableProbe } from './beside-world';
import type { IdTable } from './id-table';
import { byRouting } from './memory-beside';
import type { MemoryWorld } from './memory-world';

const WORKER = 'w1';
const SILENT = { error: () => undefined } as unknown as Logger;

interface Deps {
  readonly sql: Sql;
  readonly ctx: Ctx;
  readonly ids: IdTable;
  readonly memory: MemoryWorld;
}

/** Replays, markers and probes through the code that the product runs. */
export function createPostgresBeside(deps: Deps): BesideWorld {
  const { sql, ctx, ids, memory } = deps;
  const replayIds = new Map<string, string>();
  const toPostgres = (memoryId: string) => replayIds.get(memoryId) ?? memoryId;
  const markers = createMarkerLedger(sql, SILENT);
  const probes = new Map<string, DueProbe>();
  return {
    replays: translateReplays(createReplayLedger(sql), { ids, replayIds, memory }),
    startReplay: async (replay) => {
      const id = await start(ctx, { ...replay, routingId: ids.routing(replay.routingId) });
      const made = memory.ledger.replayRows().at(-1)?.id ?? '';
      if (id === null) return null;
      replayIds.set(made, id).set(id, made);
      return made;
    },
    cancelReplay: async (memoryId) => {
      const replay = memory.ledger.replayRows().find(({ id }) => id === memoryId);
      const routingId = ids.routing(replay?.routingId ?? '');
      await cancelReplay({ ctx, input: { routingId, replayId: toPostgres(memoryId) } });
    },
    wantMarkers: async (routingId, isWanted) => {
      await sql.query(
        `UPDATE routing SET hour_markers = $2, hour_markers_since = CASE WHEN NOT $2 THEN NULL
           ELSE coalesce(hour_markers_since, to_timestamp($3 / 1000.0)) END WHERE id = $1`,
        [ids.routing(routingId), isWanted, memory.nowMs()],
      );
    },
    decideMarkers: async () => {
      await alignHours(sql, memory.nowMs());
      await sql.query(`DELETE FROM delivery.turn WHERE name = 'decide-hour-markers'`);
      return markers.decideMarkers();
    },
    claimMarker: async (deadlineMs) => {
      const claimed = await markers.claimMarker(deadlineMs);
      if (claimed === null) return null;
      const { id: _, ...marker } = claimed;
      const routingId = ids.routing(marker.routingId);
      return { ...marker, routingId, body: marker.body.replaceAll(marker.routingId, routingId) };
    },
    endMarker: async (name, end) => {
      const { rows } = await sql.query<{ id: string }>(
        `SELECT id FROM hour_marker WHERE bucket || ' ' || key = $1`,
        [name],
      );
      for (const { id } of rows) await markers.endMarker(id, end);
    },
    claimProbes: async (limit) => {
      const due = await claimDueProbes(sql, WORKER, limit);
      for (const probe of due) probes.set(ids.routing(probe.routingId), probe);
      return due
        .map((probe) => ({ ...comparableProbe(probe), routingId: ids.routing(probe.routingId) }))
        .sort(byRouting);
    },
    recordProbe: async (claimed, ended) => {
      const probe = probes.get(claimed.routingId);
      if (probe === undefined) return;
      const { routingId, credential, probeId } = probe;
      await recordProbe(sql, { ...claimed, routingId, credential, probeId }, { ended, workerId: WORKER });
    },
  };
}

async function start(ctx: Ctx, { mode, types, fromMs, toMs, routingId }: NewReplay): Promise<string | null> {
  const [from, to] = [fromMs, toMs].map((ms) => new Date(ms).toISOString());
  const range = { routingId, types: [...types], from: from ?? '', to: to ?? '' };
  if (mode !== 'look') return (await startReplay({ ctx, input: { ...range, mode } })).id;
  return (await lookBeforeReplay({ ctx, input: { ...range, mode: 'fill' } })).look?.id ?? null;
}

/** What was recorded by the database's clock, though hours lie on the memory's. */
export async function alignHours(sql: Sql, nowMs: number): Promise<void> {
  const now = 'to_timestamp($1 / 1000.0)';
  const hour = `date_trunc('hour', ${now}, 'UTC')`;
  await sql.query(
    `WITH a AS (UPDATE routing_transition SET at = ${now} WHERE cause = 'start' AND at > ${now} + interval '30 days')
     UPDATE lane_left_out SET to_hour = least(to_hour, ${hour}), from_hour = least(from_hour, ${hour})
     WHERE to_hour > ${hour} OR from_hour > ${hour}`,
    [nowMs],
  );
}

function translateReplays(
  postgres: ReplayLedger,
  { ids, replayIds, memory }: Pick<Deps, 'ids' | 'memory'> & { replayIds: ReadonlyMap<string, string> },
): ReplayLedger {
  const other = (id: string) => replayIds.get(id) ?? id;
  const given = (claim: ClaimedReplayFile): ClaimedReplayFile => ({
    ...claim,
    replayId: other(claim.replayId),
    file: { ...claim.file, routingId: ids.routing(claim.file.routingId) },
  });
  return {
    listDue: async (limit) => (await postgres.listDue(limit)).map(other),
    claimFile: async (replayId, leaseMs) => {
      const claimed = await postgres.claimFile(other(replayId), leaseMs);
      if (claimed === null) return null;
      const { file, sourceId } = claimed;
      // A copy has an id of its own in each world.
      const known = memory.ledger.replayFiles(replayId).find(({ fileId }) => fileId === sourceId);
      return {
        ...claimed,
        replayId,
        file: {
          ...file,
          fileId: file.fileId === sourceId ? sourceId : (known?.objectId ?? file.fileId),
          routingId: ids.routing(file.routingId),
          streamId: ids.toMemory('stream', file.streamId),
          key: file.key.replaceAll(other(replayId), replayId),
        },
      };
    },
    renewLease: (claim, leaseMs) => postgres.renewLease(given(claim), leaseMs),
    markFile: (claim, mark) => postgres.markFile(given(claim), mark),
    settleFile: (claim, state, end) => postgres.settleFile(given(claim), state, end),
    backOff: (claim, wait, answer) => postgres.backOff(given(claim), wait, answer),
    finishReplay: (replayId) => postgres.finishReplay(other(replayId)),
  };
}
