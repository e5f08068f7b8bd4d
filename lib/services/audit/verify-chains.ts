import { type ChainFinding, FIRST_PREVIOUS_HASH } from '@/lib/domain/audit/chain';
import type { Sql } from '@/lib/platform/sql';
import { findOutsideChains } from './find-outside-chains';
import { lookThroughChain } from './look-through-chain';
import { type ChainHead, readHeads, readLinks } from './read-links';

export interface AuditVerification {
  /** Of every chain; whoever keeps them elsewhere can tell later whether a chain was written anew. */
  readonly heads: readonly ChainHead[];
  readonly findings: readonly ChainFinding[];
}

const FIRST = { seq: 0, hash: FIRST_PREVIOUS_HASH };

/**
 * Reads the whole audit in pages and hashes it anew: finds rows that were altered, deleted, inserted, moved or cut off,
 * and chains that are not the ones of which `kept` holds earlier heads. Reads only; writers go on meanwhile.
 */
export async function verifyChains(
  sql: Sql,
  { kept = [] }: { readonly kept?: readonly ChainHead[] } = {},
): Promise<AuditVerification> {
  const heads = await readHeads(sql);
  const findings: ChainFinding[] = [];
  for (const head of heads) {
    const all = { chain: head.chain, after: FIRST, head, rowsMax: head.seq };
    findings.push(...(await lookThroughChain(sql, all)).findings);
  }
  findings.push(...(await findOutsideChains(sql)));
  for (const head of kept) if (!(await isStillThere(sql, head))) findings.push(rewritten(head));
  return { heads, findings };
}

/** Whether a chain still has, at its place, the link that a head of earlier was. */
export async function isStillThere(sql: Sql, { chain, seq, hash }: ChainHead): Promise<boolean> {
  if (seq === 0) return true;
  const before = { seq: seq - 1, hash: FIRST_PREVIOUS_HASH };
  const [link] = await readLinks(sql, { chain, after: before, through: seq, limit: 1 });
  return link?.hash === hash;
}

const rewritten = ({ chain, seq }: ChainHead): ChainFinding => ({
  chain,
  seq,
  eventId: null,
  kind: 'rewritten',
});
