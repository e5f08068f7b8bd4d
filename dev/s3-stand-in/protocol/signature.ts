import { createHash, createHmac } from 'node:crypto';

/** What a client signs with AWS Signature Version 4; every name and value is decoded. */
export interface SignedParts {
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly signedHeaders: readonly (readonly [name: string, value: string])[];
  readonly payloadHash: string;
}

export interface SigningScope {
  readonly secretAccessKey: string;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly timestamp: string;
  readonly region: string;
  /** `s3` when absent. */
  readonly service?: string;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Percent-encodes all but RFC 3986's unreserved characters, as Signature Version 4 demands. */
export function awsEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function byText(left: readonly [string, string], right: readonly [string, string]): number {
  if (left[0] !== right[0]) return left[0] < right[0] ? -1 : 1;
  return left[1] < right[1] ? -1 : left[1] > right[1] ? 1 : 0;
}

function canonicalRequest(parts: SignedParts): string {
  const query = parts.query
    .map(([name, value]) => [awsEncode(name), awsEncode(value)] as const)
    .sort(byText)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return [
    parts.method,
    `/${parts.segments.map(awsEncode).join('/')}`,
    query,
    ...parts.signedHeaders.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, ' ')}`),
    '',
    parts.signedHeaders.map(([name]) => name).join(';'),
    parts.payloadHash,
  ].join('\n');
}

const KEPT_KEYS_MAX = 100;
const signingKeys = new Map<string, Buffer>();

/** The key of a day, region and secret; four hashes that would otherwise be half of the work of a request. */
function signingKeyOf(scope: SigningScope): Buffer {
  const date = scope.timestamp.slice(0, 8);
  const service = scope.service ?? 's3';
  const name = `${date}/${scope.region}/${service}/${scope.secretAccessKey}`;
  const kept = signingKeys.get(name);
  if (kept !== undefined) return kept;
  const dateKey = hmac(`AWS4${scope.secretAccessKey}`, date);
  const key = hmac(hmac(hmac(dateKey, scope.region), service), 'aws4_request');
  if (signingKeys.size >= KEPT_KEYS_MAX) signingKeys.clear();
  signingKeys.set(name, key);
  return key;
}

/** Signature Version 4 as lower-case hex. */
export function signatureOf(parts: SignedParts, scope: SigningScope): string {
  const date = scope.timestamp.slice(0, 8);
  const hash = createHash('sha256').update(canonicalRequest(parts)).digest('hex');
  const text = `AWS4-HMAC-SHA256\n${scope.timestamp}\n${date}/${scope.region}/${scope.service ?? 's3'}/aws4_request\n${hash}`;
  return hmac(signingKeyOf(scope), text).toString('hex');
}
