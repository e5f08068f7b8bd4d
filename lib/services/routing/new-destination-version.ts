import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { updateRoutingSchema } from '@/lib/domain/routing/input';
import type { DbTransaction } from '@/lib/platform/db/client';
import type { Ctx } from '@/lib/services/context';
import { sealCredential } from '@/lib/services/credential/seal';
import type { LockedRouting } from './lock';

interface Edit {
  readonly ctx: Pick<Ctx, 'sealer'>;
  readonly routing: LockedRouting;
  readonly input: z.output<typeof updateRoutingSchema>;
}

/** Appends a destination version, and a credential version when keys were given; returns the new version. */
export async function newDestinationVersion(tx: DbTransaction, edit: Edit): Promise<number> {
  const { organizationId, id: routingId, destination } = edit.routing;
  const { endpoint, bucket, region, prefix, kmsKeyArn } = edit.input;
  const version = destination.version + 1;
  const credentialId = (await insertCredential(tx, edit)) ?? destination.credentialId;
  await tx.destination.create({
    data: { organizationId, routingId, version, endpoint, bucket, region, prefix, kmsKeyArn, credentialId },
  });
  return version;
}

async function insertCredential(tx: DbTransaction, { ctx, routing, input }: Edit): Promise<string | null> {
  const { accessKeyId, secretAccessKey } = input;
  if (accessKeyId === undefined || secretAccessKey === undefined) return null;
  const { organizationId, id: routingId } = routing;
  const newest = await tx.credential.aggregate({ where: { routingId }, _max: { version: true } });
  const place = {
    organizationId,
    routingId,
    credentialId: randomUUID(),
    version: (newest._max.version ?? 0) + 1,
  };
  await tx.credential.create({ data: sealCredential(ctx.sealer, place, { accessKeyId, secretAccessKey }) });
  return place.credentialId;
}
