import { setTimeout as pause } from 'node:timers/promises';
import { post } from './post';
import type { ProducerOptions } from './producer';

/** Every set has so many segments, all of one version, so that a mixed or torn snapshot shows. */
export const SEGMENTS_PER_SET = 40;
const REQUEST_DEADLINE_MS = 12_000;
const CREATED_AT = '2026-01-15T09:00:00Z';

/** Replaces the workspace's segments again and again, each time as a whole new version. */
export async function produceSegments(
  options: Pick<ProducerOptions, 'name' | 'pauseMs' | 'serverKey' | 'collectorUrls' | 'record' | 'random'>,
  signal: AbortSignal,
): Promise<void> {
  const { record, random, serverKey } = options;
  for (let version = 1; !signal.aborted; version += 1) {
    const entry = { version, fate: 'open' as 'open' | 'acked' };
    record.segmentVersions.push(entry);
    while (entry.fate === 'open') {
      const reply = await post(random.pick(options.collectorUrls), {
        method: 'PUT',
        path: '/v2.0/segments',
        serverKey,
        body: segmentSet(version),
        idempotencyKey: `${options.name}.${version}`,
        deadlineMs: REQUEST_DEADLINE_MS,
      });
      if (reply?.status === 200) entry.fate = 'acked';
      else await pause(500 + random.int(0, 500));
    }
    await pause(options.pauseMs);
  }
}

function segmentSet(version: number): Buffer {
  const times = { created_at: CREATED_AT, last_updated_at: CREATED_AT };
  const segments = Array.from({ length: SEGMENTS_PER_SET }, (_, i) => ({
    number: i + 1,
    id: `segment-${i + 1}`,
    name: `version ${version}`,
    tags: ['chaos'],
    ...times,
  }));
  return Buffer.from(JSON.stringify(segments));
}
