import { GetObjectCommand, type GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { ask } from '@/lib/platform/bucket-inspector/ask';
import type { ObjectAccess, ObjectPlace, StoreAnswer } from './object-store';
import { S3ClientCache } from './s3-client-cache';

/** The beginning of an object. */
export interface ObjectStart {
  readonly bytes: Buffer;
  /** There is nothing behind it. */
  readonly isWhole: boolean;
}

export interface StartReader {
  /** Reads at most `bytesMax` bytes, whatever the store sends. What fails is an answer. */
  read(
    place: ObjectPlace,
    access: ObjectAccess,
    limits: { readonly bytesMax: number; readonly deadlineMs: number },
  ): Promise<StoreAnswer<ObjectStart>>;
  close(): void;
}

/** Reads over the AWS SDK, by a request for a range. */
export function createStartReader(): StartReader {
  const clients = new S3ClientCache(() => undefined);
  return {
    read: (place, access, { bytesMax, deadlineMs }) =>
      clients.use(place, access, (client) => {
        const { ownerAccountId } = access;
        const command = new GetObjectCommand({
          Bucket: place.bucket,
          Key: place.key,
          Range: `bytes=0-${bytesMax - 1}`,
          ...(ownerAccountId === undefined ? {} : { ExpectedBucketOwner: ownerAccountId }),
        });
        return ask({
          access,
          deadlineMs,
          read: (output) => readStart(output, bytesMax),
          send: (options) => client.send(command, options),
        });
      }),
    close: () => clients.close(),
  };
}

async function readStart(
  { Body, ContentRange = '' }: GetObjectCommandOutput,
  bytesMax: number,
): Promise<ObjectStart> {
  const parts: Buffer[] = [];
  let length = 0;
  if (Body !== undefined && Symbol.asyncIterator in Body) {
    // A store that knows no ranges sends all of it: the rest is not taken. Leaving the loop ends the answer.
    for await (const part of Body as AsyncIterable<Uint8Array>) {
      parts.push(Buffer.from(part));
      length += part.length;
      if (length > bytesMax) break;
    }
  }
  const whole = Number(/\/(\d+)$/.exec(ContentRange)?.[1] ?? Math.max(length, 0));
  return {
    bytes: Buffer.concat(parts).subarray(0, bytesMax),
    isWhole: whole <= bytesMax && length <= bytesMax,
  };
}
