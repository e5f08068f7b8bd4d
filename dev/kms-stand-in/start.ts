import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';

export interface KmsStandIn {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  /** A new symmetric key; its ARN. */
  createKey(): string;
  /** From now on every use of the key is refused, as after DisableKey. */
  disableKey(keyArn: string): void;
  close(): Promise<void>;
}

interface Key {
  readonly secret: Buffer;
  isEnabled: boolean;
}

interface Call {
  readonly KeyId?: string;
  readonly Plaintext?: string;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
}

class KmsFault extends Error {}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * GenerateDataKey, Encrypt and Decrypt of AWS KMS in memory, on loopback, for tests: the JSON 1.1 protocol with
 * encryption contexts and the two refusals that matter. Signatures are not looked at.
 */
export async function startKmsStandIn(): Promise<KmsStandIn> {
  const keys = new Map<string, Key>();
  const server = createServer((request, response) => {
    void answer(keys, request).then(
      (body) => response.end(JSON.stringify(body)),
      (error: Error) => {
        response.statusCode = 400;
        response.end(
          JSON.stringify({ __type: error instanceof KmsFault ? error.message : 'InternalFailure' }),
        );
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    createKey() {
      const arn = `arn:aws:kms:eu-west-1:000000000000:key/${randomBytes(16).toString('hex')}`;
      keys.set(arn, { secret: randomBytes(32), isEnabled: true });
      return arn;
    },
    disableKey(keyArn) {
      const key = keys.get(keyArn);
      if (key !== undefined) key.isEnabled = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function answer(keys: Map<string, Key>, request: IncomingMessage): Promise<object> {
  const call = (await json(request)) as Call;
  const key = keys.get(call.KeyId ?? '');
  if (key === undefined) throw new KmsFault('NotFoundException');
  if (!key.isEnabled) throw new KmsFault('DisabledException');
  const aad = Buffer.from(JSON.stringify(Object.entries(call.EncryptionContext ?? {}).sort()));
  const KeyId = call.KeyId;
  switch (String(request.headers['x-amz-target'])) {
    case 'TrentService.GenerateDataKey': {
      const dataKey = randomBytes(32);
      const CiphertextBlob = encrypt(key, dataKey, aad).toString('base64');
      return { KeyId, Plaintext: dataKey.toString('base64'), CiphertextBlob };
    }
    case 'TrentService.Encrypt':
      return { KeyId, CiphertextBlob: encrypt(key, decode(call.Plaintext), aad).toString('base64') };
    case 'TrentService.Decrypt':
      return { KeyId, Plaintext: decrypt(key, decode(call.CiphertextBlob), aad).toString('base64') };
    default:
      throw new KmsFault('UnknownOperationException');
  }
}

function decode(base64: string | undefined): Buffer {
  return Buffer.from(base64 ?? '', 'base64');
}

function encrypt(key: Key, plaintext: Buffer, aad: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce).setAAD(aad);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
}

function decrypt(key: Key, blob: Buffer, aad: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.secret, blob.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(aad).setAuthTag(blob.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(blob.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    throw new KmsFault('InvalidCiphertextException');
  }
}
