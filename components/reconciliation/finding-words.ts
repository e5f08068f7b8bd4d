import { formatBytes } from '@/lib/domain/format/bytes';
import { formatCount } from '@/lib/domain/format/count';
import type { FindingKind } from '@/lib/domain/reconciliation/finding';
import type { FindingView } from '@/lib/domain/reconciliation/view';

export const KIND_WORDS: Readonly<Record<FindingKind, string>> = {
  missing: 'missing',
  altered: 'altered',
  duplicate: 'copy',
  foreign: 'not ours',
  unclear: 'not clear',
  counts_differ: 'counts differ',
  chunks_missing: 'hole in the log',
  offsets_uncut: 'hole in the ledger',
  offsets_twice: 'overlap in the ledger',
  rows_differ: 'rows differ',
};

/** How far apart the two sides of a finding are, in words; null where there is nothing to measure. */
export function differenceOf({ kind, detail, rows }: FindingView): string | null {
  const { accepted, chunkRows, cutRows, filesRows, recordedBytes, foundBytes } = detail;
  if (typeof accepted === 'number' && typeof chunkRows === 'number')
    return `accepted ${formatCount(accepted)}, in the log ${formatCount(chunkRows)}`;
  if (typeof cutRows === 'number' && typeof filesRows === 'number')
    return `cut ${formatCount(cutRows)} rows, files ${formatCount(filesRows)}`;
  if (kind === 'altered' && typeof foundBytes === 'number')
    return recordedBytes === foundBytes
      ? `${formatBytes(foundBytes)} as delivered, with other content`
      : `delivered ${typeof recordedBytes === 'number' ? formatBytes(recordedBytes) : 'unknown'}, found ${formatBytes(foundBytes)}`;
  if (rows !== null && rows > 0) return `${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}`;
  return typeof foundBytes === 'number' ? formatBytes(foundBytes) : null;
}
