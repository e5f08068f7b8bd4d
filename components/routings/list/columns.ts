import type { SortKey } from '@/lib/domain/routing/list';

export interface Column {
  readonly title: string;
  readonly sort: SortKey | null;
  /** Width, and from which width of the list on the column is there. */
  readonly className: string;
}

/** What a column's cells and its head have in common. Widths are fixed: live figures must not move their neighbours. */
export const COLUMNS = {
  status: { title: 'Status', sort: 'status', className: 'w-44' },
  since: { title: 'Since', sort: 'since', className: 'w-20' },
  name: { title: 'Organization · routing', sort: 'name', className: '' },
  freshness: { title: 'Freshness', sort: 'freshness', className: 'w-26' },
  day: { title: '24 h', sort: null, className: 'hidden w-28 @min-[68rem]:table-cell' },
  share: { title: 'In promise', sort: 'in-promise', className: 'hidden w-24 @min-[38rem]:table-cell' },
  held: { title: 'Held / kept until', sort: 'held', className: 'hidden w-48 @min-[68rem]:table-cell' },
  next: { title: 'Next step', sort: null, className: 'hidden w-48 @min-[52rem]:table-cell' },
} as const satisfies Record<string, Column>;

export const SORT_WORDS: Readonly<Partial<Record<SortKey, string>>> = {
  status: 'Status, worst first',
  since: 'Since, newest first',
  name: 'Name',
  freshness: 'Freshness, oldest first',
  'in-promise': 'In promise, lowest first',
  held: 'Held, most first',
};
