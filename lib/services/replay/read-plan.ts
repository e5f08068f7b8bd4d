import type { ReplayPlan } from '@/lib/domain/replay/view';
import { HOUR_MS } from '@/lib/domain/time-units';
import type { Ctx } from '@/lib/services/context';
import { listHours } from '@/lib/services/hour/list-hours';
import { filesInRange, type ReplayRange } from './files-in-range';

interface Row {
  readonly files: number;
  readonly rows: number;
  readonly gzip_bytes: number;
  readonly not_kept_files: number;
  readonly not_kept_rows: number;
  readonly last_not_kept: Date | null;
  readonly pending_files: number;
}

type Counted = Pick<ReplayPlan, 'files' | 'rows' | 'gzipBytes' | 'notKept' | 'worksFrom' | 'leftAlone'>;

/** What ledger and log know about a range before anything is written. Throws NOT_FOUND as `listHours` does. */
export async function readPlan(ctx: Ctx, range: ReplayRange): Promise<Counted> {
  const [row] = await ctx.db.$queryRaw<Row[]>`
    SELECT count(*) FILTER (WHERE state = 'delivered')::int AS files,
      coalesce(sum(rows) FILTER (WHERE state = 'delivered'), 0)::float8 AS rows,
      coalesce(sum(gzip_bytes) FILTER (WHERE state = 'delivered'), 0)::float8 AS gzip_bytes,
      count(*) FILTER (WHERE state = 'delivered' AND NOT is_kept)::int AS not_kept_files,
      coalesce(sum(rows) FILTER (WHERE state = 'delivered' AND NOT is_kept), 0)::float8 AS not_kept_rows,
      max(in_hour) FILTER (WHERE state = 'delivered' AND NOT is_kept) AS last_not_kept,
      count(*) FILTER (WHERE state <> 'delivered')::int AS pending_files
    FROM (${filesInRange(range)}) f`;
  const { files = 0, rows = 0, gzip_bytes: gzipBytes = 0, last_not_kept: lastNotKept = null } = row ?? {};
  return {
    files,
    rows,
    gzipBytes,
    notKept: { files: row?.not_kept_files ?? 0, rows: row?.not_kept_rows ?? 0 },
    worksFrom: lastNotKept === null ? null : new Date(lastNotKept.getTime() + HOUR_MS).toISOString(),
    leftAlone: { pendingFiles: row?.pending_files ?? 0, ...(await rowsOfHours(ctx, range)) },
  };
}

/** What the receipts of these hours say is in no file, or not yet. */
async function rowsOfHours(ctx: Ctx, { routingId, types, from, to }: ReplayRange) {
  const ofTypes = await Promise.all(
    types.map((type) => listHours({ ctx, input: { routingId, type, from, to } })),
  );
  const hours = ofTypes.flatMap((of) => of.hours);
  const sum = (of: (hour: (typeof hours)[number]) => number) =>
    hours.reduce((total, hour) => total + of(hour), 0);
  return {
    pendingRows: sum(({ pending }) => pending),
    setAsideRows: sum(({ setAside }) => setAside),
    gapRows: sum(({ gap }) => gap),
  };
}
