import { invariant } from '@/lib/domain/errors';
import type { DbTransaction } from '@/lib/platform/db/client';

/** What every mail about a link names: whose data, and where it is to go. */
export async function noticePlace(tx: DbTransaction, routingId: string) {
  const routing = await tx.routing.findUniqueOrThrow({
    where: { id: routingId },
    include: { workspace: { include: { organization: { select: { name: true } } } } },
  });
  const destination = await tx.destination.findUnique({
    where: { routingId_version: { routingId, version: routing.destinationVersion } },
    select: { bucket: true, region: true, prefix: true },
  });
  invariant(destination, 'every routing has its destination version');
  return { organizationName: routing.workspace.organization.name, routingName: routing.name, ...destination };
}
