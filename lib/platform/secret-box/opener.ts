import { createDecipheriv } from 'node:crypto';
import type { OpenedCredential } from '@/lib/platform/object-store/object-store';
import { type CredentialField, credentialAad } from './credential-aad';
import { decodeEnvelope, type Envelope, SecretBoxError } from './envelope';
import { rsaKeyRing } from './rsa-keys';
import type { SealedCredentialRow } from './sealed-credential';
import { unwrapDataKey } from './unwrap-data-key';
import type { UnwrappingKey } from './wrapping-key';

/** The half of the box that only the worker holds. */
export interface Opener {
  /** Rejects with SecretBoxError for an unknown key, altered bytes or an `aad` other than at sealing. */
  open(sealed: Buffer, aad: string): Promise<string>;
  /** The customer's access keys. Rejects as `open` does, and when a field is empty. */
  openCredential(row: SealedCredentialRow): Promise<OpenedCredential>;
}

/** `privateKeyPems` holds one or more RSA keys in PEM: the newest first, older ones to open what they sealed. */
export function createOpener(privateKeyPems: string): Opener {
  return openWith([rsaKeyRing(privateKeyPems)]);
}

/** Opens what any of `keys` wrapped. */
export function openWith(keys: readonly UnwrappingKey[]): Opener {
  async function open(sealed: Buffer, aad: string): Promise<string> {
    const envelope = decodeEnvelope(sealed);
    const dataKey = await unwrapDataKey(keys, envelope, aad);
    return decrypt(envelope, dataKey, aad);
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

function decrypt(envelope: Envelope, dataKey: Buffer, aad: string): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', dataKey, envelope.nonce, { authTagLength: 16 });
    decipher.setAAD(Buffer.from(aad, 'utf8'));
    decipher.setAuthTag(envelope.tag);
    const plaintext = Buffer.concat([decipher.update(envelope.ciphertext), decipher.final()]);
    return plaintext.toString('utf8');
  } catch (cause) {
    throw new SecretBoxError('A sealed secret was altered or does not belong to this place.', { cause });
  } finally {
    dataKey.fill(0);
  }
}

// The one place that makes the brand: both fields were opened above and are not empty.
function brand(keys: Pick<OpenedCredential, 'accessKeyId' | 'secretAccessKey'>): OpenedCredential {
  return keys as OpenedCredential;
}
