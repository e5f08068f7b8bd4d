/** Keys here are UTF-8 bytes held as latin1 text: comparing them compares bytes, the order in which S3 lists. */
export type ByteKey = string;

// UTF-8 never contains 0xff, so this sorts behind every key that starts with the same bytes.
const BEHIND_ALL = '\u00ff';

export interface ListQuery {
  readonly prefix: ByteKey;
  /** Empty = none. */
  readonly delimiter: ByteKey;
  /** Entries come after this one; empty = from the start. */
  readonly after: ByteKey;
  readonly maxKeys: number;
}

export interface ListPage {
  readonly keys: readonly ByteKey[];
  readonly commonPrefixes: readonly ByteKey[];
  /** Where the next page starts; null when this is the last. */
  readonly next: ByteKey | null;
}

export function toByteKey(key: string): ByteKey {
  return Buffer.from(key, 'utf8').toString('latin1');
}

export function fromByteKey(key: ByteKey): string {
  return Buffer.from(key, 'latin1').toString('utf8');
}

/** Index of the first key that is not before `key`. */
export function lowerBound(sorted: readonly ByteKey[], key: ByteKey): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstIndex(sorted: readonly ByteKey[], query: ListQuery): number {
  if (query.after < query.prefix) return lowerBound(sorted, query.prefix);
  // A page that ended with a common prefix continues behind everything under it.
  const endsInPrefix =
    query.delimiter !== '' &&
    query.after.length > query.prefix.length &&
    query.after.endsWith(query.delimiter);
  if (endsInPrefix) return lowerBound(sorted, query.after + BEHIND_ALL);
  const index = lowerBound(sorted, query.after);
  return sorted[index] === query.after && query.after !== '' ? index + 1 : index;
}

/** One page of a listing over sorted keys, rolling up what shares a prefix up to the delimiter. */
export function listPage(sorted: readonly ByteKey[], query: ListQuery): ListPage {
  const keys: ByteKey[] = [];
  const commonPrefixes: ByteKey[] = [];
  let last: ByteKey = '';
  let index = firstIndex(sorted, query);
  for (;;) {
    const key = sorted[index];
    if (key === undefined || !key.startsWith(query.prefix)) return { keys, commonPrefixes, next: null };
    if (keys.length + commonPrefixes.length >= query.maxKeys) {
      return { keys, commonPrefixes, next: query.maxKeys === 0 ? null : last };
    }
    const cut = query.delimiter === '' ? -1 : key.indexOf(query.delimiter, query.prefix.length);
    if (cut < 0) {
      keys.push(key);
      last = key;
      index++;
    } else {
      last = key.slice(0, cut + query.delimiter.length);
      commonPrefixes.push(last);
      index = lowerBound(sorted, last + BEHIND_ALL);
    }
  }
}
