import { formatCountOf } from '@/lib/domain/format/count';
import type { HourState, HourView } from '@/lib/domain/hour/view';

interface HourDisplay {
  readonly word: string;
  readonly tone: string;
}

/** The word and tone of every state; its sign is HourMark. Only a gap is filled. */
export const HOUR_DISPLAY: Readonly<Record<HourState, HourDisplay>> = {
  complete: { word: 'complete', tone: 'text-good' },
  late: { word: 'arrived late', tone: 'text-warn' },
  open: { word: 'open', tone: 'text-info' },
  missing: { word: 'missing', tone: 'text-bad' },
  gap: { word: 'gap', tone: 'text-bad' },
  quiet: { word: 'no traffic', tone: 'text-muted' },
  held: { word: 'paused', tone: 'text-info' },
  unknown: { word: 'not known', tone: 'text-muted' },
};

/** "Sun 22, 11:00 UTC: complete, 517,204 rows in 61 files" */
export function hourName(view: HourView, day: string): string {
  const { word } = HOUR_DISPLAY[view.state];
  const rows = view.accepted ?? view.delivered;
  const counts = rows === 0 ? '' : `, ${formatCountOf(rows, 'row')} in ${formatCountOf(view.files, 'file')}`;
  return `${day}, ${view.hour.slice(11, 16)} UTC: ${word}${counts}`;
}
