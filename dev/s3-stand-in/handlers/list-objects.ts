import { S3Error } from '../protocol/s3-error';
import { parameter } from '../protocol/s3-request';
import { awsEncode } from '../protocol/signature';
import { parentElement, textElement, xmlDocument } from '../protocol/xml';
import { type ByteKey, fromByteKey, type ListPage, toByteKey } from '../storage/list-page';
import { type Exchange, type Reply, requireBucket, xmlReply } from './exchange';

const KEYS_MAX = 1_000;

function maxKeysOf(exchange: Exchange): number {
  const given = parameter(exchange.request, 'max-keys') ?? String(KEYS_MAX);
  if (!/^\d{1,9}$/.test(given)) {
    throw new S3Error('InvalidArgument', 'Provided max-keys not an integer or within integer range');
  }
  return Math.min(Number(given), KEYS_MAX);
}

/** Keys may hold what XML cannot; clients ask for them percent-encoded. */
function keyEncoder(exchange: Exchange): (key: string) => string {
  const kind = parameter(exchange.request, 'encoding-type');
  if (kind === undefined) return (key) => key;
  if (kind !== 'url') throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request');
  return (key) => awsEncode(key).replaceAll('%2F', '/');
}

function tokenOf(after: ByteKey): string {
  return Buffer.from(after, 'latin1').toString('base64url');
}

function afterOf(exchange: Exchange): ByteKey {
  const text = (name: string) => toByteKey(parameter(exchange.request, name) ?? '');
  if (exchange.operation === 'ListObjects') return text('marker');
  const token = parameter(exchange.request, 'continuation-token');
  if (token === undefined) return text('start-after');
  if (!/^[A-Za-z0-9_-]+$/.test(token)) {
    throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect');
  }
  return Buffer.from(token, 'base64url').toString('latin1');
}

function contentsOf(exchange: Exchange, page: ListPage, encode: (key: string) => string): string[] {
  const bucket = exchange.request.bucket;
  const withOwner =
    exchange.operation === 'ListObjects' || parameter(exchange.request, 'fetch-owner') === 'true';
  const owner = parentElement('Owner', [textElement('ID', exchange.storage.bucket(bucket)?.ownerId ?? '')]);
  return page.keys.map(fromByteKey).flatMap((key) => {
    const object = exchange.storage.object({ bucket, key });
    if (object === undefined) return [];
    return parentElement('Contents', [
      textElement('Key', encode(key)),
      textElement('LastModified', new Date(object.storedAtMs).toISOString()),
      textElement('ETag', `"${object.etag}"`),
      textElement('Size', object.sizeBytes),
      ...(withOwner ? [owner] : []),
      textElement('StorageClass', object.storageClass),
    ]);
  });
}

function positionElements(exchange: Exchange, page: ListPage, encode: (key: string) => string): string[] {
  const given = (name: string) => parameter(exchange.request, name);
  if (exchange.operation === 'ListObjects') {
    const marker = textElement('Marker', encode(given('marker') ?? ''));
    // As on S3: without a delimiter the last key is the next marker and is not repeated.
    const says = page.next !== null && given('delimiter') !== undefined;
    return says ? [marker, textElement('NextMarker', encode(fromByteKey(page.next)))] : [marker];
  }
  const token = given('continuation-token');
  const startAfter = given('start-after');
  return [
    textElement('KeyCount', page.keys.length + page.commonPrefixes.length),
    ...(token === undefined ? [] : [textElement('ContinuationToken', token)]),
    ...(startAfter === undefined ? [] : [textElement('StartAfter', encode(startAfter))]),
    ...(page.next === null ? [] : [textElement('NextContinuationToken', tokenOf(page.next))]),
  ];
}

/** ListObjectsV2 and its older form, ListObjects. */
export async function listObjects(exchange: Exchange): Promise<Reply> {
  const { request } = exchange;
  requireBucket(exchange);
  const encode = keyEncoder(exchange);
  const prefix = parameter(request, 'prefix') ?? '';
  const delimiter = parameter(request, 'delimiter') ?? '';
  const maxKeys = maxKeysOf(exchange);
  const page = exchange.storage.list(request.bucket, {
    prefix: toByteKey(prefix),
    delimiter: toByteKey(delimiter),
    after: afterOf(exchange),
    maxKeys,
  });
  const document = xmlDocument('ListBucketResult', [
    textElement('Name', request.bucket),
    textElement('Prefix', encode(prefix)),
    ...(delimiter === '' ? [] : [textElement('Delimiter', encode(delimiter))]),
    textElement('MaxKeys', maxKeys),
    ...(parameter(request, 'encoding-type') === undefined ? [] : [textElement('EncodingType', 'url')]),
    textElement('IsTruncated', page.next !== null),
    ...positionElements(exchange, page, encode),
    ...contentsOf(exchange, page, encode),
    ...page.commonPrefixes.map((common) =>
      parentElement('CommonPrefixes', [textElement('Prefix', encode(fromByteKey(common)))]),
    ),
  ]);
  return xmlReply(document);
}
