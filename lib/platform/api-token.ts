import { createHash, randomBytes } from 'node:crypto';
import { API_TOKEN_PREFIX } from '@/lib/domain/access/api-token';

/** A new token of the management API, 256 random bits as `slt_…`; shown once, kept only as its hash. */
export function generateApiToken(): string {
  return `${API_TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`;
}

/** SHA-256 of the whole token text, as `api_token.token_hash` holds it. Tokens are random, so no salt is needed. */
export function hashApiToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token, 'utf8').digest());
}
