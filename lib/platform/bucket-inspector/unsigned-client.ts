import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { awsClientRules } from '@/lib/platform/aws-client-rules';
import { s3Endpoint } from '@/lib/platform/object-store/endpoint';

const CONNECTION_TIMEOUT_MS = 5_000;

/** A client that signs nothing, as anybody on the internet: it can carry no identity of ours by mistake. */
export function createUnsignedClient(endpoint: string, region: string): S3Client {
  return new S3Client({
    ...s3Endpoint(endpoint, region),
    region,
    credentials: { accessKeyId: 'anonymous', secretAccessKey: 'anonymous' },
    signer: { sign: async (request) => request },
    ...awsClientRules(),
    maxAttempts: 1,
    followRegionRedirects: false,
    requestHandler: new NodeHttpHandler({ connectionTimeout: CONNECTION_TIMEOUT_MS }),
  });
}

/** Tells the headers of every answer of a client, of refusals as well; names in lower case. */
export function watchHeaders(
  client: S3Client,
  see: (headers: Readonly<Record<string, string>>) => void,
): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      see(headersOf(result.response));
      return result;
    },
    // Innermost, before an answer becomes an exception.
    { step: 'deserialize', name: 'watchHeaders', priority: 'low' },
  );
}

function headersOf(response: unknown): Record<string, string> {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return {};
  const { headers } = response;
  if (typeof headers !== 'object' || headers === null) return {};
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
