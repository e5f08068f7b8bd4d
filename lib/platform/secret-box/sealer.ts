import { createCipheriv, randomBytes } from 'node:crypto';
import { encodeEnvelope, NONCE_BYTES } from './envelope';
import { rsaWrappingKey } from './rsa-keys';
import type { WrappingKey } from './wrapping-key';

/** The half of the box that web holds: it can close secrets and never look into them again. */
export interface Sealer {
  readonly keyId: string;
  /** `aad` binds the secret to its place; opening needs the same text. Two seals of one secret differ. */
  seal(plaintext: string, aad: string): Promise<Buffer>;
}

/** Throws when `publicKeyPem` is not an RSA public key in PEM. */
export function createSealer(publicKeyPem: string): Sealer {
  return sealTo(rsaWrappingKey(publicKeyPem));
}

/** Seals to a key of any provider: each secret has a data key of its own, which the key wraps. */
export function sealTo(key: WrappingKey): Sealer {
  return {
    keyId: key.keyId,
    async seal(plaintext, aad) {
      const { dataKey, wrappedKey } = await key.newDataKey(aad);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', dataKey, nonce);
      cipher.setAAD(Buffer.from(aad, 'utf8'));
      const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      dataKey.fill(0);
      return encodeEnvelope({ keyId: key.keyId, wrappedKey, nonce, tag: cipher.getAuthTag(), ciphertext });
    },
  };
}
