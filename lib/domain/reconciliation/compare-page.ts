/** A file as the ledger has it, whatever became of it. */
export interface RecordedFile {
  readonly fileId: string;
  readonly key: string;
  readonly state: 'sealed' | 'delivered' | 'conflict' | 'released';
  readonly gzipBytes: number | null;
  readonly etag: string | null;
  readonly rows: number;
  /** Start of its hour, epoch ms; null for a type without hours. */
  readonly hourMs: number | null;
  /** Database time, epoch ms; null before. */
  readonly deliveredAtMs: number | null;
}

export interface SeenObject {
  readonly key: string;
  readonly lengthBytes: number;
  readonly etag: string | null;
}

export interface PageSides {
  /** What the folder's keys begin with; names behind it that begin with `_` or `.` are not events. */
  readonly folder: string;
  /** Keys at or behind it are out of range. */
  readonly until: string;
  /** One page of the bucket and one of the ledger, each in the order of the keys' UTF-8 bytes from the same key on. */
  readonly seen: readonly SeenObject[];
  readonly hasMoreSeen: boolean;
  readonly recorded: readonly RecordedFile[];
  readonly hasMoreRecorded: boolean;
  /** Database time before the bucket was listed, epoch ms: what was delivered later need not be in it. */
  readonly listedAtMs: number;
  /** So many unknown objects are looked into at once. */
  readonly unknownMax: number;
}

export interface ComparedPage {
  readonly missing: readonly RecordedFile[];
  readonly altered: readonly { readonly file: RecordedFile; readonly object: SeenObject }[];
  /** Given up before they were known to be written, and there all the same: their rows are in another file too. */
  readonly doubled: readonly { readonly file: RecordedFile; readonly object: SeenObject }[];
  readonly unknown: readonly SeenObject[];
  readonly files: number;
  readonly objects: number;
  /** The last key that is settled with this page; null when the range is done. */
  readonly upTo: string | null;
}

/** Holds a stretch of the bucket against the same stretch of the ledger. Both pages begin behind the same key. */
export function comparePage(sides: PageSides): ComparedPage {
  const whole = compareUpTo(sides, boundOf(sides));
  const last = whole.unknown[sides.unknownMax - 1];
  return last === undefined || whole.unknown.length === sides.unknownMax
    ? whole
    : compareUpTo(sides, last.key);
}

/** Both pages are whole up to here; null when both are whole to the end. */
function boundOf({ until, seen, hasMoreSeen, recorded, hasMoreRecorded }: PageSides): string | null {
  const lastSeen = seen.at(-1);
  const lastRecorded = recorded.at(-1);
  const bounds = [
    ...(hasMoreSeen && lastSeen !== undefined && inOrder(lastSeen.key, until) < 0 ? [lastSeen.key] : []),
    ...(hasMoreRecorded && lastRecorded !== undefined ? [lastRecorded.key] : []),
  ];
  return bounds.sort(inOrder)[0] ?? null;
}

function compareUpTo(sides: PageSides, upTo: string | null): ComparedPage {
  const isHere = ({ key }: { readonly key: string }) =>
    inOrder(key, sides.until) < 0 && (upTo === null || inOrder(key, upTo) <= 0);
  const seen = new Map(sides.seen.filter(isHere).map((object) => [object.key, object]));
  const recorded = sides.recorded.filter(isHere);
  const known = new Set(recorded.map(({ key }) => key));
  const both = recorded.flatMap((file) => {
    const object = seen.get(file.key);
    return object === undefined ? [] : [{ file, object }];
  });
  const delivered = recorded.filter(({ state }) => state === 'delivered');
  return {
    missing: delivered.filter((file) => !seen.has(file.key) && (file.deliveredAtMs ?? 0) < sides.listedAtMs),
    altered: both.filter(({ file, object }) => file.state === 'delivered' && !isSame(file, object)),
    doubled: both.filter(({ file }) => file.state === 'released'),
    unknown: [
      ...[...seen.values()].filter(({ key }) => !known.has(key) && isEventName(key, sides.folder)),
      ...both.flatMap(({ file, object }) => (file.state === 'conflict' ? [object] : [])),
    ].sort((a, b) => inOrder(a.key, b.key)),
    files: delivered.length,
    objects: seen.size,
    upTo,
  };
}

function isSame(file: RecordedFile, object: SeenObject): boolean {
  const isLength = file.gzipBytes === null || file.gzipBytes === object.lengthBytes;
  return isLength && (file.etag === null || object.etag === null || file.etag === object.etag);
}

/** Athena, Hive and Spark read neither names that begin with `_` or `.`, nor the empty objects consoles make as folders. */
function isEventName(key: string, folder: string): boolean {
  const names = key.slice(folder.length).split('/');
  return names.every((name) => name !== '' && !name.startsWith('_') && !name.startsWith('.'));
}

function inOrder(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
