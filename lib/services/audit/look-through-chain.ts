import type { ChainFinding } from '@/lib/domain/audit/chain';
import type { Sql } from '@/lib/platform/sql';
import { type ChainHead, type Link, readLinks } from './read-links';

const PAGE_ROWS = 1_000;
/** Of a chain that was written anew every row is wrong: the first ones say enough. */
const FINDINGS_MAX = 1_000;

interface Stretch {
  readonly chain: string;
  /** The place before the first one that is looked at, with the hash stored there. */
  readonly after: { readonly seq: number; readonly hash: string };
  readonly head: Pick<ChainHead, 'seq' | 'hash'>;
  readonly rowsMax: number;
}

interface Look {
  readonly findings: readonly ChainFinding[];
  /** The last place that was looked at. */
  readonly last: { readonly seq: number; readonly hash: string };
}

/**
 * Looks in pages whether the rows of a chain behind `after` are what was recorded, in its order and without a gap, at
 * most `rowsMax` places far. Where the head is reached, it has to be the last row. Names every row that is not.
 */
export async function lookThroughChain(sql: Sql, stretch: Stretch): Promise<Look> {
  const { chain, head } = stretch;
  const findings: ChainFinding[] = [];
  const through = Math.min(head.seq, stretch.after.seq + stretch.rowsMax);
  let last = stretch.after;
  while (last.seq < through && findings.length < FINDINGS_MAX) {
    const limit = Math.min(PAGE_ROWS, through - last.seq);
    const links = await readLinks(sql, { chain, after: last, through, limit });
    for (const link of links) {
      for (let seq = last.seq + 1; seq < link.seq && findings.length < FINDINGS_MAX; seq += 1)
        findings.push({ chain, seq, eventId: null, kind: 'link-missing' });
      const finding = judge(chain, link, link.seq === last.seq + 1);
      if (finding !== null) findings.push(finding);
      last = { seq: link.seq, hash: link.hash };
    }
    if (links.length === 0) break;
  }
  const isCut = last.seq < through || (through === head.seq && last.hash !== head.hash);
  if (isCut && findings.length < FINDINGS_MAX)
    findings.push({ chain, seq: last.seq, eventId: null, kind: 'cut-off' });
  return { findings, last: { seq: through, hash: last.hash } };
}

/** Behind a gap nothing is known of the hash before, so that the row there cannot be judged. */
function judge(chain: string, link: Link, knowsPrevious: boolean): ChainFinding | null {
  const row = { chain, seq: link.seq, eventId: link.eventId };
  if (link.hashOfRow === null) return { ...row, kind: 'row-missing' };
  return knowsPrevious && link.hashOfRow !== link.hash ? { ...row, kind: 'altered' } : null;
}
