import {
  type ProcessView,
  processDetailSchema,
  processKindSchema,
  processState,
} from '@/lib/domain/system/process';
import type { DbTransaction } from '@/lib/platform/db/client';

interface ProcessRow {
  readonly id: string;
  readonly kind: string;
  readonly version: string;
  readonly started_at: Date;
  readonly seen_at: Date;
  readonly age_ms: number;
  readonly detail: unknown;
}

/** Every process that was heard of within a day, by kind, the longest running first. */
export async function readProcesses(tx: DbTransaction): Promise<ProcessView[]> {
  const rows = await tx.$queryRaw<ProcessRow[]>`
    SELECT id, kind, version, started_at, seen_at, detail,
      (extract(epoch FROM clock_timestamp() - seen_at) * 1000)::float8 AS age_ms
    FROM process ORDER BY kind, started_at, id`;
  return rows.map((row) => {
    const parsed = processDetailSchema.safeParse(row.detail);
    const detail = parsed.success ? parsed.data : null;
    return {
      id: row.id,
      kind: processKindSchema.parse(row.kind),
      version: row.version,
      startedAt: row.started_at.toISOString(),
      seenAt: row.seen_at.toISOString(),
      state: processState({ ageMs: row.age_ms, detail }),
      detail,
    };
  });
}
