import { formatCountOf } from '@/lib/domain/format/count';
import { missingRows } from '@/lib/domain/hour/hour-state';
import type { HourView } from '@/lib/domain/hour/view';

type Sides = Pick<HourView, 'accepted' | 'chunkRows' | 'delivered' | 'pending' | 'setAside' | 'gap'>;

/** By how much a receipt does not add up, in words; null when it does, or when nothing is known. */
export function mismatch(view: Sides): string | null {
  const { accepted, chunkRows } = view;
  if (accepted === null) return null;
  const missing = missingRows(view);
  const inLog = chunkRows === null ? 0 : accepted - chunkRows;
  const parts = [
    ...(missing > 0 ? [`${formatCountOf(missing, 'row')} unaccounted for`] : []),
    ...(missing < 0 ? [`${formatCountOf(-missing, 'row')} too many`] : []),
    ...(inLog > 0 ? [`the log holds ${formatCountOf(inLog, 'row')} fewer than collectors accepted`] : []),
    ...(inLog < 0 ? [`the log holds ${formatCountOf(-inLog, 'row')} more than collectors accepted`] : []),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}
