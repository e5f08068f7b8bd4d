/**
 * The bytes of a sealed secret.
 * Version 1: version (1) · key id (16) · length of the wrapped data key (2, big endian) · wrapped data key · nonce (12) · tag (16) · ciphertext.
 * Version 2, for keys whose name is no fingerprint: version (1) · length of the key id (2, big endian) · key id (ASCII) · then as version 1.
 * The secret is encrypted by AES-256-GCM under the data key.
 */
export interface Envelope {
  /** 32 hex digits: the first half of the SHA-256 of an RSA public key's SPKI DER; or the ARN of a KMS key. */
  readonly keyId: string;
  readonly wrappedKey: Buffer;
  readonly nonce: Buffer;
  readonly tag: Buffer;
  readonly ciphertext: Buffer;
}

const FINGERPRINT = /^[0-9a-f]{32}$/;
const FINGERPRINT_BYTES = 16;
const LENGTH_BYTES = 2;
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Thrown for bytes that are no envelope, were sealed to an unknown key or do not belong where they lie. Holds no secret. */
export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError';
}

export function encodeEnvelope(envelope: Envelope): Buffer {
  const { keyId, wrappedKey, nonce, tag, ciphertext } = envelope;
  const parts = [encodeName(keyId), uint16(wrappedKey.length), wrappedKey, nonce, tag, ciphertext];
  return Buffer.concat(parts);
}

/** Throws SecretBoxError for bytes that are no envelope of a known version. */
export function decodeEnvelope(sealed: Buffer): Envelope {
  const { keyId, end } = decodeName(sealed);
  if (sealed.length < end + LENGTH_BYTES) throw cutShort();
  const wrappedStart = end + LENGTH_BYTES;
  const wrappedEnd = wrappedStart + sealed.readUInt16BE(end);
  const nonceEnd = wrappedEnd + NONCE_BYTES;
  const tagEnd = nonceEnd + TAG_BYTES;
  if (sealed.length < tagEnd) throw cutShort();
  return {
    keyId,
    wrappedKey: sealed.subarray(wrappedStart, wrappedEnd),
    nonce: sealed.subarray(wrappedEnd, nonceEnd),
    tag: sealed.subarray(nonceEnd, tagEnd),
    ciphertext: sealed.subarray(tagEnd),
  };
}

function encodeName(keyId: string): Buffer {
  if (FINGERPRINT.test(keyId)) return Buffer.concat([Buffer.from([1]), Buffer.from(keyId, 'hex')]);
  const name = Buffer.from(keyId, 'ascii');
  return Buffer.concat([Buffer.from([2]), uint16(name.length), name]);
}

function decodeName(sealed: Buffer): { keyId: string; end: number } {
  const version = sealed.length > 0 ? sealed.readUInt8(0) : 0;
  if (version === 1) {
    const end = 1 + FINGERPRINT_BYTES;
    if (sealed.length < end) throw cutShort();
    return { keyId: sealed.toString('hex', 1, end), end };
  }
  if (version === 2) {
    const start = 1 + LENGTH_BYTES;
    if (sealed.length < start) throw cutShort();
    const end = start + sealed.readUInt16BE(1);
    if (sealed.length < end) throw cutShort();
    return { keyId: sealed.toString('ascii', start, end), end };
  }
  throw new SecretBoxError('These bytes are not a sealed secret of a known version.');
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(LENGTH_BYTES);
  bytes.writeUInt16BE(value);
  return bytes;
}

function cutShort(): SecretBoxError {
  return new SecretBoxError('This sealed secret is cut short.');
}
