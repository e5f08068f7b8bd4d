import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ObjectPlace, StoreAnswer } from './object-store';

/** DeleteObject. Throws what the SDK throws. */
export async function removeObject(
  client: S3Client,
  place: ObjectPlace,
  abortSignal: AbortSignal,
): Promise<StoreAnswer<null>> {
  const command = new DeleteObjectCommand({ Bucket: place.bucket, Key: place.key });
  const { $metadata } = await client.send(command, { abortSignal });
  return {
    kind: 'ok',
    value: null,
    requestId: $metadata.requestId ?? null,
    httpStatus: $metadata.httpStatusCode ?? 200,
  };
}
