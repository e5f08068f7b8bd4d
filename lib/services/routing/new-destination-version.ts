import type { GivenAccess } from '@/lib/domain/destination/access-input';
import { isUnstarted } from '@/lib/domain/routing/label';
import type { DbTransaction } from '@/lib/platform/db/client';
import type { Ctx } from '@/lib/services/context';
import { insertCredential } from '@/lib/services/credential/insert';
import { endCandidate } from '@/lib/services/destination/end-candidate';
import type { LockedRouting } from './lock';

interface Edit {
  readonly ctx: Pick<Ctx, 'sealer'>;
  readonly routing: LockedRouting;
  readonly place: Pick<
    LockedRouting['destination'],
    'endpoint' | 'bucket' | 'region' | 'prefix' | 'kmsKeyArn'
  >;
  /** Null: the destination keeps the credential it has, if it has one. */
  readonly access: GivenAccess | null;
  /** Access that is stored already, for a version that goes back to it. */
  readonly credentialId?: string;
  /** Absent: whoever owned the bucket owns it still; nobody knows of another bucket. */
  readonly ownerAccountId?: string;
}

export interface NewDestination {
  readonly version: number;
  /** In use from this transaction on; otherwise it is checked beside the version in use. */
  readonly isAdopted: boolean;
}

/**
 * Appends a destination version, and a credential version when access was given. Where somebody has started, it is a
 * candidate, in the place of an earlier one; what it does not change comes from that one, else from the version in use.
 */
export async function newDestinationVersion(tx: DbTransaction, edit: Edit): Promise<NewDestination> {
  const { organizationId, id: routingId, lifecycle } = edit.routing;
  const base = edit.routing.candidate ?? edit.routing.destination;
  const { endpoint, bucket, region, prefix, kmsKeyArn } = edit.place;
  const credentialId = (await newCredential(tx, edit)) ?? edit.credentialId ?? base.credentialId;
  const isSameBucket = bucket === base.bucket && endpoint === base.endpoint;
  const ownerAccountId = edit.ownerAccountId ?? (isSameBucket ? base.ownerAccountId : null);
  const place = { endpoint, bucket, region, prefix, kmsKeyArn, ownerAccountId };
  const isAdopted = isUnstarted(lifecycle) || credentialId === null;
  await endCandidate(tx, routingId);
  const newest = await tx.destination.aggregate({ where: { routingId }, _max: { version: true } });
  const version = (newest._max.version ?? 0) + 1;
  await tx.destination.create({
    data: {
      ...{ organizationId, routingId, version, ...place, credentialId },
      ...(isAdopted ? {} : { adoptedAt: null }),
    },
  });
  return { version, isAdopted };
}

async function newCredential(tx: DbTransaction, { ctx, routing, access }: Edit): Promise<string | null> {
  if (access === null) return null;
  const { organizationId, id: routingId } = routing;
  const newest = await tx.credential.aggregate({ where: { routingId }, _max: { version: true } });
  const place = { organizationId, routingId, version: (newest._max.version ?? 0) + 1 };
  return insertCredential(tx, { ctx, place, access });
}
