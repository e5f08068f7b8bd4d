import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { encodeEnvelope, NONCE_BYTES } from './envelope';
import { keyIdOf, unfoldPem } from './key-pair';

/** The half of the box that web holds: it can close secrets and never look into them again. */
export interface Sealer {
  readonly keyId: string;
  /** `aad` binds the secret to its place; opening needs the same text. Two seals of one secret differ. */
  seal(plaintext: string, aad: string): Promise<Buffer>;
}

/** Throws when `publicKeyPem` is not an RSA public key in PEM. */
export function createSealer(publicKeyPem: string): Sealer {
  const publicKey = createPublicKey(unfoldPem(publicKeyPem));
  if (publicKey.asymmetricKeyType !== 'rsa') throw new Error('The seal key must be an RSA public key in PEM');
  const keyId = keyIdOf(publicKey);
  return {
    keyId,
    async seal(plaintext, aad) {
      const dataKey = randomBytes(32);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', dataKey, nonce);
      cipher.setAAD(Buffer.from(aad, 'utf8'));
      const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
      const wrappedKey = publicEncrypt({ key: publicKey, ...padding }, dataKey);
      dataKey.fill(0);
      return encodeEnvelope({ keyId, wrappedKey, nonce, tag: cipher.getAuthTag(), ciphertext });
    },
  };
}
