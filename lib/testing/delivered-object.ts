import { crc32, gunzipSync } from 'node:zlib';
import { partitionPath } from '@/lib/domain/delivery/object-key';
import type { BucketObject } from './read-bucket';

/** A line of an object; null stands for one that is not a JSON object. */
export type DeliveredLine = Readonly<Record<string, unknown>> | null;

export interface DeliveredObject {
  readonly key: string;
  /** `file` of the ledger, as the object names it. */
  readonly fileId: string | null;
  readonly texts: readonly string[];
  readonly lines: readonly DeliveredLine[];
  /** What is wrong with it, one sentence each; empty when it is what it says. */
  readonly faults: readonly string[];
}

const NAME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z-[0-9a-f]{12}-[a-z0-9]{1,16}\.jsonl\.gz$/;
const PARTITION =
  /^type=(?:segment|(?:events|sync_aliases)\/year=\d{4}\/month=\d{2}\/day=\d{2}\/hour=\d{2})$/;

/** Unpacks an object and holds it against its key, its metadata and itself; `prefix` is what its key starts with. */
export function openDelivered(object: BucketObject, prefix: string): DeliveredObject {
  const { key, metadata } = object;
  const empty = { key, fileId: metadata['sluice-file'] ?? null, texts: [], lines: [] };
  let raw: Buffer;
  try {
    raw = gunzipSync(object.body);
  } catch (error) {
    return { ...empty, faults: [`${key} does not unpack: ${String(error)}`] };
  }
  const text = raw.toString('utf8');
  const texts = text.split('\n').slice(0, -1);
  const lines = texts.map(parseLine);
  const faults: string[] = [];
  if (!isKeyInForm(key, prefix)) faults.push(`${key} is not in the form of a key`);
  if (!text.endsWith('\n')) faults.push(`${key} does not end its last line`);
  if (!Buffer.from(text, 'utf8').equals(raw)) faults.push(`${key} is not UTF-8`);
  const broken = lines.filter((line) => line === null).length;
  if (broken > 0) faults.push(`${key} has ${broken} lines that are not JSON objects`);
  const found = [String(texts.length), crc32(raw).toString(16).padStart(8, '0'), 'application/gzip', null];
  const said = [
    metadata['sluice-rows'],
    metadata['sluice-crc32'],
    object.contentType,
    object.contentEncoding,
  ];
  if (JSON.stringify(said) !== JSON.stringify(found))
    faults.push(`${key} says ${JSON.stringify(said)} and holds ${JSON.stringify(found)}`);
  const astray = lines.filter((line) => isAstray(line, key)).length;
  if (astray > 0) faults.push(`${key} has ${astray} lines of another hour`);
  return { ...empty, texts, lines, faults };
}

function isKeyInForm(key: string, prefix: string): boolean {
  const path = key.slice(prefix.length);
  // A prefix may be that of a whole bucket: what is before the partition belongs to the routing.
  const folder = path.slice(Math.max(0, path.indexOf('type=')), path.lastIndexOf('/'));
  return key.startsWith(prefix) && PARTITION.test(folder) && NAME.test(path.slice(path.lastIndexOf('/') + 1));
}

function isAstray(line: DeliveredLine, key: string): boolean {
  if (typeof line?.time !== 'string' || !key.includes('/year=')) return false;
  const [, partition = ''] = /(year=.*)\//.exec(key) ?? [];
  return !partitionPath('events', Date.parse(line.time)).endsWith(partition);
}

function parseLine(text: string): DeliveredLine {
  try {
    const line: unknown = JSON.parse(text);
    return typeof line === 'object' && line !== null && !Array.isArray(line) ? { ...line } : null;
  } catch {
    return null;
  }
}
