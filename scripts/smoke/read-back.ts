import type { S3Client } from '@aws-sdk/client-s3';
import { type DeliveredLine, openDelivered } from '@/lib/testing/delivered-object';
import { listBucketKeys, readBucketObject } from '@/lib/testing/read-bucket';

export interface MarkedLine {
  readonly mark: string;
  readonly eventId: string;
  readonly receivedMs: number;
  readonly key: string;
}

export interface ReadBack {
  readonly lines: readonly MarkedLine[];
  readonly keys: readonly string[];
}

/** Everything that lies under the prefix, read with a plain S3 client and unpacked; a key or a line out of form throws. */
export async function readBack(client: S3Client, bucket: string, prefix: string): Promise<ReadBack> {
  const keys = await listBucketKeys(client, bucket, prefix);
  const lines: MarkedLine[] = [];
  for (const key of keys) {
    const object = openDelivered(await readBucketObject(client, bucket, key), prefix);
    if (object.faults.length > 0) throw new Error(object.faults.join('; '));
    for (const line of object.lines) lines.push(toMarked(line, key));
  }
  return { lines, keys };
}

function toMarked(line: DeliveredLine, key: string): MarkedLine {
  const event = line as unknown as { event_id: string; time: string; properties: { mark: string } };
  return {
    mark: event.properties.mark,
    eventId: event.event_id,
    receivedMs: Date.parse(event.time),
    key,
  };
}
