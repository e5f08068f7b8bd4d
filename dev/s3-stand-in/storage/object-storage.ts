import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { BodyFiles, type BodyWriter } from './body-files';
import { BucketIndex } from './bucket-index';
import { Journal } from './journal';
import { fromByteKey, type ListPage, type ListQuery } from './list-page';
import type { BucketRecord, JournalEntry, ObjectRecord } from './object-record';

const STALE_ENTRIES_MIN = 1_000;

export interface ObjectPlaceInStore {
  readonly bucket: string;
  readonly key: string;
}

/** Buckets and objects on disk. A change is durable before it is seen by readers and before the caller goes on. */
export class ObjectStorage {
  readonly #lastByPlace = new Map<string, Promise<unknown>>();

  private constructor(
    private readonly journal: Journal,
    private readonly bodies: BodyFiles,
    private readonly index: BucketIndex,
  ) {}

  /** `syncToDisk` survives a power cut; without it what is stored still survives the death of the process. */
  static async open(directory: string, options: { syncToDisk: boolean }): Promise<ObjectStorage> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    let opened = await Journal.open(directory, options);
    const index = new BucketIndex();
    for (const entry of opened.entries) index.apply(entry);
    const snapshot = index.snapshot();
    if (opened.entries.length > snapshot.length * 2 + STALE_ENTRIES_MIN) {
      await opened.journal.close();
      await Journal.rewrite(directory, snapshot);
      opened = await Journal.open(directory, options);
    }
    const bodies = await BodyFiles.open(path.join(directory, 'bodies'), options);
    await bodies.deleteStrays(index.bodyIds());
    return new ObjectStorage(opened.journal, bodies, index);
  }

  bucket(name: string): BucketRecord | undefined {
    return this.index.bucket(name)?.record;
  }

  buckets(): BucketRecord[] {
    return this.index.records();
  }

  isEmpty(bucket: string): boolean {
    return (this.index.bucket(bucket)?.size ?? 0) === 0;
  }

  object(place: ObjectPlaceInStore): ObjectRecord | undefined {
    return this.index.bucket(place.bucket)?.get(place.key);
  }

  list(bucket: string, query: ListQuery): ListPage {
    return this.index.bucket(bucket)?.list(query) ?? { keys: [], commonPrefixes: [], next: null };
  }

  newBody(): BodyWriter {
    return this.bodies.create();
  }

  readBody(object: ObjectRecord): ReturnType<BodyFiles['read']> {
    return this.bodies.read(object.bodyId);
  }

  async #apply(entry: JournalEntry): Promise<void> {
    await this.journal.append(entry);
    this.index.apply(entry);
  }

  putBucket(bucket: BucketRecord): Promise<void> {
    return this.#apply({ entry: 'bucket', bucket });
  }

  deleteBucket(name: string): Promise<void> {
    return this.#apply({ entry: 'bucket-deleted', name });
  }

  /**
   * Puts an object. `check` sees the present object and may throw; no other change of the same key happens between
   * the check and the change, so of concurrent conditional writers one wins. The caller discards the body on an error.
   */
  async putObject(
    place: ObjectPlaceInStore,
    object: ObjectRecord,
    write: { readonly body: BodyWriter; check(present: ObjectRecord | undefined): void },
  ): Promise<void> {
    await this.#alone(place, async () => {
      const present = this.object(place);
      write.check(present);
      await write.body.finish();
      await this.#apply({ entry: 'object', ...place, object });
      if (present !== undefined) await this.bodies.delete(present.bodyId);
    });
  }

  deleteObject(place: ObjectPlaceInStore): Promise<void> {
    return this.#alone(place, async () => {
      const present = this.object(place);
      if (present === undefined) return;
      await this.#apply({ entry: 'object-deleted', ...place });
      await this.bodies.delete(present.bodyId);
    });
  }

  /** Every key of a bucket, for in-process readers. */
  keys(bucket: string): string[] {
    const all = { prefix: '', delimiter: '', after: '', maxKeys: Number.MAX_SAFE_INTEGER };
    return this.list(bucket, all).keys.map(fromByteKey);
  }

  async #alone<T>(place: ObjectPlaceInStore, change: () => Promise<T>): Promise<T> {
    const name = `${place.bucket}/${place.key}`;
    const before = this.#lastByPlace.get(name) ?? Promise.resolve();
    const mine = before.then(change, change);
    this.#lastByPlace.set(name, mine);
    try {
      return await mine;
    } finally {
      if (this.#lastByPlace.get(name) === mine) this.#lastByPlace.delete(name);
    }
  }

  close(): Promise<void> {
    return this.journal.close();
  }
}
