import { type AuditChainInput, auditChainSchema } from '@/lib/domain/audit/list';
import type { AuditChainView } from '@/lib/domain/audit/view';
import { parseInput } from '@/lib/domain/parse-input';
import type { Ctx } from '@/lib/services/context';
import { requireOrganization, requirePermission } from '@/lib/services/guard';

interface StateRow {
  readonly chain: string;
  readonly rows: bigint;
  readonly hash: string;
  readonly verified_rows: bigint | null;
  readonly verified_at: Date | null;
  readonly found: string | null;
}

/**
 * Whether the audit is as it was recorded, as a worker last saw it: of one organization, or of all that the actor may
 * see. Throws FORBIDDEN, VALIDATION, NOT_FOUND.
 */
export async function readChainState(given: { ctx: Ctx; input: AuditChainInput }): Promise<AuditChainView> {
  const { ctx } = given;
  requirePermission(ctx, 'audit.read');
  const { organizationId } = parseInput(auditChainSchema, given.input);
  if (organizationId !== undefined) requireOrganization(ctx, organizationId, 'organization');
  const chain = organizationId ?? ctx.actor.organizationId;
  const rows = await ctx.db.$queryRaw<StateRow[]>`
    SELECT chain::text, coalesce(h.seq, 0) AS rows, coalesce(encode(h.hash, 'hex'), '') AS hash,
      v.verified_seq AS verified_rows, v.verified_at, v.found
    FROM audit.head h FULL JOIN audit.verification v USING (chain)
    WHERE ${chain}::uuid IS NULL OR chain = ${chain}::uuid
    ORDER BY v.verified_at NULLS LAST`;
  return toView(rows);
}

function toView(rows: readonly StateRow[]): AuditChainView {
  const only = rows.length === 1 ? rows[0] : undefined;
  return {
    chains: rows.length,
    rows: Number(rows.reduce((sum, row) => sum + row.rows, 0n)),
    verifiedRows: Number(rows.reduce((sum, row) => sum + (row.verified_rows ?? 0n), 0n)),
    verifiedAt: rows[0]?.verified_at?.toISOString() ?? null,
    found: rows.flatMap(({ found }) => (found === null ? [] : [found])).slice(0, FOUND_MAX),
    head: only === undefined || only.hash === '' ? null : { seq: Number(only.rows), hash: only.hash },
  };
}

const FOUND_MAX = 3;
