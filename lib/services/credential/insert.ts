import { randomUUID } from 'node:crypto';
import type { AccessKeys } from '@/lib/domain/destination/access-key';
import type { DbTransaction } from '@/lib/platform/db/client';
import type { Ctx } from '@/lib/services/context';
import { type CredentialPlace, sealCredential } from './seal';

/** Stores sealed keys as a routing's credential of the given version; returns its id. */
export async function insertCredential(
  tx: DbTransaction,
  given: {
    readonly ctx: Pick<Ctx, 'sealer'>;
    readonly place: Omit<CredentialPlace, 'credentialId'>;
    readonly keys: AccessKeys;
  },
): Promise<string> {
  const credentialId = randomUUID();
  await tx.credential.create({
    data: await sealCredential(given.ctx.sealer, { ...given.place, credentialId }, given.keys),
  });
  return credentialId;
}
