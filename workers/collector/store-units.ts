import type { NewChunk } from '@/lib/domain/chunk/chunk';
import { AppError } from '@/lib/domain/errors';
import type { Clock } from '@/lib/platform/clock';
import type { deflateChunk } from '@/lib/platform/event-log/compress';
import {
  AppendOutcomeUnknownError,
  type EventLog,
  type IdempotencyRow,
} from '@/lib/platform/event-log/event-log';
import { isServerTrouble } from '@/lib/platform/server-trouble';
import { overloaded } from './collection-error';
import { countAccepted, requireAll } from './count-accepted';
import { gatherChunks } from './gather-chunks';
import type { Unit } from './unit';

/** `key_exists`: an earlier request with the same key was stored; this one was not. */
export type Stored = 'stored' | 'key_exists';

/** A unit and the request that waits for it. */
export interface WaitingUnit {
  readonly unit: Unit;
  readonly resolve: (stored: Stored) => void;
  readonly reject: (error: unknown) => void;
}

interface StoreDeps {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly deflateLevel: number;
  /** Off the main thread when absent. */
  readonly deflate?: typeof deflateChunk;
  readonly newId: () => string;
}

/** An hour closes once per hour, a key is found once: more refusals than this mean that something else is wrong. */
const REFUSALS_MAX = 5;

/** Appends the units in one go and settles each of them. Never rejects. */
export async function storeUnits(deps: StoreDeps, group: readonly WaitingUnit[]): Promise<void> {
  let waiting = [...group];
  try {
    for (let refusals = 0; waiting.length > 0; refusals += 1) {
      if (refusals > REFUSALS_MAX) throw overloaded('The hour closed again and again.');
      waiting = await appendOnce(deps, waiting);
    }
  } catch (error) {
    await settleFailure(deps, { waiting, error });
  }
}

/** One append; returns the units that have to be appended again. */
async function appendOnce(deps: StoreDeps, waiting: readonly WaitingUnit[]): Promise<WaitingUnit[]> {
  const units = waiting.map(({ unit }) => unit);
  const accepted = countAccepted(units);
  const chunks: NewChunk[] = await gatherChunks(units, deps.deflateLevel, deps.deflate);
  requireAll(accepted, chunks);
  const keyed = waiting.flatMap((item) => {
    const row: IdempotencyRow | null = item.unit.idempotencyRow();
    return row === null ? [] : [{ item, row }];
  });
  const result = await deps.log.append({
    appendId: deps.newId(),
    chunks,
    idempotency: keyed.map(({ row }) => row),
    accepted,
  });
  switch (result.kind) {
    case 'stored':
      for (const { resolve } of waiting) resolve('stored');
      return [];
    case 'hour_closed': {
      // Chunks mix the lines of many units, so all are stamped anew; none of them is stored yet.
      const nowMs = deps.clock.nowMs();
      for (const { unit } of waiting) unit.stampAnew(nowMs);
      return [...waiting];
    }
    case 'key_exists': {
      const known = new Set(result.idempotencyIndexes.map((index) => keyed[index]?.item));
      for (const item of known) item?.resolve('key_exists');
      return waiting.filter((item) => !known.has(item));
    }
  }
}

/** After a refusal by the database each workspace is tried alone, so that only the one that causes it fails. */
async function settleFailure(
  deps: StoreDeps,
  failed: { waiting: readonly WaitingUnit[]; error: unknown },
): Promise<void> {
  const byWorkspace = new Map<string, WaitingUnit[]>();
  for (const item of failed.waiting) {
    const units = byWorkspace.get(item.unit.workspaceId) ?? [];
    byWorkspace.set(item.unit.workspaceId, [...units, item]);
  }
  if (isRefusal(failed.error) && byWorkspace.size > 1) {
    for (const units of byWorkspace.values()) await storeUnits(deps, units);
    return;
  }
  const error = isServerTrouble(failed.error)
    ? overloaded('The event log has no room or cannot write at the moment.', failed.error)
    : failed.error;
  for (const { reject } of failed.waiting) reject(error);
}

/** Whether the log looked at the append and said no, so that nothing of it is stored. */
function isRefusal(error: unknown): boolean {
  if (error instanceof AppendOutcomeUnknownError) return false;
  return !(error instanceof AppError && error.code === 'UNAVAILABLE');
}
