import { z } from 'zod';
import { invariant } from '@/lib/domain/errors';
import { handOverLinkState } from '@/lib/domain/hand-over/state';
import type { HandOverLinkView } from '@/lib/domain/hand-over/view';
import type { DbTransaction } from '@/lib/platform/db/client';
import { readActorNames } from '@/lib/services/routing/read-actor-names';

type Readable = Pick<DbTransaction, 'handOverLink' | 'user' | '$queryRaw'>;
type LinkFilter = { readonly routingId: string } | { readonly id: string } | { readonly parentId: string };

/** More than anybody makes by hand, and enough to see a family of links. */
const LINKS_MAX = 50;
const accessKindSchema = z.enum(['keys', 'role']).nullable();

/** Links as their makers see them, newest first. */
export async function readLinkViews(db: Readable, where: LinkFilter): Promise<HandOverLinkView[]> {
  const rows = await db.handOverLink.findMany({
    where,
    omit: { tokenHash: true, sessionHash: true, triedKeyHashes: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
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
    routingId: row.routingId,
    parentId: row.parentId,
    recipient: row.recipient,
    state: handOverLinkState(row, clock.now),
    createdBy: names.get(row.createdBy) ?? row.createdBy,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    openedAt: row.openedAt?.toISOString() ?? null,
    accessKind: accessKindSchema.parse(row.accessKind),
    accessGivenAt: row.accessGivenAt?.toISOString() ?? null,
    submittedAt: row.submittedAt?.toISOString() ?? null,
    endedAt: (row.declinedAt ?? row.revokedAt)?.toISOString() ?? null,
  }));
}

/** One link that is there. */
export async function readLinkView(db: Readable, id: string): Promise<HandOverLinkView> {
  const [view] = await readLinkViews(db, { id });
  invariant(view, 'a link just made can be read');
  return view;
}
