import type { DataType } from '@/lib/domain/data-type';

/**
 * The Hive partition of a file: `type=events/year=2026/month=01/day=15/hour=14`, UTC, zero-padded.
 * `hourMs` is the start of the hour of receipt, epoch ms; null for a type that is not partitioned.
 */
export function partitionPath(type: DataType, hourMs: number | null): string {
  if (hourMs === null) return `type=${type}`;
  const [year, month, day, hour] = new Date(hourMs).toISOString().split(/[-T:]/);
  return `type=${type}/year=${year}/month=${month}/day=${day}/hour=${hour}`;
}

export interface KeyCoordinates {
  readonly routingId: string;
  readonly streamId: number;
  readonly generation: number;
  /** Offsets of the file's first and last chunk, inclusive. */
  readonly lo: number;
  readonly hi: number;
  readonly partition: string;
}

/** What the key's hash is taken of, so that no two files of a routing can share a key. */
export function keyHashInput(at: KeyCoordinates): string {
  return [at.routingId, at.streamId, at.generation, at.lo, at.hi, at.partition].join('\n');
}

const HASH_HEX_DIGITS = 12;

/**
 * The key of a file: `{prefix}{partition}/{timestamp}-{hash}-{worker_id}.jsonl.gz`.
 * `prefix` is stored with its trailing slash; `sealedAtMs` is database time, epoch ms; `sha256Hex` is of keyHashInput.
 */
export function objectKey(parts: {
  readonly prefix: string;
  readonly partition: string;
  readonly sealedAtMs: number;
  readonly sha256Hex: string;
  readonly workerId: string;
}): string {
  const timestamp = new Date(parts.sealedAtMs).toISOString().replace('Z', '000Z');
  const hash = parts.sha256Hex.slice(0, HASH_HEX_DIGITS);
  return `${parts.prefix}${parts.partition}/${timestamp}-${hash}-${parts.workerId}.jsonl.gz`;
}

/** Whether a key that `objectKey` made was made with this prefix and partition. */
export function isKeyUnder(
  key: string,
  at: { readonly prefix: string; readonly type: DataType; readonly hourMs: number | null },
): boolean {
  const folder = `${at.prefix}${partitionPath(at.type, at.hourMs)}/`;
  return key.startsWith(folder) && !key.slice(folder.length).includes('/');
}

/** The prefix under which a key was made that `objectKey` made with this partition. */
export function prefixOfKey(
  key: string,
  at: { readonly type: DataType; readonly hourMs: number | null },
): string {
  const folder = key.slice(0, key.lastIndexOf('/'));
  return folder.slice(0, folder.length - partitionPath(at.type, at.hourMs).length);
}
