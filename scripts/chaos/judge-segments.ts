import type { S3Client } from '@aws-sdk/client-s3';
import { isBesideDelivery } from '@/lib/testing/delivered';
import { openDelivered } from '@/lib/testing/delivered-object';
import { listBucketKeys, readBucketObject } from '@/lib/testing/read-bucket';
import { SEGMENTS_PER_SET } from './load/segment-producer';
import type { SendRecord } from './load/send-record';
import { BUCKET } from './stage/stand-in';
import type { ChaosRouting } from './stage/tenants';

/**
 * A snapshot is whole and of one version that was put, and the newest one is the last that was promised. Returns
 * what is wrong, as sentences.
 */
export async function judgeSegments(
  client: S3Client,
  routing: ChaosRouting,
  record: SendRecord,
): Promise<string[]> {
  if (!routing.dataTypes.includes('segment')) return [];
  const written = await listBucketKeys(client, BUCKET, routing.root);
  const keys = written.filter((key) => isSegmentKey(key) && !isBesideDelivery(key));
  const put = new Set(record.segmentVersions.map(({ version }) => `version ${version}`));
  const lastAcked = record.segmentVersions.findLast(({ fate }) => fate === 'acked')?.version ?? 0;
  const faults: string[] = [];
  let newest = { name: '', version: 0 };
  for (const key of keys) {
    const { lines } = openDelivered(await readBucketObject(client, BUCKET, key), routing.root);
    const names = new Set(lines.map((line) => String(line?.name)));
    const [name = ''] = names;
    if (names.size !== 1 || !put.has(name) || lines.length !== SEGMENTS_PER_SET)
      faults.push(`${key} is no snapshot: ${lines.length} lines of ${[...names].join(' and ')}`);
    const file = key.slice(key.lastIndexOf('/') + 1);
    if (file > newest.name) newest = { name: file, version: Number(name.split(' ')[1]) };
  }
  if (newest.version < lastAcked)
    faults.push(
      `The newest snapshot of ${routing.name} is version ${newest.version}; ${lastAcked} was promised`,
    );
  return faults;
}

/** Snapshots are promised as a whole, not line by line. */
export function isSegmentKey(key: string): boolean {
  return key.includes('type=segment/');
}
