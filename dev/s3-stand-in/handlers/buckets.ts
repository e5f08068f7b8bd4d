import { receiveBody } from '../protocol/receive-body';
import { S3Error } from '../protocol/s3-error';
import { header } from '../protocol/s3-request';
import { firstText, parentElement, textElement, xmlDocument } from '../protocol/xml';
import { bucketSettingsSchema } from '../storage/object-record';
import { type Exchange, emptyReply, type Reply, requireBucket, xmlReply } from './exchange';

const BUCKET_NAME = /^(?!\d+\.\d+\.\d+\.\d+$)(?!xn--)[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]$/;
const DOCUMENT_MAX_BYTES = 65_536;

/** S3's grammar for the name of a bucket. */
export function isBucketName(name: string): boolean {
  return BUCKET_NAME.test(name) && !name.includes('..');
}

export async function listBuckets(exchange: Exchange): Promise<Reply> {
  const buckets = exchange.storage
    .buckets()
    .map((bucket) =>
      parentElement('Bucket', [
        textElement('Name', bucket.name),
        textElement('CreationDate', new Date(bucket.createdAtMs).toISOString()),
        textElement('BucketRegion', bucket.region),
      ]),
    );
  const owner = parentElement('Owner', [textElement('ID', exchange.accountId)]);
  return xmlReply(xmlDocument('ListAllMyBucketsResult', [owner, parentElement('Buckets', buckets)]));
}

/** The region comes from the body's LocationConstraint, else from the signature. */
export async function createBucket(exchange: Exchange): Promise<Reply> {
  const { request, storage } = exchange;
  if (!isBucketName(request.bucket)) {
    throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.', {
      BucketName: request.bucket,
    });
  }
  const parts: Buffer[] = [];
  let sizeBytes = 0;
  await receiveBody(request, exchange.body, async (part) => {
    sizeBytes += part.length;
    if (sizeBytes > DOCUMENT_MAX_BYTES) throw new S3Error('MalformedXML', 'The document is too large');
    parts.push(part);
  });
  const constraint = firstText(Buffer.concat(parts).toString('utf8'), 'LocationConstraint');
  if (storage.bucket(request.bucket) !== undefined) {
    throw new S3Error(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      { BucketName: request.bucket },
    );
  }
  const signed = header(request, 'authorization')?.split('/')[2];
  await storage.putBucket({
    name: request.bucket,
    region: constraint ?? signed ?? exchange.region,
    ownerId: exchange.accountId,
    settings: bucketSettingsSchema.parse({}),
    createdAtMs: exchange.nowMs(),
  });
  return emptyReply(200, { location: `/${request.bucket}` });
}

export async function deleteBucket(exchange: Exchange): Promise<Reply> {
  const bucket = requireBucket(exchange);
  if (!exchange.storage.isEmpty(bucket.name)) {
    throw new S3Error('BucketNotEmpty', 'The bucket you tried to delete is not empty', {
      BucketName: bucket.name,
    });
  }
  await exchange.storage.deleteBucket(bucket.name);
  return emptyReply(204);
}

/** The bucket's region travels in a header that every answer about a known bucket carries. */
export async function headBucket(exchange: Exchange): Promise<Reply> {
  requireBucket(exchange);
  return emptyReply(200);
}

/** An empty constraint stands for us-east-1. */
export async function getBucketLocation(exchange: Exchange): Promise<Reply> {
  const { region } = requireBucket(exchange);
  return xmlReply(xmlDocument('LocationConstraint', [region === 'us-east-1' ? '' : region]));
}
