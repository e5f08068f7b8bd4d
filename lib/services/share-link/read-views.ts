import { invariant } from '@/lib/domain/errors';
import type { ShareLinkView } from '@/lib/domain/share-link/view';
import type { DbTransaction } from '@/lib/platform/db/client';
import { readActorNames } from '@/lib/services/routing/read-actor-names';

type Readable = Pick<DbTransaction, 'shareLink' | 'handOverLink' | 'user' | '$queryRaw'>;

const LINKS_MAX = 100;

interface LinkFilter {
  readonly id?: string;
  readonly routingId?: string;
  readonly organizationId?: string;
}

/** Links, newest first, at most a hundred. */
export async function readShareLinkViews(db: Readable, where: LinkFilter): Promise<readonly ShareLinkView[]> {
  const rows = await db.shareLink.findMany({
    where,
    omit: { tokenHash: true },
    include: { routing: { select: { id: true, name: true } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: LINKS_MAX,
  });
  const [clock] = await db.$queryRaw<{ now: Date }[]>`SELECT now() AS now`;
  invariant(clock, 'the database tells the time');
  const names = await readActorNames(
    db,
    rows.map(({ createdBy }) => createdBy),
  );
  return rows.map((row) => ({
    id: row.id,
    routing: row.routing,
    state: row.revokedAt !== null ? 'revoked' : row.expiresAt <= clock.now ? 'expired' : 'open',
    createdBy: names.get(row.createdBy) ?? 'somebody who has left',
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    openedAt: row.openedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }));
}

/** One link, which is known to be there. */
export async function readShareLinkView(db: Readable, id: string): Promise<ShareLinkView> {
  const [view] = await readShareLinkViews(db, { id });
  invariant(view, 'a link that was just written is there');
  return view;
}
