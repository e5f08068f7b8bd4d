import { createHash, randomInt } from 'node:crypto';
import { type ApiKeyKind, apiKeyKindSchema } from '@/lib/domain/access/api-key';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_LENGTH = 32;
const FORMAT = /^slk_(browser|server)_[0-9A-Za-z]{32}$/;

/** A new key of 190 random bits, as `slk_browser_…` or `slk_server_…`; shown once, kept only as its hash. */
export function generateApiKey(kind: ApiKeyKind): string {
  const secret = Array.from({ length: SECRET_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return `slk_${kind}_${secret.join('')}`;
}

/** SHA-256 of the whole key text, as `api_key.key_hash` holds it. Keys are random, so no salt is needed. */
export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key, 'utf8').digest();
}

/** The kind that the text of a key claims, or null where it cannot be a key; spares the database a look-up. */
export function apiKeyKind(key: string): ApiKeyKind | null {
  const match = FORMAT.exec(key);
  return match === null ? null : apiKeyKindSchema.parse(match[1]);
}
