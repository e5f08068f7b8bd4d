import type { GivenAccess } from '@/lib/domain/destination/access-input';
import type { DbTransaction } from '@/lib/platform/db/client';
import type { Ctx } from '@/lib/services/context';
import { insertCredential } from '@/lib/services/credential/insert';
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
  /** Absent: whoever owned the bucket owns it still; nobody knows of another bucket. */
  readonly ownerAccountId?: string;
}

/** Appends a destination version, and a credential version when access was given; returns the new version. */
export async function newDestinationVersion(tx: DbTransaction, edit: Edit): Promise<number> {
  const { organizationId, id: routingId, destination } = edit.routing;
  const { endpoint, bucket, region, prefix, kmsKeyArn } = edit.place;
  const version = destination.version + 1;
  const credentialId = (await newCredential(tx, edit)) ?? destination.credentialId;
  const isSameBucket = bucket === destination.bucket && endpoint === destination.endpoint;
  const ownerAccountId = edit.ownerAccountId ?? (isSameBucket ? destination.ownerAccountId : null);
  const place = { endpoint, bucket, region, prefix, kmsKeyArn, ownerAccountId };
  await tx.destination.create({ data: { organizationId, routingId, version, ...place, credentialId } });
  return version;
}

async function newCredential(tx: DbTransaction, { ctx, routing, access }: Edit): Promise<string | null> {
  if (access === null) return null;
  const { organizationId, id: routingId } = routing;
  const newest = await tx.credential.aggregate({ where: { routingId }, _max: { version: true } });
  const place = { organizationId, routingId, version: (newest._max.version ?? 0) + 1 };
  return insertCredential(tx, { ctx, place, access });
}
