import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { ListRequest, ObjectPage, StoreAnswer } from './object-store';

/** One page of ListObjectsV2, in the order of the keys' UTF-8 bytes. Throws what the SDK throws. */
export async function listObjects(
  client: S3Client,
  { place, prefix, after, limit }: ListRequest,
  abortSignal: AbortSignal,
): Promise<StoreAnswer<ObjectPage>> {
  const command = new ListObjectsV2Command({
    Bucket: place.bucket,
    Prefix: prefix,
    MaxKeys: limit,
    ...(after === null ? {} : { StartAfter: after }),
  });
  const {
    Contents: contents,
    IsTruncated: isTruncated,
    $metadata,
  } = await client.send(command, { abortSignal });
  const requestId = $metadata.requestId ?? null;
  const httpStatus = $metadata.httpStatusCode ?? 200;
  if (isTruncated === undefined) {
    const message = 'The answer said 200 and was no listing';
    return { kind: 'error', httpStatus, code: 'MissingListing', message, requestId };
  }
  const objects = (contents ?? []).map(({ Key: key, Size: lengthBytes, ETag: etag }) => ({
    key: key ?? '',
    lengthBytes: lengthBytes ?? 0,
    etag: etag ?? null,
  }));
  return { kind: 'ok', value: { objects, hasMore: isTruncated }, requestId, httpStatus };
}
