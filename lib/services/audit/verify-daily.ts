import { type ChainFinding, FIRST_PREVIOUS_HASH, tellChainFinding } from '@/lib/domain/audit/chain';
import type { Sql } from '@/lib/platform/sql';
import { lookThroughChain } from './look-through-chain';
import { isStillThere } from './verify-chains';

interface DueRow {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
  readonly verified_seq: number;
  readonly verified_hash: string;
}

// A chain whose head is gone is asked for by what was verified of it.
const DUE = `SELECT chain::text, coalesce(h.seq, 0) AS seq, coalesce(encode(h.hash, 'hex'), '') AS hash,
    coalesce(v.verified_seq, 0) AS verified_seq, coalesce(encode(v.verified_hash, 'hex'), '') AS verified_hash
  FROM audit.head h FULL JOIN audit.verification v USING (chain)
  WHERE v.finished_at IS NULL OR v.finished_at < now() - interval '1 day'
  ORDER BY v.finished_at NULLS FIRST LIMIT 1000`;

const FINISH = `INSERT INTO audit.verification AS v (chain, verified_seq, verified_hash, verified_at, finished_at, found, found_at)
  SELECT $1::uuid, CASE WHEN $4::text IS NULL THEN $2::bigint END, CASE WHEN $4::text IS NULL THEN decode($3, 'hex') END,
    CASE WHEN $4::text IS NULL THEN now() END, now(), $4::text, CASE WHEN $4::text IS NOT NULL THEN now() END
  ON CONFLICT (chain) DO UPDATE SET verified_seq = coalesce(excluded.verified_seq, v.verified_seq),
    verified_hash = coalesce(excluded.verified_hash, v.verified_hash),
    verified_at = coalesce(excluded.verified_at, v.verified_at), finished_at = excluded.finished_at,
    found = excluded.found, found_at = excluded.found_at`;

export interface VerifiedChain {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
  /** What is not as it was recorded, as sentences; the first ones. */
  readonly found: readonly string[];
}

const TOLD_MAX = 10;

/**
 * Looks through every chain that nobody has looked through for a day, and keeps what came of it: the page says until
 * where the audit is verified. A chain has to go on from where it was verified last.
 */
export async function verifyDaily(sql: Sql): Promise<VerifiedChain[]> {
  const { rows } = await sql.query<DueRow>(DUE);
  const verified: VerifiedChain[] = [];
  for (const { chain, seq, hash, ...last } of rows) {
    const found = (await lookThrough(sql, { chain, seq, hash, ...last })).map(tellChainFinding);
    await sql.query(FINISH, [chain, seq, hash, found[0] ?? null]);
    verified.push({ chain, seq, hash, found: found.slice(0, TOLD_MAX) });
  }
  return verified;
}

async function lookThrough(sql: Sql, { chain, seq, hash, ...last }: DueRow): Promise<ChainFinding[]> {
  const after = { seq: 0, hash: FIRST_PREVIOUS_HASH };
  const head = seq === 0 ? after : { seq, hash };
  const { findings } = await lookThroughChain(sql, { chain, after, head, rowsMax: seq });
  const kept = { chain, seq: last.verified_seq, hash: last.verified_hash };
  const isSame = await isStillThere(sql, kept);
  return isSame ? [...findings] : [...findings, { chain, seq: kept.seq, eventId: null, kind: 'rewritten' }];
}
