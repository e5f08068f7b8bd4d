import {
  constants,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
} from 'node:crypto';
import type { OpenedCredential } from '@/lib/platform/object-store/object-store';
import { type CredentialField, credentialAad } from './credential-aad';
import { decodeEnvelope, type Envelope, SecretBoxError } from './envelope';
import { keyIdOf, unfoldPem } from './key-pair';
import type { SealedCredentialRow } from './sealed-credential';

/** The half of the box that only the worker holds. */
export interface Opener {
  /** Rejects with SecretBoxError for an unknown key, altered bytes or an `aad` other than at sealing. */
  open(sealed: Buffer, aad: string): Promise<string>;
  /** The customer's access keys. Rejects as `open` does, and when a field is empty. */
  openCredential(row: SealedCredentialRow): Promise<OpenedCredential>;
}

const PEM_BLOCK = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/g;

/** `privateKeyPems` holds one or more RSA keys in PEM: the newest first, older ones to open what they sealed. */
export function createOpener(privateKeyPems: string): Opener {
  const keys = new Map<string, KeyObject>();
  for (const pem of unfoldPem(privateKeyPems).match(PEM_BLOCK) ?? []) {
    const privateKey = createPrivateKey(pem);
    keys.set(keyIdOf(createPublicKey(privateKey)), privateKey);
  }
  if (keys.size === 0) throw new Error('The seal keys hold no private key in PEM');

  async function open(sealed: Buffer, aad: string): Promise<string> {
    const envelope = decodeEnvelope(sealed);
    const privateKey = keys.get(envelope.keyId);
    if (privateKey === undefined) {
      throw new SecretBoxError(
        `A secret is sealed to key ${envelope.keyId}, which this process does not hold.`,
      );
    }
    return decrypt(envelope, privateKey, aad);
  }

  return {
    open,
    async openCredential(row) {
      const openField = async (field: CredentialField['field'], sealed: Buffer) => {
        const value = await open(sealed, credentialAad({ ...row, field }));
        if (value === '') throw new SecretBoxError('A credential is empty.');
        return value;
      };
      return brand({
        accessKeyId: await openField('accessKeyId', row.accessKeyIdSealed),
        secretAccessKey: await openField('secretAccessKey', row.secretAccessKeySealed),
      });
    },
  };
}

function decrypt(envelope: Envelope, privateKey: KeyObject, aad: string): string {
  try {
    const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
    const dataKey = privateDecrypt({ key: privateKey, ...padding }, envelope.wrappedKey);
    const decipher = createDecipheriv('aes-256-gcm', dataKey, envelope.nonce, { authTagLength: 16 });
    decipher.setAAD(Buffer.from(aad, 'utf8'));
    decipher.setAuthTag(envelope.tag);
    const plaintext = Buffer.concat([decipher.update(envelope.ciphertext), decipher.final()]).toString(
      'utf8',
    );
    dataKey.fill(0);
    return plaintext;
  } catch (cause) {
    throw new SecretBoxError('A sealed secret was altered or does not belong to this place.', { cause });
  }
}

// The one place that makes the brand: both fields were opened above and are not empty.
function brand(keys: Pick<OpenedCredential, 'accessKeyId' | 'secretAccessKey'>): OpenedCredential {
  return keys as OpenedCredential;
}
