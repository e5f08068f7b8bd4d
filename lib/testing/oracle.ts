import type { S3Client } from '@aws-sdk/client-s3';
import type { Sql } from '@/lib/platform/sql';
import { type DeliveredLine, type DeliveredObject, openDelivered } from './delivered-object';
import { compareWithLedger } from './oracle-ledger';
import { listBucketKeys, readBucketObject } from './read-bucket';

export interface OracleInput {
  /** Reads the bucket; not with the routing's own key, which a test may have revoked. */
  readonly client: S3Client;
  readonly bucket: string;
  /** What is looked at: one routing's prefix, or '' for the whole bucket. */
  readonly prefix: string;
  /** The ledger that the bucket is held against. */
  readonly sql: Sql;
  /** Ids whose producer was told that they are stored. */
  readonly acked: Iterable<string>;
  /** Ids that were sent and never acknowledged: there once or not at all. */
  readonly unacked?: Iterable<string>;
  /** Acknowledged ids that the ledger gave up with a reason (bad bytes, gap): not there. */
  readonly setAside?: Iterable<string>;
  /** The producer's id in a line; null when it has none. `properties.mark`, else `id`, when absent. */
  readonly idOf?: (line: Readonly<Record<string, unknown>>) => string | null;
  /** Whether the lines of this key are promised one by one, as those of segment snapshots are not; all when absent. */
  readonly isCounted?: (key: string) => boolean;
  /** Keys of files that were given up while they may have been written: they may be there. */
  readonly keysInDoubt?: ReadonlySet<string>;
  /** How often each key was written; see `readObjectWrites`. More than once is broken, whatever was written. */
  readonly writes?: ReadonlyMap<string, number>;
}

export interface OracleVerdict {
  /** Nothing lost, doubled, foreign or broken. */
  readonly holds: boolean;
  /** Distinct ids that were sent: acknowledged or not. */
  readonly sent: number;
  readonly acked: number;
  /** Distinct sent ids that are in the bucket. */
  readonly delivered: number;
  /** Lines beyond the first of their id. */
  readonly duplicates: number;
  /** Acknowledged ids, not set aside, that are nowhere. */
  readonly missing: number;
  /** Lines that nobody sent, or that were set aside and are there all the same. */
  readonly foreign: number;
  /** Objects that are not what they say, not what the ledger says, or changed; and ledger rows without their object. */
  readonly broken: number;
  readonly files: number;
  /** What is wrong, the first of each kind, in sentences. */
  readonly faults: readonly string[];
}

const FAULTS_TOLD = 20;
const READS_AT_ONCE = 8;

/**
 * Whether the bucket holds every acknowledged line exactly once and nothing else, in objects that are what they, the
 * metadata and the ledger say. Call it once everything has come to rest; it judges, it does not wait.
 */
export async function checkDelivered(input: OracleInput): Promise<OracleVerdict> {
  const { client, bucket, prefix } = input;
  const keys = (await listBucketKeys(client, bucket, prefix)).filter((key) => !isOurMark(key));
  const count = new LineCount(input);
  const faults: string[] = [];
  const broken = new Set<string>();
  const objects: Pick<DeliveredObject, 'key' | 'fileId'>[] = [];
  const found = new Map<
    string,
    { rows: number; bytes: number; etag: string | null; fileId: string | null }
  >();
  const waiting = [...keys];
  const reader = async () => {
    for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
      const object = await readBucketObject(client, bucket, key);
      const opened = openDelivered(object, prefix);
      for (const fault of opened.faults) faults.push(fault);
      if (opened.faults.length > 0) broken.add(key);
      if (input.isCounted?.(key) ?? true) for (const line of opened.lines) count.add(line, key);
      objects.push(opened);
      found.set(key, {
        rows: opened.lines.length,
        bytes: object.body.length,
        etag: object.etag,
        fileId: opened.fileId,
      });
    }
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, reader));
  for (const { key, fault } of await compareWithLedger({ ...input, found })) {
    broken.add(key);
    faults.push(fault);
  }
  for (const key of keys) {
    const writes = input.writes?.get(key) ?? 1;
    if (writes <= 1) continue;
    broken.add(key);
    faults.push(`${key} was written ${writes} times`);
  }
  const lines = count.verdict();
  const all = [...lines.faults, ...faults];
  return {
    holds: all.length === 0,
    ...lines.counts,
    broken: broken.size,
    files: keys.length,
    faults: all.slice(0, FAULTS_TOLD),
  };
}

/** Probes and hour markers: written by us, not part of what was promised. */
function isOurMark(key: string): boolean {
  return key.split('/').some((part) => part.startsWith('_'));
}

class LineCount {
  private readonly acked: ReadonlySet<string>;
  private readonly unacked: ReadonlySet<string>;
  private readonly setAside: ReadonlySet<string>;
  private readonly idOf: NonNullable<OracleInput['idOf']>;
  private readonly seen = new Set<string>();
  private duplicates = 0;
  private foreign = 0;
  private readonly faults: string[] = [];

  constructor(input: OracleInput) {
    this.acked = new Set(input.acked);
    this.unacked = new Set([...(input.unacked ?? [])].filter((id) => !this.acked.has(id)));
    this.setAside = new Set(input.setAside ?? []);
    this.idOf = input.idOf ?? markOrId;
  }

  add(line: DeliveredLine, key: string): void {
    const id = line === null ? null : this.idOf(line);
    const isSent = id !== null && (this.acked.has(id) || this.unacked.has(id)) && !this.setAside.has(id);
    if (!isSent) {
      this.foreign += 1;
      this.tell(`${key} holds a line that does not belong there: ${id}`);
    } else if (this.seen.has(id)) {
      this.duplicates += 1;
      this.tell(`${key} holds ${id} once more`);
    } else this.seen.add(id);
  }

  verdict() {
    const missing = [...this.acked].filter((id) => !this.seen.has(id) && !this.setAside.has(id));
    for (const id of missing.slice(0, FAULTS_TOLD)) this.tell(`${id} was acknowledged and is nowhere`);
    const counts = {
      sent: this.acked.size + this.unacked.size,
      acked: this.acked.size,
      delivered: this.seen.size,
      duplicates: this.duplicates,
      missing: missing.length,
      foreign: this.foreign,
    };
    return { counts, faults: this.faults };
  }

  private tell(fault: string): void {
    if (this.faults.length < FAULTS_TOLD) this.faults.push(fault);
  }
}

/** What a producer of the tests called the line: `properties.mark`, else `id`; null when it has neither. */
export function markOrId(line: Readonly<Record<string, unknown>>): string | null {
  const { properties, id } = line;
  const mark =
    typeof properties === 'object' && properties !== null && 'mark' in properties ? properties.mark : id;
  return typeof mark === 'string' ? mark : null;
}
