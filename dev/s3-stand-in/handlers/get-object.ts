import { S3Error } from '../protocol/s3-error';
import { header } from '../protocol/s3-request';
import type { ObjectRecord } from '../storage/object-record';
import { isAllowed } from './authorize';
import { encryptionHeaders, requireDecryptable } from './encryption';
import { type Exchange, emptyReply, type Reply, requireBucket } from './exchange';

interface ByteRange {
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
}

/** A single `bytes=` range; null when there is none or it is not understood, which means the whole object. */
function rangeOf(given: string | undefined, sizeBytes: number): ByteRange | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(given ?? '');
  const [, from = '', to = ''] = match ?? [];
  if (from === '' && to === '') return null;
  const start = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const end = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (from !== '' && to !== '' && Number(to) < start) return null;
  if (start >= sizeBytes) {
    throw new S3Error('InvalidRange', 'The requested range is not satisfiable', {
      RangeRequested: given ?? '',
      ActualObjectSize: String(sizeBytes),
    });
  }
  return { start, end };
}

function objectHeaders(exchange: Exchange, object: ObjectRecord, isWhole: boolean): Record<string, string> {
  const metadata = Object.entries(object.metadata).map(
    ([name, value]) => [`x-amz-meta-${name}`, value] as const,
  );
  const wantsChecksum = header(exchange.request, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
  return {
    ...object.headers,
    ...Object.fromEntries(metadata),
    ...encryptionHeaders(object),
    'accept-ranges': 'bytes',
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.storedAtMs).toUTCString(),
    ...(object.storageClass === 'STANDARD' ? {} : { 'x-amz-storage-class': object.storageClass }),
    ...(wantsChecksum && isWhole && object.checksum !== null
      ? {
          [`x-amz-checksum-${object.checksum.algorithm}`]: object.checksum.value,
          'x-amz-checksum-type': 'FULL_OBJECT',
        }
      : {}),
  };
}

function isSameEtag(given: string, object: ObjectRecord): boolean {
  return given === '*' || given.split(',').some((one) => one.trim().replaceAll('"', '') === object.etag);
}

/** Null = go on; 304 when the client has it already. */
function conditionalReply(exchange: Exchange, object: ObjectRecord): Reply | null {
  const ifMatch = header(exchange.request, 'if-match');
  if (ifMatch !== undefined && !isSameEtag(ifMatch, object)) {
    throw new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
      Condition: 'If-Match',
    });
  }
  const ifNoneMatch = header(exchange.request, 'if-none-match');
  if (ifNoneMatch === undefined || !isSameEtag(ifNoneMatch, object)) return null;
  return emptyReply(304, { etag: `"${object.etag}"` });
}

function requireObject(exchange: Exchange): ObjectRecord {
  const { request, storage } = exchange;
  requireBucket(exchange);
  const object = storage.object({ bucket: request.bucket, key: request.key });
  if (object !== undefined) return object;
  // Who may not list may not learn that a key is free either.
  if (!isAllowed(exchange, 's3:ListBucket', '')) throw new S3Error('AccessDenied', 'Access Denied');
  throw new S3Error('NoSuchKey', 'The specified key does not exist.', { Key: request.key });
}

/** GetObject and HeadObject. */
export async function getObject(exchange: Exchange): Promise<Reply> {
  const object = requireObject(exchange);
  const conditional = conditionalReply(exchange, object);
  if (conditional !== null) return conditional;
  const range = rangeOf(header(exchange.request, 'range'), object.sizeBytes);
  const lengthBytes = range === null ? object.sizeBytes : range.end - range.start + 1;
  const headers = {
    ...objectHeaders(exchange, object, range === null),
    'content-length': String(lengthBytes),
    ...(range === null ? {} : { 'content-range': `bytes ${range.start}-${range.end}/${object.sizeBytes}` }),
  };
  const status = range === null ? 200 : 206;
  if (exchange.operation === 'HeadObject') return emptyReply(status, headers);
  requireDecryptable(exchange, object);
  const handle = await exchange.storage.readBody(object);
  const start = range?.start ?? 0;
  return { status, headers, body: { kind: 'file', handle, start, end: start + lengthBytes - 1 } };
}
