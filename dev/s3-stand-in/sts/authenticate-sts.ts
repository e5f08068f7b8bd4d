import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { signatureOf } from '../protocol/signature';
import { StsError } from './sts-error';

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 +Credential=([^/,]+)\/(\d{8})\/([^/,]+)\/sts\/aws4_request, *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})$/;
const TIMESTAMP = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const SKEW_MAX_MS = 15 * 60_000;

export interface StsSigner {
  readonly accessKeyId: string;
  readonly region: string;
}

/** Verifies Signature Version 4 of a call to STS; `secretOf` is given the session token that came along. */
export function authenticateSts(
  incoming: IncomingMessage,
  body: string,
  context: {
    readonly nowMs: number;
    secretOf(accessKeyId: string, token: string | undefined): string | undefined;
  },
): StsSigner {
  const header = (name: string) => {
    const value = incoming.headers[name];
    return Array.isArray(value) ? value.join(',') : value;
  };
  const match = AUTHORIZATION.exec(header('authorization') ?? '');
  if (match === null)
    throw new StsError(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token');
  const [, accessKeyId = '', date = '', region = '', signedHeaders = '', signature = ''] = match;
  const timestamp = header('x-amz-date') ?? '';
  requireFresh(timestamp, date, context.nowMs);
  const secretAccessKey = context.secretOf(accessKeyId, header('x-amz-security-token'));
  if (secretAccessKey === undefined) {
    throw new StsError(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.');
  }
  const expected = signatureOf(
    {
      method: incoming.method ?? 'POST',
      segments: [''],
      query: [],
      signedHeaders: signedHeaders.split(';').map((name) => [name, header(name) ?? ''] as const),
      payloadHash: createHash('sha256').update(body).digest('hex'),
    },
    { secretAccessKey, timestamp, region, service: 'sts' },
  );
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) {
    throw new StsError(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    );
  }
  return { accessKeyId, region };
}

function requireFresh(timestamp: string, date: string, nowMs: number): void {
  const sentMs = Date.parse(timestamp.replace(TIMESTAMP, '$1-$2-$3T$4:$5:$6Z'));
  if (TIMESTAMP.test(timestamp) && timestamp.startsWith(date) && Math.abs(nowMs - sentMs) <= SKEW_MAX_MS)
    return;
  const message = `Signature expired: ${timestamp} is now earlier than the server’s time`;
  throw new StsError(403, 'SignatureDoesNotMatch', message);
}
