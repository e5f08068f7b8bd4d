import type { Role } from '@/lib/domain/access/actor';
import { idSchema } from '@/lib/domain/id';
import { type RoutingLabel, routingLabelSchema } from '@/lib/domain/routing/label';
import { type ListView, listSortSchema, listViewSchema } from '@/lib/domain/routing/list';
import { defaultView } from '@/lib/domain/routing/list-views';

/** What the address of the list says: everything that decides what stands on the screen. */
export interface ListAddress {
  readonly view: ListView;
  readonly q: string;
  readonly status: RoutingLabel | null;
  readonly region: string | null;
  readonly organizationId: string | null;
  /** As in the address: a key of the order, with a minus when it is turned round. */
  readonly sort: string;
  readonly page: number;
  /** The routing in the side panel. */
  readonly peek: string | null;
}

const DEFAULT_SORT = 'status';
const PAGE_MAX = 100_000;

/** Reads the query of an address; what is missing or makes no sense is as if the reader had not chosen. */
export function readListAddress(
  given: Readonly<Record<string, string | string[] | undefined>>,
  role: Role,
): ListAddress {
  const text = (name: string) => {
    const value = given[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const page = Number(text('page'));
  return {
    view: listViewSchema.safeParse(text('view')).data ?? defaultView(role),
    q: text('q').slice(0, 200),
    status: routingLabelSchema.safeParse(text('status')).data ?? null,
    region: /^[a-z0-9-]{1,40}$/.test(text('region')) ? text('region') : null,
    organizationId: idSchema().safeParse(text('organization')).data ?? null,
    sort: listSortSchema.safeParse(text('sort')).success ? text('sort') : DEFAULT_SORT,
    page: Number.isInteger(page) && page >= 1 && page <= PAGE_MAX ? page : 1,
    peek: idSchema().safeParse(text('peek')).data ?? null,
  };
}

/** The address with something changed. Whatever changes which rows there are leads back to the first page. */
export function listHref(address: ListAddress, change: Partial<ListAddress> = {}): string {
  const isOtherList = Object.keys(change).some((name) => name !== 'peek' && name !== 'page');
  const { view, q, status, region, organizationId, sort, page, peek } = {
    ...address,
    ...(isOtherList ? { page: 1, peek: null } : {}),
    ...change,
  };
  const query = Object.entries({
    view,
    q,
    status,
    region,
    organization: organizationId,
    sort: sort === DEFAULT_SORT ? null : sort,
    page: page === 1 ? null : String(page),
    peek,
  }).filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== '');
  return `/routings?${new URLSearchParams(query)}`;
}

/** Whether the reader has narrowed the view down. */
export function isNarrowed({ q, status, region, organizationId }: ListAddress): boolean {
  return q !== '' || status !== null || region !== null || organizationId !== null;
}
