import { routingLabel } from '@/lib/domain/routing/label';
import { LABELS_BY_SEVERITY } from '@/lib/domain/routing/list-views';
import type { ProcessView } from '@/lib/domain/system/process';
import type { SystemView, TurnView } from '@/lib/domain/system/view';
import type { DbTransaction } from '@/lib/platform/db/client';
import { PRODUCT_VERSION } from '@/lib/platform/version';
import type { AnonymousCtx, Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { readStateGroups } from '@/lib/services/routing/read-state-groups';
import { readDatabase } from './read-database';
import { readEventLog } from './read-event-log';
import { readPending } from './read-pending';
import { readProcesses } from './read-processes';
import { readWithin } from './read-within';

interface UnreadPart {
  readonly part: string;
  readonly error: unknown;
}

interface SystemRead {
  readonly system: SystemView;
  /** What could not be read in time, for the log; null in the view. */
  readonly unread: UnreadPart[];
}

/** What runs and how it is. Throws FORBIDDEN. */
export async function readSystem({ ctx }: { ctx: Ctx }): Promise<SystemRead> {
  requirePermission(ctx, 'system.see');
  return readSystemParts({ ctx });
}

/** The same for a caller who was let in otherwise: all from Postgres, each part within a deadline of its own. */
export async function readSystemParts({ ctx }: { ctx: AnonymousCtx }): Promise<SystemRead> {
  const unread: UnreadPart[] = [];
  const part = async <T>(name: string, read: (tx: DbTransaction) => Promise<T>): Promise<T | null> => {
    try {
      return await readWithin(ctx.db, read);
    } catch (error) {
      unread.push({ part: name, error });
      return null;
    }
  };
  const [processes, turns, log, database, routings, pending] = await Promise.all([
    part('processes', readProcesses),
    part('turns', readTurns),
    part('log', readEventLog),
    part('database', readDatabase),
    part('routings', readRoutingTotals),
    part('pending', readPending),
  ]);
  const asOf = new Date(Date.now() + (database?.clockAheadMs ?? 0)).toISOString();
  const queue = processes === null ? null : newestQueue(processes);
  const system = {
    asOf,
    version: PRODUCT_VERSION,
    processes,
    queue,
    turns,
    log,
    database,
    routings,
    pending,
  };
  return { system, unread };
}

function newestQueue(processes: readonly ProcessView[]): SystemView['queue'] {
  const tellers = processes
    .filter(({ state, detail }) => state !== 'stale' && detail?.queue != null)
    .sort((a, b) => b.seenAt.localeCompare(a.seenAt));
  return tellers[0]?.detail?.queue ?? null;
}

async function readTurns(tx: DbTransaction): Promise<TurnView[]> {
  const rows = await tx.$queryRaw<{ name: string; taken_at: Date }[]>`
    SELECT name, taken_at FROM delivery.turn ORDER BY name`;
  return rows.map(({ name, taken_at }) => ({ name, at: taken_at.toISOString() }));
}

async function readRoutingTotals(tx: DbTransaction): Promise<NonNullable<SystemView['routings']>> {
  const groups = await readStateGroups(tx, null, []);
  return LABELS_BY_SEVERITY.flatMap((label) => {
    const count = groups
      .filter((group) => routingLabel(group) === label)
      .reduce((sum, { routings }) => sum + routings, 0);
    return count === 0 ? [] : [{ label, count }];
  });
}
