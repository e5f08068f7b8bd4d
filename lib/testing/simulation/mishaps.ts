import { objectMetadata } from '@/lib/domain/delivery/object-metadata';
import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import type { Customers } from './customers';
import type { World } from './world-parts';

const WEIGHTS = {
  worker_dies: 3,
  worker_freezes: 4,
  collector_dies: 2,
  collector_freezes: 1,
  clock_off: 2,
  clock_unknown: 1,
  key_revoked: 2,
  bucket_denied: 2,
  bucket_missing: 1,
  kms_disabled: 1,
  credential_unreadable: 1,
  foreign_object: 3,
  forged_object: 2,
  byte_flipped: 2,
  chunk_removed: 2,
  objects_deleted: 4,
  ledger_away: 2,
  log_away: 3,
  queue_away: 1,
} as const;

export const MISHAPS = Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[];

const LASTS_MAX_MS = 60_000;
const FREEZE_MAX_MS = 120_000;
const SKEW_MAX_MS = 4_900;

/** What happens to machines and buckets without anybody's doing; most of it passes. */
export class Mishaps {
  constructor(
    private readonly world: World,
    private readonly customers: Customers,
  ) {}

  some(): void {
    this.strike(this.world.prng.weighted(WEIGHTS));
  }

  strike(mishap: keyof typeof WEIGHTS): void {
    const { coverage, scheduler } = this.world;
    const happened = this.#strike(mishap);
    if (happened) coverage.count(`mishap.${mishap}`);
    scheduler.note(`mishap ${mishap} ${happened}`);
  }

  #strike(mishap: keyof typeof WEIGHTS): boolean {
    const { prng, buckets, workers, collectors } = this.world;
    const bucket = `bucket-${prng.between(1, 3)}`;
    switch (mishap) {
      case 'worker_dies':
        return this.#with(workers, ({ process }) => this.world.kill(process));
      case 'worker_freezes':
        return this.#with(workers, ({ process }) => process.freeze(prng.below(FREEZE_MAX_MS)));
      case 'collector_dies':
        return this.#with(collectors, ({ process }) => this.world.kill(process));
      case 'collector_freezes':
        return this.#with(collectors, ({ process }) => process.freeze(prng.below(FREEZE_MAX_MS / 3)));
      case 'clock_off':
        return this.#with([...workers, ...collectors], ({ process }) => {
          process.skewMs = prng.between(-SKEW_MAX_MS, SKEW_MAX_MS);
        });
      case 'clock_unknown':
        return this.#with(workers, ({ process }) => {
          process.isClockReady = false;
          this.#later(() => {
            process.isClockReady = true;
          });
        });
      case 'key_revoked':
        return this.#forAWhile(buckets.revokedKeys, `AKIA${prng.between(1, 4)}`);
      case 'bucket_denied':
        return this.#forAWhile(buckets.deniedBuckets, bucket);
      case 'bucket_missing':
        return this.#forAWhile(buckets.missingBuckets, bucket);
      case 'kms_disabled':
        this.customers.disableSomeKmsKey();
        this.#later(() => buckets.disabledKmsKeys.clear());
        return true;
      case 'credential_unreadable':
        return this.#forAWhile(this.world.unreadableCredentials, `AKIA${prng.between(1, 4)}`);
      case 'foreign_object':
        return this.#foreign(false);
      case 'forged_object':
        return this.#foreign(true);
      case 'ledger_away':
        return this.#forAWhile(this.world.outages, 'ledger');
      case 'log_away':
        return this.#forAWhile(this.world.outages, 'log');
      case 'queue_away':
        return this.#forAWhile(this.world.outages, 'queue');
      case 'byte_flipped':
        return this.#damage();
      case 'chunk_removed':
        return this.#remove();
      case 'objects_deleted':
        return this.#deleteObjects();
    }
  }

  /** Somebody's object lies where a sealed file is about to go; forged, it says that it is ours. */
  #foreign(isForged: boolean): boolean {
    const { prng, ledger, buckets } = this.world;
    const open = ledger
      .files()
      .filter(({ state, kind }) => state === 'sealed' && (!isForged || kind === 'stitched'));
    return this.#with(open, (file) => {
      const row = { ...file, fileId: file.id, streamId: 0 } as unknown as SealedFile;
      const metadata = isForged ? objectMetadata(row) : { owner: 'somebody' };
      buckets.putForeign(file, Buffer.from(`not ours ${prng.below(1_000)}`), metadata);
    });
  }

  #damage(): boolean {
    const { prng, watch, log } = this.world;
    return this.#with([...watch.chunks.values()].flat(), ({ streamId, offset, body }) => {
      const damaged = Buffer.from(body);
      const at = prng.below(damaged.length);
      damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << prng.below(8)), at);
      log.replaceBody(streamId, offset, damaged);
      watch.damaged.add(`${streamId}/${offset}`);
    });
  }

  /** Retention takes the oldest chunks of a stream, delivered or not. */
  #remove(): boolean {
    const { prng, watch, log } = this.world;
    return this.#with([...watch.chunks.values()], (chunks) => {
      for (const { streamId, offset } of chunks.slice(0, prng.between(1, chunks.length))) {
        log.removeChunk(streamId, offset);
        watch.removed.add(`${streamId}/${offset}`);
      }
    });
  }

  /** A customer's own tidying takes delivered files of ours. */
  #deleteObjects(): boolean {
    const { prng, ledger, buckets } = this.world;
    const delivered = ledger.files().filter((file) => file.state === 'delivered' && buckets.has(file));
    return this.#with(delivered, ({ routingId }) => {
      for (const file of delivered)
        if (file.routingId === routingId && prng.chance(0.6)) buckets.deleteOwn(file);
    });
  }

  #forAWhile<Name extends string>(set: Set<Name>, name: Name): boolean {
    set.add(name);
    this.#later(() => set.delete(name));
    return true;
  }

  #later(end: () => void): void {
    const { scheduler, prng } = this.world;
    scheduler.after(prng.below(LASTS_MAX_MS), 'a mishap passes', end);
  }

  #with<T>(things: readonly T[], act: (thing: T) => void): boolean {
    if (things.length === 0) return false;
    act(this.world.prng.pick(things));
    return true;
  }
}
