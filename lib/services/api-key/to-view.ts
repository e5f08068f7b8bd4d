import { type ApiKeyView, apiKeyKindSchema } from '@/lib/domain/access/api-key';

interface ApiKeyRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly kind: string;
  readonly name: string;
  readonly last4: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** A collection key as people see it: never the key, never its hash. */
export function toApiKeyView(row: ApiKeyRow): ApiKeyView {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    kind: apiKeyKindSchema.parse(row.kind),
    name: row.name,
    last4: row.last4,
    createdAt: row.createdAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
