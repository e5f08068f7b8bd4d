import {
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
  type KMSClientConfig,
} from '@aws-sdk/client-kms';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { awsClientRules } from '@/lib/platform/aws-client-rules';
import type { UnwrappingKey, WrappingKey } from './wrapping-key';

const CONNECTION_TIMEOUT_MS = 3_000;
const DEADLINE_MS = 10_000;
const ATTEMPTS = 3;
const KEY_ARN = /^arn:aws:kms:([a-z0-9-]+):\d{12}:key\/[\w-]+$/;

export interface KmsKeyOptions {
  /** The full ARN of a symmetric key of our own; an alias could come to mean another key. */
  readonly keyArn: string;
  /**
   * Our own identity; what the SDK's default chain finds when absent. Web needs kms:GenerateDataKey only, workers
   * kms:Decrypt, the rotation kms:Encrypt besides.
   */
  readonly credentials?: NonNullable<KMSClientConfig['credentials']>;
  /** Instead of the region's own address. */
  readonly endpoint?: string;
  /** Sees the client before its first request; for tests that stop it there. */
  readonly prepare?: (client: KMSClient) => void;
}

/** A key in AWS KMS. The place of a secret is its encryption context, so a wrapped key does not open elsewhere. */
export interface KmsKey extends WrappingKey, UnwrappingKey {
  close(): void;
}

/** Throws when `keyArn` is not the ARN of a key. */
export function createKmsKey({ keyArn, credentials, endpoint, prepare }: KmsKeyOptions): KmsKey {
  const region = KEY_ARN.exec(keyArn)?.[1];
  if (region === undefined) throw new Error('SLUICE_SEAL_KMS_KEY_ARN must be the full ARN of a KMS key');
  const client = new KMSClient({
    ...awsClientRules(),
    region,
    endpoint: endpoint ?? `https://kms.${region}.amazonaws.com`,
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: ATTEMPTS,
    requestHandler: new NodeHttpHandler({ connectionTimeout: CONNECTION_TIMEOUT_MS }),
  });
  prepare?.(client);
  const place = (aad: string) => ({ KeyId: keyArn, EncryptionContext: { place: aad } });
  const within = () => ({ abortSignal: AbortSignal.timeout(DEADLINE_MS) });
  return {
    keyId: keyArn,
    async newDataKey(aad) {
      const answer = await client.send(
        new GenerateDataKeyCommand({ ...place(aad), KeySpec: 'AES_256' }),
        within(),
      );
      return { dataKey: bytes(answer.Plaintext), wrappedKey: bytes(answer.CiphertextBlob) };
    },
    async wrap(dataKey, aad) {
      const answer = await client.send(new EncryptCommand({ ...place(aad), Plaintext: dataKey }), within());
      return bytes(answer.CiphertextBlob);
    },
    holds: (keyId) => keyId === keyArn,
    async unwrap({ wrappedKey }, aad) {
      const answer = await client.send(
        new DecryptCommand({ ...place(aad), CiphertextBlob: wrappedKey }),
        within(),
      );
      return bytes(answer.Plaintext);
    },
    close: () => client.destroy(),
  };
}

function bytes(answered: Uint8Array | undefined): Buffer {
  if (answered === undefined || answered.length === 0) throw new Error('KMS answered without a key');
  return Buffer.from(answered);
}
