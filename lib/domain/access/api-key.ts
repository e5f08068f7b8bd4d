import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';
import { nameSchema } from './name';

/** Browser keys are public by nature (events, batch, identify); server keys travel in a header only. */
export const apiKeyKindSchema = z.enum(['browser', 'server'], { error: 'Choose browser or server.' });
export type ApiKeyKind = z.infer<typeof apiKeyKindSchema>;

export const createApiKeySchema = z.object({
  workspaceId: idSchema('Choose a workspace.'),
  kind: apiKeyKindSchema,
  name: nameSchema,
});
export type CreateApiKeyInput = z.input<typeof createApiKeySchema>;

export const revokeApiKeySchema = z.object({ apiKeyId: idSchema() });
export type RevokeApiKeyInput = z.input<typeof revokeApiKeySchema>;

export const listApiKeysSchema = z.object({ workspaceId: idSchema('Choose a workspace.') });
export type ListApiKeysInput = z.input<typeof listApiKeysSchema>;

/** A collection key without the key. Instants are RFC 3339 strings in UTC. */
export interface ApiKeyView {
  readonly id: string;
  readonly workspaceId: string;
  readonly kind: ApiKeyKind;
  readonly name: string;
  readonly last4: string;
  readonly createdAt: string;
  readonly revokedAt: string | null;
}
