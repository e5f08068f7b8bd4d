import {
  type ByteKey,
  fromByteKey,
  type ListPage,
  type ListQuery,
  listPage,
  lowerBound,
  toByteKey,
} from './list-page';
import type { BucketRecord, JournalEntry, ObjectRecord } from './object-record';

/** A bucket's objects in memory, by key and in listing order. */
class Bucket {
  readonly #objects = new Map<ByteKey, ObjectRecord>();
  readonly #sorted: ByteKey[] = [];

  constructor(public record: BucketRecord) {}

  get size(): number {
    return this.#sorted.length;
  }

  get(key: string): ObjectRecord | undefined {
    return this.#objects.get(toByteKey(key));
  }

  set(key: string, object: ObjectRecord): void {
    const byteKey = toByteKey(key);
    if (!this.#objects.has(byteKey)) this.#sorted.splice(lowerBound(this.#sorted, byteKey), 0, byteKey);
    this.#objects.set(byteKey, object);
  }

  delete(key: string): void {
    const byteKey = toByteKey(key);
    if (this.#objects.delete(byteKey)) this.#sorted.splice(lowerBound(this.#sorted, byteKey), 1);
  }

  list(query: ListQuery): ListPage {
    return listPage(this.#sorted, query);
  }

  *entries(): Iterable<readonly [key: string, object: ObjectRecord]> {
    for (const [byteKey, object] of this.#objects) yield [fromByteKey(byteKey), object];
  }
}

/** Every bucket and object, as the journal's entries left them. */
export class BucketIndex {
  readonly #buckets = new Map<string, Bucket>();

  bucket(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  records(): BucketRecord[] {
    return [...this.#buckets.values()]
      .map((bucket) => bucket.record)
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  apply(entry: JournalEntry): void {
    switch (entry.entry) {
      case 'bucket': {
        const known = this.#buckets.get(entry.bucket.name);
        if (known === undefined) this.#buckets.set(entry.bucket.name, new Bucket(entry.bucket));
        else known.record = entry.bucket;
        return;
      }
      case 'bucket-deleted':
        this.#buckets.delete(entry.name);
        return;
      case 'object':
        this.#buckets.get(entry.bucket)?.set(entry.key, entry.object);
        return;
      case 'object-deleted':
        this.#buckets.get(entry.bucket)?.delete(entry.key);
        return;
    }
  }

  /** The shortest journal that gives this state. */
  snapshot(): JournalEntry[] {
    return [...this.#buckets.values()].flatMap((bucket) => [
      { entry: 'bucket' as const, bucket: bucket.record },
      ...[...bucket.entries()].map(([key, object]) => ({
        entry: 'object' as const,
        bucket: bucket.record.name,
        key,
        object,
      })),
    ]);
  }

  bodyIds(): Set<string> {
    const ids = new Set<string>();
    for (const bucket of this.#buckets.values())
      for (const [, object] of bucket.entries()) ids.add(object.bodyId);
    return ids;
  }
}
