import type { DataType } from '@/lib/domain/data-type';
import type { MemoryKeys, MemoryPlace } from '@/lib/testing/memory-ledger/memory-state';
import { EVENT_NAMES } from './producers';
import type { World } from './world-parts';

const KMS_KEYS = ['arn:aws:kms:eu-west-1:111122223333:key/one', 'arn:aws:kms:eu-west-1:111122223333:key/two'];

/** The customers' side of routings: their workspaces, places and keys. */
export class Customers {
  readonly workspaceIds: string[] = [];
  #places = 0;
  #keys = 0;

  constructor(private readonly world: World) {
    for (let count = 0; count < world.profile.workspaces; count += 1)
      this.workspaceIds.push(world.ledger.createWorkspace());
  }

  /** A routing that may be started at once; returns its id. */
  createRouting(): string {
    const { prng, ledger, profile } = this.world;
    return ledger.createRouting({
      workspaceId: prng.pick(this.workspaceIds),
      dataTypes: this.drawTypes(),
      eventNames: this.drawFilter(),
      startFrom: prng.pick(['head', 'earliest']),
      flushIntervalMs: profile.flushIntervalMs,
      place: this.newPlace(),
      keys: this.newKeys(),
    });
  }

  drawTypes(): DataType[] {
    const { prng } = this.world;
    const types = (['events', 'sync_aliases', 'segment'] as const).filter(() => prng.chance(0.7));
    return types.length === 0 ? ['events'] : types;
  }

  drawFilter(): string[] {
    const { prng } = this.world;
    if (prng.chance(0.5)) return [];
    return EVENT_NAMES.filter(() => prng.chance(0.4));
  }

  /** A prefix that nobody had before, in one of a few buckets. */
  newPlace(): MemoryPlace {
    const { prng } = this.world;
    this.#places += 1;
    const bucket = `bucket-${prng.between(1, 3)}`;
    const kmsKeyArn = prng.chance(0.3) ? prng.pick(KMS_KEYS) : null;
    return {
      endpoint: 'https://s3.test',
      bucket,
      region: 'eu-west-1',
      prefix: `p${this.#places}/`,
      kmsKeyArn,
    };
  }

  newKeys(): MemoryKeys {
    this.#keys += 1;
    return { accessKeyId: `AKIA${this.#keys}`, secretAccessKey: `secret-${this.#keys}` };
  }

  disableSomeKmsKey(): void {
    this.world.buckets.disabledKmsKeys.add(this.world.prng.pick(KMS_KEYS));
  }
}
