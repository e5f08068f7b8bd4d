import type { ProcessKind } from '@/lib/domain/system/process';

/** The most connections that one process opens; none of them is ever exceeded, some may stay unopened. */
export interface ConnectionBudget {
  /** Its pool in Postgres. */
  readonly pool: number;
  /** Of the queue in Postgres; 0 when the queue lives in Redis. */
  readonly queue: number;
  readonly redis: number;
}

/** How many queues a worker takes jobs from. */
export const WORKER_CONSUMERS = 5;

const NAMES: Readonly<Record<ProcessKind, string>> = {
  web: 'web process',
  collector: 'collector',
  worker: 'worker',
};
const POOL: Readonly<Record<ProcessKind, number>> = { web: 10, collector: 10, worker: 10 };
/** Publishing and looking at what waits. */
const QUEUE_SHARED = 2;

/** What a process of this kind may open. A queue in either server takes one connection per consumer to listen on. */
export function connectionBudget(kind: ProcessKind, queueBackend: 'postgres' | 'redis'): ConnectionBudget {
  const ofQueue = kind === 'worker' ? queueConnections(WORKER_CONSUMERS) : 0;
  const isRedis = queueBackend === 'redis';
  return { pool: POOL[kind], queue: isRedis ? 0 : ofQueue, redis: isRedis ? ofQueue : 0 };
}

/** For a process that takes jobs from so many queues. */
export function queueConnections(consumers: number): number {
  return consumers + QUEUE_SHARED;
}

/** What the server says about its connections. */
export interface ServerConnections {
  readonly max: number;
  /** Kept for superusers. */
  readonly reserved: number;
  /** Of everybody, without the one that asks. */
  readonly used: number;
}

// Counted per database: other users' sessions are hidden from an ordinary user, their number is not.
const READ = `SELECT current_setting('max_connections')::int AS max,
  CASE WHEN (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN 0
    ELSE current_setting('superuser_reserved_connections')::int
      + coalesce(current_setting('reserved_connections', true)::int, 0) END AS reserved,
  (SELECT greatest(sum(numbackends) - 1, 0)::int FROM pg_stat_database) AS used`;

/** Asks the server through `query`; null when the process finds room, else one sentence for the operator. */
export async function findConnectionShortage(
  query: (statement: string) => Promise<readonly ServerConnections[]>,
  kind: ProcessKind,
  budget: ConnectionBudget,
): Promise<string | null> {
  const [server] = await query(READ);
  return server === undefined ? null : connectionShortage(kind, budget, server);
}

/** Null when the process finds room; else one sentence with the numbers, and what to do. */
export function connectionShortage(
  kind: ProcessKind,
  { pool, queue }: ConnectionBudget,
  { max, reserved, used }: ServerConnections,
): string | null {
  const free = max - reserved - used;
  const needed = pool + queue;
  if (needed <= free) return null;
  const parts = queue === 0 ? '' : ` (${pool} for its work, ${queue} for the queue)`;
  return (
    `This ${NAMES[kind]} may open ${needed} connections to Postgres${parts}, and ${Math.max(free, 0)} of ${max} are free: ` +
    `${used} are in use, ${reserved} are reserved. Raise max_connections, or run fewer processes.`
  );
}
