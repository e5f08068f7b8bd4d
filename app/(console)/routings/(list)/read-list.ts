import { found } from '@/app/found';
import type { ListAddress } from '@/components/routings/list/list-address';
import { AppError } from '@/lib/domain/errors';
import type { PeekView } from '@/lib/domain/routing/peek';
import type { Ctx } from '@/lib/services/context';
import { countRoutingViews } from '@/lib/services/routing/count-views';
import { listRoutings } from '@/lib/services/routing/list';
import { listFilterChoices } from '@/lib/services/routing/list-filter-choices';
import { readPeek } from './read-peek';

const PAGE_SIZE = 100;

/** Everything that the list's address asks for. */
export async function readList(ctx: Ctx, address: ListAddress) {
  const { view, q, sort, page, status, region, organizationId, peek } = address;
  const input = {
    view,
    q,
    sort,
    page,
    limit: PAGE_SIZE,
    ...(status === null ? {} : { status }),
    ...(region === null ? {} : { region }),
    ...(organizationId === null ? {} : { organizationId }),
  };
  const [listed, counted, choices, peeked] = await Promise.all([
    found(listRoutings({ ctx, input })),
    countRoutingViews({ ctx }),
    listFilterChoices({ ctx }),
    peek === null ? null : readPeekIfThere(ctx, peek),
  ]);
  return { ...listed, ...counted, choices, peek: peeked, pageSize: PAGE_SIZE };
}

/** A panel whose routing is not there says so itself; the list beside it is as good as ever. */
async function readPeekIfThere(ctx: Ctx, routingId: string): Promise<PeekView | null> {
  try {
    return await readPeek(ctx, routingId);
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
