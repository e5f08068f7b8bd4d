import { type FindingKind, findingKindSchema } from '@/lib/domain/reconciliation/finding';
import { reconciliationVerdict } from '@/lib/domain/reconciliation/verdict';
import { type ReconciliationView, reconciliationStateSchema } from '@/lib/domain/reconciliation/view';
import type { DbTransaction } from '@/lib/platform/db/client';
import { readActorNames } from '@/lib/services/routing/read-actor-names';

interface ReconciliationFilter {
  readonly routingId: string;
  readonly reconciliationId?: string | undefined;
  /** Only those that started before this one. */
  readonly afterId?: string | undefined;
  readonly limit: number;
}

interface Row {
  readonly id: string;
  readonly routing_id: string;
  readonly from_hour: Date;
  readonly to_hour: Date;
  readonly actor: string;
  readonly state: string;
  readonly held_cause: string | null;
  readonly not_before: Date | null;
  readonly started_at: Date;
  readonly ended_at: Date | null;
  readonly files: number;
  readonly objects: number;
  readonly found: number;
  readonly is_listed: boolean;
  readonly percent: number;
  readonly counts: Readonly<Record<string, number>>;
}

const SCHEDULE = 'sluice';

/** Reconciliations of one routing, newest first. The caller has looked whether it may be seen. */
export async function readReconciliationViews(
  db: DbTransaction,
  filter: ReconciliationFilter,
): Promise<ReconciliationView[]> {
  const { routingId, limit } = filter;
  const reconciliationId = filter.reconciliationId ?? null;
  const afterId = filter.afterId ?? null;
  const rows = await db.$queryRaw<Row[]>`
    SELECT r.id, r.routing_id, r.from_hour, r.to_hour, r.actor, r.state,
      r.held_cause, r.not_before, r.started_at, r.ended_at, s.files, s.objects, s.found, s.is_listed, s.percent,
      coalesce(f.counts, '{}') AS counts
    FROM reconciliation r
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(x.files), 0)::int AS files, coalesce(sum(x.objects), 0)::int AS objects,
        coalesce(sum(x.found), 0)::int AS found, coalesce(bool_and(x.method = 'list'), true) AS is_listed,
        coalesce(floor(100.0 * count(*) FILTER (WHERE x.is_done) / nullif(count(*), 0)), 100)::int AS percent
      FROM reconciliation_step x WHERE x.reconciliation_id = r.id
    ) s
    CROSS JOIN LATERAL (
      SELECT json_object_agg(k.kind, k.count) AS counts FROM (
        SELECT x.kind, count(*) AS count FROM reconciliation_finding x WHERE x.reconciliation_id = r.id GROUP BY x.kind
      ) k
    ) f
    WHERE r.routing_id = ${routingId}::uuid AND (${reconciliationId}::uuid IS NULL OR r.id = ${reconciliationId}::uuid)
      AND (${afterId}::uuid IS NULL OR (r.started_at, r.id) <
        (SELECT a.started_at, a.id FROM reconciliation a WHERE a.id = ${afterId}::uuid))
    ORDER BY r.started_at DESC, r.id DESC LIMIT ${limit}`;
  const names = await readActorNames(
    db,
    rows.map((row) => row.actor),
  );
  return rows.map((row) => toView(row, names));
}

function toView(row: Row, names: ReadonlyMap<string, string>): ReconciliationView {
  const counts: Partial<Record<FindingKind, number>> = Object.fromEntries(
    Object.entries(row.counts).map(([kind, count]) => [findingKindSchema.parse(kind), count]),
  );
  const facts = {
    state: reconciliationStateSchema.parse(row.state),
    heldCause: row.held_cause,
    files: row.files,
    isListed: row.is_listed,
    percent: row.percent,
    counts,
    found: row.found,
  };
  return {
    id: row.id,
    routingId: row.routing_id,
    from: row.from_hour.toISOString(),
    to: row.to_hour.toISOString(),
    startedBy: row.actor === SCHEDULE ? null : (names.get(row.actor) ?? row.actor),
    notBefore: row.not_before?.toISOString() ?? null,
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    objects: row.objects,
    ...facts,
    verdict: reconciliationVerdict(facts),
  };
}
