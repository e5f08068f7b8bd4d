import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';

const MODULUS_BITS = 3072;

export interface SealKeyPair {
  /** PEM (SPKI), for web. */
  readonly publicKeyPem: string;
  /** PEM (PKCS 8), for the worker only. */
  readonly privateKeyPem: string;
  readonly keyId: string;
}

/** A new key pair to which credentials are sealed. Takes up to a second. */
export function generateSealKeyPair(): SealKeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: MODULUS_BITS });
  return {
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    keyId: keyIdOf(publicKey),
  };
}

/** A PEM as it is written in an environment file, on one line with \\n spelled out, or as it is. */
export function unfoldPem(text: string): string {
  return text.replaceAll('\\n', '\n');
}

/** Fingerprint by which a sealed secret names its key: 32 hex digits of the SHA-256 of the SPKI DER. */
export function keyIdOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 32);
}
