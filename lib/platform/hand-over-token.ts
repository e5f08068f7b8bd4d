import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits in base64url: the token in a link's address, and the cookie that it is exchanged for. */
export function generateHandOverToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 of the text, as `hand_over_link` holds it. What is hashed is random, so no salt is needed. */
export function hashHandOverToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token, 'utf8').digest());
}
