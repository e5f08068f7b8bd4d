import { randomUUID } from 'node:crypto';
import type { GivenAccess } from '@/lib/domain/destination/access-input';
import type { DbTransaction } from '@/lib/platform/db/client';
import type { Ctx } from '@/lib/services/context';
import { type CredentialPlace, sealCredential } from './seal';

/** Stores access as a routing's credential of the given version, keys sealed; returns its id. */
export async function insertCredential(
  tx: DbTransaction,
  given: {
    readonly ctx: Pick<Ctx, 'sealer'>;
    readonly place: Omit<CredentialPlace, 'credentialId'>;
    readonly access: GivenAccess;
  },
): Promise<string> {
  const { ctx, place, access } = given;
  const credentialId = randomUUID();
  const data =
    access.kind === 'role'
      ? { id: credentialId, ...place, kind: access.kind, roleArn: access.roleArn }
      : await sealCredential(ctx.sealer, { ...place, credentialId }, access);
  await tx.credential.create({ data });
  return credentialId;
}
