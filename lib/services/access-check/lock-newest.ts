import { AppError } from '@/lib/domain/errors';
import type { DbTransaction } from '@/lib/platform/db/client';
import { notFound } from '@/lib/services/guard';

export interface NamedCheck {
  readonly routingId: string;
  readonly checkId: string;
}

/** Locks a check that nothing newer has replaced. Throws NOT_FOUND, PRECONDITION for one of the past. */
export async function lockNewestCheck(tx: DbTransaction, { routingId, checkId }: NamedCheck) {
  await tx.$executeRaw`SELECT 1 FROM access_check WHERE id = ${checkId}::uuid FOR UPDATE`;
  const check = await tx.accessCheck.findFirst({ where: { id: checkId, routingId } });
  if (check === null) throw notFound('check');
  const newer = await tx.accessCheck.findFirst({
    where: {
      routingId,
      destinationVersion: check.destinationVersion,
      requestedAt: { gt: check.requestedAt },
    },
  });
  if (newer === null && check.state !== 'superseded') return check;
  throw new AppError('PRECONDITION', 'A newer check has taken the place of this one. Reload the page.');
}
