import { timingSafeEqual } from 'node:crypto';
import { S3Error } from './s3-error';
import { header, type S3Request } from './s3-request';
import { signatureOf } from './signature';

const SKEW_MAX_MS = 15 * 60_000;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 +Credential=([^/,]+)\/(\d{8})\/([^/,]+)\/s3\/aws4_request, *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})$/;
const TIMESTAMP = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

interface SignedBy {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

export interface AuthenticationContext {
  /** The region in which the addressed bucket lives; null when the request names no existing bucket. */
  readonly bucketRegion: string | null;
  readonly nowMs: number;
  /** The secret of an active key, or undefined. */
  secretOf(accessKeyId: string): string | undefined;
}

function readAuthorization(request: S3Request): SignedBy {
  const given = header(request, 'authorization');
  if (given === undefined) throw new S3Error('AccessDenied', 'Access Denied');
  const match = AUTHORIZATION.exec(given);
  if (match === null) {
    throw new S3Error('AuthorizationHeaderMalformed', 'The authorization header you provided is invalid.');
  }
  const [, accessKeyId = '', date = '', region = '', signedHeaders = '', signature = ''] = match;
  return { accessKeyId, date, region, signedHeaders: signedHeaders.split(';'), signature };
}

function timestampOf(request: S3Request, signedBy: SignedBy, nowMs: number): string {
  const timestamp = header(request, 'x-amz-date') ?? '';
  const iso = timestamp.replace(TIMESTAMP, '$1-$2-$3T$4:$5:$6Z');
  const sentMs = TIMESTAMP.test(timestamp) ? Date.parse(iso) : Number.NaN;
  if (Number.isNaN(sentMs) || !timestamp.startsWith(signedBy.date)) {
    throw new S3Error('AccessDenied', 'AWS authentication requires a valid x-amz-date header.');
  }
  if (Math.abs(nowMs - sentMs) > SKEW_MAX_MS) {
    throw new S3Error(
      'RequestTimeTooSkewed',
      "The difference between the request time and the server's time is too large.",
      { RequestTime: timestamp, ServerTime: new Date(nowMs).toISOString() },
    );
  }
  return timestamp;
}

function requireSignedHeaders(request: S3Request, signedBy: SignedBy): void {
  const signed = new Set(signedBy.signedHeaders);
  const unsigned = Object.keys(request.incoming.headers).filter(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !signed.has(name),
  );
  if (unsigned.length > 0) {
    throw new S3Error('AccessDenied', 'There were headers present in the request which were not signed', {
      HeadersNotSigned: unsigned.join(', '),
    });
  }
}

/** Verifies the Authorization header (Signature Version 4) and returns who signed. */
export function authenticate(request: S3Request, context: AuthenticationContext): { accessKeyId: string } {
  const signedBy = readAuthorization(request);
  if (context.bucketRegion !== null && context.bucketRegion !== signedBy.region) {
    throw new S3Error(
      'AuthorizationHeaderMalformed',
      `The authorization header is malformed; the region '${signedBy.region}' is wrong; expecting '${context.bucketRegion}'`,
      { Region: context.bucketRegion },
    );
  }
  const secretAccessKey = context.secretOf(signedBy.accessKeyId);
  if (secretAccessKey === undefined) {
    throw new S3Error(
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      { AWSAccessKeyId: signedBy.accessKeyId },
    );
  }
  const timestamp = timestampOf(request, signedBy, context.nowMs);
  const payloadHash = header(request, 'x-amz-content-sha256');
  if (payloadHash === undefined) {
    throw new S3Error('MissingSecurityHeader', 'Your request was missing a required header', {
      MissingHeaderName: 'x-amz-content-sha256',
    });
  }
  requireSignedHeaders(request, signedBy);
  const expected = signatureOf(
    {
      method: request.method,
      segments: request.segments,
      query: request.query,
      signedHeaders: signedBy.signedHeaders.map((name) => [name, header(request, name) ?? ''] as const),
      payloadHash,
    },
    { secretAccessKey, timestamp, region: signedBy.region },
  );
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(signedBy.signature))) {
    throw new S3Error(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
      { AWSAccessKeyId: signedBy.accessKeyId },
    );
  }
  return { accessKeyId: signedBy.accessKeyId };
}
