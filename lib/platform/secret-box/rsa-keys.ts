import {
  constants,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { keyIdOf, unfoldPem } from './key-pair';
import type { UnwrappingKey, WrappingKey } from './wrapping-key';

const DATA_KEY_BYTES = 32;
const PADDING = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
const PEM_BLOCK = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/g;

/** Wraps data keys by RSA-OAEP-SHA256. Throws when `publicKeyPem` is not an RSA public key in PEM. */
export function rsaWrappingKey(publicKeyPem: string): WrappingKey {
  return wrappingKey(createPublicKey(unfoldPem(publicKeyPem)));
}

/** The RSA private keys that a worker holds: the newest first, older ones to open what they sealed. */
export interface RsaKeyRing extends UnwrappingKey {
  /** The public half of the newest key: what everything should be sealed to. */
  readonly newest: WrappingKey;
}

/** Throws when `privateKeyPems` holds no RSA key in PEM. */
export function rsaKeyRing(privateKeyPems: string): RsaKeyRing {
  const keys = new Map<string, KeyObject>();
  const publicKeys: KeyObject[] = [];
  for (const pem of unfoldPem(privateKeyPems).match(PEM_BLOCK) ?? []) {
    const privateKey = createPrivateKey(pem);
    const publicKey = createPublicKey(privateKey);
    keys.set(keyIdOf(publicKey), privateKey);
    publicKeys.push(publicKey);
  }
  const [newest] = publicKeys;
  if (newest === undefined) throw new Error('The seal keys hold no private key in PEM');
  return {
    newest: wrappingKey(newest),
    holds: (keyId) => keys.has(keyId),
    async unwrap({ keyId, wrappedKey }) {
      const key = keys.get(keyId);
      if (key === undefined) throw new Error(`The key ring does not hold ${keyId}`);
      return privateDecrypt({ key, ...PADDING }, wrappedKey);
    },
  };
}

function wrappingKey(publicKey: KeyObject): WrappingKey {
  if (publicKey.asymmetricKeyType !== 'rsa') throw new Error('The seal key must be an RSA public key in PEM');
  const wrap = async (dataKey: Buffer) => publicEncrypt({ key: publicKey, ...PADDING }, dataKey);
  return {
    keyId: keyIdOf(publicKey),
    wrap,
    async newDataKey() {
      const dataKey = randomBytes(DATA_KEY_BYTES);
      return { dataKey, wrappedKey: await wrap(dataKey) };
    },
  };
}
