import { createHash } from 'node:crypto';
import { type ReceivedBody, receiveBody } from '../protocol/receive-body';
import { S3Error } from '../protocol/s3-error';
import { header } from '../protocol/s3-request';
import type { ObjectRecord } from '../storage/object-record';
import { requireAllowed } from './authorize';
import { encryptionHeaders, kmsKeyOfPut } from './encryption';
import { type Exchange, emptyReply, type Reply, requireBucket } from './exchange';

const KEY_MAX_BYTES = 1_024;
const METADATA_MAX_BYTES = 2_048;
const METADATA_PREFIX = 'x-amz-meta-';
const KEPT_HEADERS = [
  'cache-control',
  'content-disposition',
  'content-language',
  'content-type',
  'expires',
] as const;

/** What a request says of its object by `x-amz-meta-` headers, names without the prefix. */
export function metadataOf(exchange: Exchange): Record<string, string> {
  const metadata: Record<string, string> = {};
  let sizeBytes = 0;
  for (const name of Object.keys(exchange.request.incoming.headers)) {
    if (!name.startsWith(METADATA_PREFIX)) continue;
    const value = header(exchange.request, name) ?? '';
    metadata[name.slice(METADATA_PREFIX.length)] = value;
    sizeBytes += name.length - METADATA_PREFIX.length + Buffer.byteLength(value);
  }
  if (sizeBytes > METADATA_MAX_BYTES) {
    throw new S3Error('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  }
  return metadata;
}

function contentHeadersOf(exchange: Exchange): Record<string, string> {
  const kept: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  for (const name of KEPT_HEADERS) {
    const value = header(exchange.request, name);
    if (value !== undefined) kept[name] = value;
  }
  // `aws-chunked` is how the request was framed, not how the object is encoded.
  const encodings = (header(exchange.request, 'content-encoding') ?? '')
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== '' && encoding !== 'aws-chunked');
  if (encodings.length > 0) kept['content-encoding'] = encodings.join(',');
  return kept;
}

/** `If-None-Match: *` and `If-Match`, against the object that is there now. */
function precondition(exchange: Exchange): (present: ObjectRecord | undefined) => void {
  const ifNoneMatch = header(exchange.request, 'if-none-match');
  const ifMatch = header(exchange.request, 'if-match');
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw new S3Error('NotImplemented', 'If-None-Match of a PUT takes only "*".');
  }
  if (exchange.ignoresConditions) return () => undefined;
  return (present) => {
    const failed = (condition: string) =>
      new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
        Condition: condition,
      });
    if (ifNoneMatch !== undefined && present !== undefined) throw failed('If-None-Match');
    if (ifMatch === undefined) return;
    if (present === undefined) throw new S3Error('NoSuchKey', 'The specified key does not exist.');
    if (ifMatch.replaceAll('"', '') !== present.etag) throw failed('If-Match');
  };
}

function etagOf(received: ReceivedBody, bodyId: string, kmsKeyId: string | null): string {
  // Under SSE-KMS the ETag is not the MD5 of the body; a client that relies on it must fail here too.
  if (kmsKeyId === null) return received.md5Hex;
  return createHash('md5').update(`${received.md5Hex}${bodyId}`).digest('hex');
}

function checksumHeaders(received: ReceivedBody): Record<string, string> {
  if (received.checksum === null) return {};
  return {
    [`x-amz-checksum-${received.checksum.algorithm}`]: received.checksum.value,
    'x-amz-checksum-type': 'FULL_OBJECT',
  };
}

/** PutObject: refuses early what the headers give away, receives, verifies, then decides atomically. */
export async function putObject(exchange: Exchange): Promise<Reply> {
  const { request, storage } = exchange;
  requireBucket(exchange);
  if (Buffer.byteLength(request.key) > KEY_MAX_BYTES) {
    throw new S3Error('KeyTooLongError', 'Your key is too long');
  }
  const place = { bucket: request.bucket, key: request.key };
  const kmsKeyId = kmsKeyOfPut(exchange);
  const metadata = metadataOf(exchange);
  const headers = contentHeadersOf(exchange);
  const check = precondition(exchange);
  if (header(request, 'if-match') !== undefined) requireAllowed(exchange, 's3:GetObject', request.key);
  check(storage.object(place));
  const body = storage.newBody();
  try {
    const received = await receiveBody(request, exchange.body, (part) => body.write(part));
    const object: ObjectRecord = {
      bodyId: body.bodyId,
      sizeBytes: received.sizeBytes,
      etag: etagOf(received, body.bodyId, kmsKeyId),
      storedAtMs: exchange.nowMs(),
      storageClass: header(request, 'x-amz-storage-class') ?? 'STANDARD',
      headers,
      metadata,
      checksum: received.checksum,
      kmsKeyId,
    };
    await storage.putObject(place, object, { body, check });
    return emptyReply(200, {
      etag: `"${object.etag}"`,
      ...checksumHeaders(received),
      ...encryptionHeaders(object),
    });
  } catch (cause) {
    await body.discard();
    throw cause;
  }
}
