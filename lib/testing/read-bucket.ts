import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';

export interface BucketObject {
  readonly key: string;
  readonly body: Buffer;
  readonly metadata: Readonly<Record<string, string>>;
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
  /** Without quotes. */
  readonly etag: string | null;
}

/** Every key under a prefix, in listing order, with a client that may do nothing but list. */
export async function listBucketKeys(client: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
    );
    for (const object of page.Contents ?? []) if (object.Key !== undefined) keys.push(object.Key);
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys;
}

/** One object with everything that it says of itself. */
export async function readBucketObject(client: S3Client, bucket: string, key: string): Promise<BucketObject> {
  const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return {
    key,
    body: Buffer.from((await answer.Body?.transformToByteArray()) ?? []),
    metadata: answer.Metadata ?? {},
    contentType: answer.ContentType ?? null,
    contentEncoding: answer.ContentEncoding ?? null,
    etag: answer.ETag?.replaceAll('"', '') ?? null,
  };
}
