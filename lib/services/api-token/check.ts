import type { Actor } from '@/lib/domain/access/actor';
import { API_TOKEN_PREFIX } from '@/lib/domain/access/api-token';
import { hashApiToken } from '@/lib/platform/api-token';
import type { AnonymousCtx } from '@/lib/services/context';
import { type ActorRow, toActor } from '@/lib/services/session/to-actor';

interface TokenRow extends ActorRow {
  readonly id: string;
}

/** Whose token this is, with the owner's role of today; null once revoked, expired or the account disabled. */
export async function checkApiToken(given: {
  ctx: AnonymousCtx;
  input: { token: string };
}): Promise<Actor | null> {
  const { db } = given.ctx;
  const { token } = given.input;
  if (!token.startsWith(API_TOKEN_PREFIX)) return null;
  const rows = await db.$queryRaw<TokenRow[]>`
    SELECT t.id, u.id AS user_id, u.name, u.email, u.role, u.organization_id,
      t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute' AS is_stale
    FROM api_token t JOIN "user" u ON u.id = t.user_id
    WHERE t.token_hash = ${hashApiToken(token)} AND t.revoked_at IS NULL AND t.expires_at > now()
      AND u.disabled_at IS NULL`;
  const row = rows[0];
  if (row === undefined) return null;
  // "Last used" is for people: once a minute is exact enough.
  if (row.is_stale)
    await db.$executeRaw`UPDATE api_token SET last_used_at = now() WHERE id = ${row.id}::uuid`;
  return toActor('api_token', row);
}
