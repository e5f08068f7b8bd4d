import { dataTypeSchema } from '@/lib/domain/data-type';
import { parseInput } from '@/lib/domain/parse-input';
import { ADVICE } from '@/lib/domain/reconciliation/advice';
import { findingDetailSchema, findingKindSchema } from '@/lib/domain/reconciliation/finding';
import { type ReadReconciliationInput, readReconciliationSchema } from '@/lib/domain/reconciliation/input';
import type { FindingView, ReconciliationView } from '@/lib/domain/reconciliation/view';
import type { Ctx } from '@/lib/services/context';
import { notFound, requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';
import { readReconciliationViews } from './read-views';

export interface ReconciliationDetail {
  readonly reconciliation: ReconciliationView;
  /** In the order in which they were found. */
  readonly findings: readonly FindingView[];
  readonly nextCursor: string | null;
}

/** A reconciliation with a page of what it found. Throws NOT_FOUND for one the actor does not see. */
export async function readReconciliation(given: {
  ctx: Ctx;
  input: ReadReconciliationInput;
}): Promise<ReconciliationDetail> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { routingId, reconciliationId, cursor, limit } = parseInput(readReconciliationSchema, given.input);
  await requireRouting(ctx, routingId);
  const [reconciliation] = await readReconciliationViews(ctx.db, { routingId, reconciliationId, limit: 1 });
  if (reconciliation === undefined) throw notFound('reconciliation');
  const rows = await ctx.db.reconciliationFinding.findMany({
    where: { reconciliationId, ...(cursor === undefined ? {} : { id: { gt: BigInt(cursor) } }) },
    orderBy: { id: 'asc' },
    take: limit + 1,
  });
  const findings = rows.slice(0, limit).map((row): FindingView => {
    const kind = findingKindSchema.parse(row.kind);
    return {
      id: String(row.id),
      kind,
      subject: row.subject,
      bucket: row.bucket,
      key: row.key,
      fileId: row.fileId,
      type: dataTypeSchema.parse(row.type),
      hour: row.hour?.toISOString() ?? null,
      rows: row.rows === null ? null : Number(row.rows),
      detail: findingDetailSchema.parse(row.detail),
      advice: ADVICE[kind],
    };
  });
  return { reconciliation, findings, nextCursor: rows.length > limit ? (findings.at(-1)?.id ?? null) : null };
}
