/**
 * The bytes of a sealed secret, version 1:
 * version (1) · key id (16) · length of the wrapped data key (2, big endian) · wrapped data key · nonce (12) · tag (16) · ciphertext.
 * The data key is wrapped by RSA-OAEP-SHA256, the secret encrypted by AES-256-GCM under that data key.
 */
export interface Envelope {
  /** 32 hex digits: the first half of the SHA-256 of the public key's SPKI DER. */
  readonly keyId: string;
  readonly wrappedKey: Buffer;
  readonly nonce: Buffer;
  readonly tag: Buffer;
  readonly ciphertext: Buffer;
}

const VERSION = 1;
const KEY_ID_BYTES = 16;
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + 2;

/** Thrown for bytes that are no envelope, were sealed to an unknown key or do not belong where they lie. Holds no secret. */
export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError';
}

export function encodeEnvelope(envelope: Envelope): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(VERSION, 0);
  header.write(envelope.keyId, 1, KEY_ID_BYTES, 'hex');
  header.writeUInt16BE(envelope.wrappedKey.length, 1 + KEY_ID_BYTES);
  return Buffer.concat([header, envelope.wrappedKey, envelope.nonce, envelope.tag, envelope.ciphertext]);
}

export function decodeEnvelope(sealed: Buffer): Envelope {
  if (sealed.length < HEADER_BYTES || sealed.readUInt8(0) !== VERSION) {
    throw new SecretBoxError('These bytes are not a sealed secret of a known version.');
  }
  const wrappedEnd = HEADER_BYTES + sealed.readUInt16BE(1 + KEY_ID_BYTES);
  const nonceEnd = wrappedEnd + NONCE_BYTES;
  const tagEnd = nonceEnd + TAG_BYTES;
  if (sealed.length < tagEnd) throw new SecretBoxError('This sealed secret is cut short.');
  return {
    keyId: sealed.toString('hex', 1, 1 + KEY_ID_BYTES),
    wrappedKey: sealed.subarray(HEADER_BYTES, wrappedEnd),
    nonce: sealed.subarray(wrappedEnd, nonceEnd),
    tag: sealed.subarray(nonceEnd, tagEnd),
    ciphertext: sealed.subarray(tagEnd),
  };
}
