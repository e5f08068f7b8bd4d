import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';

export interface DeliveredLine {
  readonly mark: string;
  readonly eventId: string;
  readonly receivedMs: number;
  readonly key: string;
}

export interface ReadBack {
  readonly lines: readonly DeliveredLine[];
  readonly keys: readonly string[];
}

const KEY =
  /type=events\/year=\d{4}\/month=\d{2}\/day=\d{2}\/hour=\d{2}\/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z-[0-9a-f]{12}-[a-z0-9]{1,16}\.jsonl\.gz$/;

/** Everything that lies under the prefix, read with a plain S3 client and unpacked; a key or a line out of form throws. */
export async function readBack(client: S3Client, bucket: string, prefix: string): Promise<ReadBack> {
  const keys = await listKeys(client, bucket, prefix);
  const lines: DeliveredLine[] = [];
  for (const key of keys) {
    if (!KEY.test(key)) throw new Error(`A key is out of form: ${key}`);
    const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const bytes = await object.Body?.transformToByteArray();
    const text = gunzipSync(bytes ?? new Uint8Array()).toString('utf8');
    if (!text.endsWith('\n')) throw new Error(`The last line of ${key} has no end`);
    const texts = text.slice(0, -1).split('\n');
    if (object.Metadata?.['sluice-rows'] !== String(texts.length))
      throw new Error(`The metadata of ${key} tells another number of rows`);
    for (const line of texts) lines.push(readLine(line, key));
  }
  return { lines, keys };
}

function readLine(line: string, key: string): DeliveredLine {
  const event = JSON.parse(line) as { event_id: string; time: string; properties: { mark: string } };
  const receivedMs = Date.parse(event.time);
  const hour = new Date(receivedMs).toISOString();
  const partition = `year=${hour.slice(0, 4)}/month=${hour.slice(5, 7)}/day=${hour.slice(8, 10)}/hour=${hour.slice(11, 13)}/`;
  if (!key.includes(partition)) throw new Error(`A line received at ${event.time} lies in ${key}`);
  return { mark: event.properties.mark, eventId: event.event_id, receivedMs, key };
}

async function listKeys(client: S3Client, bucket: string, prefix: string): Promise<string[]> {
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
