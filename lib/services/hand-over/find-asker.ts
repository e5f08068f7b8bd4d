import { invariant } from '@/lib/domain/errors';
import type { DbTransaction } from '@/lib/platform/db/client';

interface Asker {
  readonly name: string;
  readonly email: string;
  readonly askedAt: Date;
}

/** The person who made the first of a family of links. */
export async function findAsker(
  db: Pick<DbTransaction, 'handOverLink' | 'user'>,
  rootId: string,
): Promise<Asker> {
  const root = await db.handOverLink.findUniqueOrThrow({
    where: { id: rootId },
    select: { createdBy: true, createdAt: true },
  });
  const [, userId = ''] = root.createdBy.split(':');
  const user = await db.user.findUnique({ where: { id: userId }, select: { name: true, email: true } });
  invariant(user, 'a link is made by a person, and people are kept');
  return { ...user, askedAt: root.createdAt };
}
