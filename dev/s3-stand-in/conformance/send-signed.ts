import { createHash } from 'node:crypto';
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { awsEncode, signatureOf } from '../protocol/signature';
import type { ConformanceServer } from './conformance-server';

export interface RawRequest {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Lower-case names; all are signed. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** What the signature says about the body; default its SHA-256. */
  readonly payloadHash?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const DEADLINE_MS = 30_000;
const SOCKETS_MAX = 64;
const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX });

function signedHeaders(server: ConformanceServer, request: RawRequest, host: string): Record<string, string> {
  const body = request.body ?? Buffer.alloc(0);
  const payloadHash = request.payloadHash ?? createHash('sha256').update(body).digest('hex');
  const timestamp = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const headers: Record<string, string> = {
    ...request.headers,
    host,
    'x-amz-content-sha256': payloadHash,
    'x-amz-date': timestamp,
  };
  const sorted = Object.entries(headers).sort(([left], [right]) => (left < right ? -1 : 1));
  const signature = signatureOf(
    {
      method: request.method,
      segments: [request.bucket, ...request.key.split('/')],
      query: Object.entries(request.query ?? {}),
      signedHeaders: sorted,
      payloadHash,
    },
    { secretAccessKey: server.secretAccessKey, timestamp, region: server.region },
  );
  const credential = `${server.accessKeyId}/${timestamp.slice(0, 8)}/${server.region}/s3/aws4_request`;
  const names = sorted.map(([name]) => name).join(';');
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization };
}

function targetOf(request: RawRequest): string {
  const path = `/${[request.bucket, ...request.key.split('/')].map(awsEncode).join('/')}`;
  const query = Object.entries(request.query ?? {}).map(
    ([name, value]) => `${awsEncode(name)}=${awsEncode(value)}`,
  );
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

/** Sends a signed request as it stands: what the SDK would not send, and many at little cost. */
export function sendSigned(server: ConformanceServer, request: RawRequest): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(server.endpoint);
  const body = request.body ?? Buffer.alloc(0);
  const headers = {
    ...signedHeaders(server, request, host),
    ...(body.length === 0 ? {} : { 'content-length': String(body.length) }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        agent,
        hostname,
        port,
        method: request.method,
        path: targetOf(request),
        headers,
        timeout: DEADLINE_MS,
      },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (part: string) => {
          text += part;
        });
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }),
        );
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`No answer within ${DEADLINE_MS} ms`)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
