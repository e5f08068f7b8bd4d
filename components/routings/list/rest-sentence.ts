import { formatCount } from '@/lib/domain/format/count';
import { LABEL_DISPLAY, type RoutingLabel } from '@/lib/domain/routing/label';
import type { ListView } from '@/lib/domain/routing/list';
import { VIEW_WORDS } from './view-words';

export type LabelCounts = Readonly<Partial<Record<RoutingLabel, number>>>;

/** "Nothing else needs you. 2,003 delivering · 4 no traffic": what the routings outside a view do, the many first. */
export function restSentence(view: ListView, others: LabelCounts, isEmpty: boolean): string {
  const head = `${isEmpty ? 'Nothing' : 'Nothing else'} ${VIEW_WORDS[view].nothing}.`;
  const counts = Object.entries(others) as [RoutingLabel, number][];
  const parts = counts
    .sort(([, a], [, b]) => b - a)
    .map(([label, count]) => `${formatCount(count)} ${LABEL_DISPLAY[label].word.toLowerCase()}`);
  return [head, parts.join(' · ')].filter((part) => part !== '').join(' ');
}
