import { type ChainFinding, VENDOR_CHAIN } from '@/lib/domain/audit/chain';
import type { Sql } from '@/lib/platform/sql';

const ROWS_AT_ONCE = 5_000;
const FINDINGS_MAX = 100;

interface OutsideRow {
  readonly id: string;
  readonly chain: string;
}

const NOT_CHAINED = `SELECT e.id::text, coalesce(e.organization_id, '${VENDOR_CHAIN}')::text AS chain
  FROM audit_event e LEFT JOIN audit.link l ON l.event_id = e.id
  WHERE l.event_id IS NULL AND e.id > $1 AND e.id <= $1 + ${ROWS_AT_ONCE} ORDER BY e.id`;
const BEHIND_HEAD = `SELECT l.chain::text, l.seq, l.event_id::text AS id
  FROM audit.link l LEFT JOIN audit.head h ON h.chain = l.chain
  WHERE h.chain IS NULL OR l.seq > h.seq ORDER BY l.chain, l.seq LIMIT ${FINDINGS_MAX}`;

/**
 * Rows that no chain holds, and places behind the head of their chain; at most a hundred or so of either. A row and its
 * place are stored by one commit: each statement sees both or neither.
 */
export async function findOutsideChains(sql: Sql): Promise<ChainFinding[]> {
  const { rows: ends } = await sql.query<{ last: number }>(
    'SELECT coalesce(max(id), 0)::bigint AS last FROM audit_event',
  );
  const findings: ChainFinding[] = [];
  for (let after = 0; after < (ends[0]?.last ?? 0) && findings.length < FINDINGS_MAX; after += ROWS_AT_ONCE) {
    const { rows } = await sql.query<OutsideRow>(NOT_CHAINED, [after]);
    for (const { id, chain } of rows) findings.push({ chain, seq: null, eventId: id, kind: 'not-chained' });
  }
  const { rows: behind } = await sql.query<OutsideRow & { seq: number }>(BEHIND_HEAD);
  for (const { id, chain, seq } of behind) findings.push({ chain, seq, eventId: id, kind: 'cut-off' });
  return findings;
}
