import { STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { invariant } from '@/lib/domain/errors';
import { awsClientRules } from '@/lib/platform/aws-client-rules';

interface SigningKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Who we are at AWS: given keys, or what the SDK's default chain finds (an instance's or a pod's role). */
export type AwsIdentity = ({ readonly kind: 'keys' } & SigningKeys) | { readonly kind: 'default_chain' };

const CONNECTION_TIMEOUT_MS = 3_000;
const SOCKET_IDLE_MS = 10_000;

/** Where STS is asked: AWS's regional endpoint, or the store's own for stores that are not AWS. */
export interface StsPlace {
  readonly endpoint: string;
  readonly region: string;
}

/** A client for one STS. These and the client of our own KMS key alone may sign with the process's own identity. */
export function createStsClient(place: StsPlace, identity: AwsIdentity): STSClient {
  return new STSClient({
    endpoint: place.endpoint === '' ? `https://sts.${place.region}.amazonaws.com` : place.endpoint,
    region: place.region,
    ...(identity.kind === 'keys' ? { credentials: keysOf(identity) } : {}),
    ...awsClientRules(),
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      socketTimeout: SOCKET_IDLE_MS,
    }),
  });
}

function keysOf({ accessKeyId, secretAccessKey, sessionToken }: SigningKeys): SigningKeys {
  // What is absent in spite of its type would be filled in by the SDK with the process's own identity.
  const isWhole = [accessKeyId, secretAccessKey].every((part) => typeof part === 'string' && part !== '');
  invariant(isWhole && sessionToken !== '', 'STS never gets an empty identity');
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
