import { isTimeZone } from '@/lib/domain/access/time-zone';
import type { Ctx } from '@/lib/services/context';

/** The zone that the actor has chosen; UTC for one that this runtime does not know any more. */
export async function getTimeZone(given: { ctx: Pick<Ctx, 'db' | 'actor'> }): Promise<string> {
  const { db, actor } = given.ctx;
  const row = await db.user.findUnique({ where: { id: actor.userId }, select: { timeZone: true } });
  return row !== null && isTimeZone(row.timeZone) ? row.timeZone : 'UTC';
}
