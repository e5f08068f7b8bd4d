import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';
import { nameSchema } from './name';

/** What every token of the management API starts with, so that scanners find a leaked one. */
export const API_TOKEN_PREFIX = 'slt_';

export const createApiTokenSchema = z.object({
  name: nameSchema,
  expiresInDays: z
    .int({ error: 'Choose how long the token lives.' })
    .min(1, 'A token lives at least one day.')
    .max(365, 'A token lives at most 365 days.')
    .default(90),
});
export type CreateApiTokenInput = z.input<typeof createApiTokenSchema>;

export const revokeApiTokenSchema = z.object({ apiTokenId: idSchema() });
export type RevokeApiTokenInput = z.input<typeof revokeApiTokenSchema>;

/** A token without the token. Instants are RFC 3339 strings in UTC. */
export interface ApiTokenView {
  readonly id: string;
  readonly name: string;
  readonly last4: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}
