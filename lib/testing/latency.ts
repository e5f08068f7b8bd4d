import { LatencySketch } from '@/lib/domain/latency/sketch';
import type { Sql } from '@/lib/platform/sql';

export interface TestRollup {
  readonly grain: 'minute' | 'hour' | 'day';
  readonly at: Date;
  /** One row each. */
  readonly latenciesMs: readonly number[];
  readonly isDemo?: boolean;
}

/** Writes a roll-up whose rows all waited, and were on time up to five minutes. */
export async function insertRollup(
  sql: Sql,
  routing: { readonly organizationId: string; readonly routingId: string },
  { grain, at, latenciesMs, isDemo = false }: TestRollup,
): Promise<void> {
  const sketch = new LatencySketch();
  for (const ms of latenciesMs) sketch.add(ms, 1);
  const sum = latenciesMs.reduce((total, ms) => total + ms, 0);
  await sql.query(
    `INSERT INTO latency_rollup (organization_id, routing_id, grain, at, rows, within_rows, sum_ms, max_ms, waiting_ms,
       batching_ms, uploading_ms, retrying_ms, files, raw_bytes, gzip_bytes, sketch, is_demo)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7, 0, 0, 0, 1, 1000, 100, $9, $10)`,
    [
      routing.organizationId,
      routing.routingId,
      grain,
      at,
      latenciesMs.length,
      latenciesMs.filter((ms) => ms <= 300_000).length,
      sum,
      Math.max(...latenciesMs),
      Buffer.from(sketch.encode()),
      isDemo,
    ],
  );
}
