import type { ClaimedLane } from '@/lib/services/delivery/delivery-ledger';
import type { ClaimedReplayFile } from '@/lib/services/replay/replay-ledger';
import type { Prng } from '@/lib/testing/simulation/prng';
import type { ClaimedProbe } from './beside-world';
import type { MemoryWorld } from './memory-world';
import type { World } from './world';

/** One call, said in the ids of the memory's world; what it answers must be the same in both worlds. */
export interface Step {
  readonly name: string;
  /** What is given, for whoever reads a sequence that failed. */
  readonly text: string;
  run(world: World): Promise<unknown>;
}

/** Where steps are drawn from. */
export interface Walk {
  readonly prng: Prng;
  readonly memory: MemoryWorld;
  /** Every lane as it was claimed: the last one may be held, the others are stale. */
  readonly claims: ClaimedLane[];
  readonly replayClaims: ClaimedReplayFile[];
  readonly probeClaims: ClaimedProbe[];
}

export function stepOf(name: string, given: unknown, run: Step['run']): Step {
  const text = JSON.stringify(given, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
  return { name, text: `${name} ${text}`, run };
}

/** Whole hours and a half: no wait of a test ends while it runs. */
export function someMs({ prng }: Walk): number {
  return prng.below(3) * 3_600_000 + 1_800_000;
}

/** Mostly the last one, as whoever goes on with it; else any, as whoever was frozen. */
export function lastOrAny<T>({ prng }: Walk, items: readonly T[]): T | undefined {
  if (items.length === 0) return undefined;
  return prng.chance(0.7) ? items.at(-1) : prng.pick(items);
}

export function uuidOf({ prng }: Walk): string {
  const hex = Array.from({ length: 32 }, () => prng.below(16).toString(16)).join('');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}
