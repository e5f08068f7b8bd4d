import type { ProcessDetail, ProcessKind } from '@/lib/domain/system/process';

/** Runs one statement: web has Prisma, the others the hot path's pool. */
export type Execute = (statement: string, values: readonly unknown[]) => Promise<unknown>;

interface ProcessReport {
  /** Unique among everything that runs. */
  readonly id: string;
  readonly kind: ProcessKind;
  readonly version: string;
  /** For how long the process has been running. */
  readonly uptimeMs: number;
  readonly detail: ProcessDetail;
}

// A process under a name of its own takes over the row of its predecessor, which started earlier.
const ANNOUNCE = `INSERT INTO process AS p (id, kind, version, started_at, seen_at, detail)
  VALUES ($1, $2, $3, clock_timestamp() - $4::float8 * interval '1 ms', clock_timestamp(), $5::jsonb)
  ON CONFLICT (id) DO UPDATE SET version = excluded.version, seen_at = excluded.seen_at, detail = excluded.detail,
    started_at = CASE WHEN excluded.started_at > p.started_at + interval '5 seconds'
      THEN excluded.started_at ELSE p.started_at END`;

/** Says that this process lives, and how it is; times are the database's. */
export async function announceProcess(execute: Execute, report: ProcessReport): Promise<void> {
  const { id, kind, version, uptimeMs, detail } = report;
  await execute(ANNOUNCE, [id, kind, version, uptimeMs, JSON.stringify(detail)]);
}

/** Says goodbye: a process that stops in order leaves no stale row behind. */
export async function withdrawProcess(execute: Execute, id: string): Promise<void> {
  await execute('DELETE FROM process WHERE id = $1', [id]);
}
