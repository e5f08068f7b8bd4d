import { Aftermath } from './aftermath';
import { Beside } from './beside';
import { Chores } from './chores';
import { Customers } from './customers';
import { Mishaps } from './mishaps';
import { judge } from './oracle';
import { Producers } from './producers';
import { SegmentWriters } from './segments';
import { Verbs } from './verbs';
import { Violation } from './violation';
import { SimulatedWorld, type WorldOptions } from './world';
import type { World } from './world-parts';

export interface SeedResult {
  readonly seed: number;
  /** Of every step; the same seed gives the same. */
  readonly hash: string;
  readonly steps: number;
  readonly virtualMs: number;
  readonly coverage: Readonly<Record<string, number>>;
  /** Null when every rule held. */
  readonly violation: {
    readonly rule: string;
    readonly detail: string;
    readonly about: readonly string[];
  } | null;
}

const STEPS_MAX = 60_000;

/** One whole run: a storm, its aftermath, and the judgement. Depends on nothing but its options. */
export async function runSeed(options: WorldOptions): Promise<SeedResult> {
  const world = new SimulatedWorld(options);
  const { scheduler, coverage } = world;
  let violation: SeedResult['violation'] = null;
  try {
    await live(world);
  } catch (error) {
    if (!(error instanceof Violation))
      throw new Error(`Seed ${options.seed} broke the simulation`, { cause: error });
    violation = { rule: error.rule, detail: error.message, about: error.about };
  }
  return {
    seed: options.seed,
    hash: scheduler.hash.toString(),
    steps: scheduler.steps,
    virtualMs: Math.round(scheduler.nowMs - world.profile.startMs),
    coverage: coverage.toRecord(),
    violation,
  };
}

async function live(world: World): Promise<void> {
  const { scheduler, prng, profile } = world;
  const customers = new Customers(world);
  const producers = new Producers(world, customers.workspaceIds);
  const segments = new SegmentWriters(world);
  const verbs = new Verbs(world, customers);
  const mishaps = new Mishaps(world, customers);
  const aftermath = new Aftermath(world, { verbs, producers });
  const someTime = () => scheduler.nowMs + prng.below(profile.stormMs);
  for (let count = 0; count < profile.requests; count += 1) producers.produce(someTime());
  const snapshots = prng.below(4);
  for (let count = 0; count < snapshots; count += 1)
    segments.write(someTime(), prng.pick(customers.workspaceIds));
  for (let count = 0; count < profile.routings; count += 1)
    scheduler.at(prng.chance(0.6) ? scheduler.nowMs : someTime(), 'a routing starts', () => verbs.startNew());
  scheduler.at(scheduler.nowMs, 'a routing starts', () => verbs.startNew());
  for (let count = 0; count < profile.verbs; count += 1)
    scheduler.at(someTime(), 'a person acts', () => verbs.some());
  for (let count = 0; count < profile.mishaps; count += 1)
    scheduler.at(someTime(), 'a mishap', () => mishaps.some());
  const later = () => scheduler.nowMs + profile.stormMs * (0.4 + 0.6 * prng.next());
  for (let count = 0; count < profile.replays; count += 1)
    scheduler.at(later(), 'a replay is wanted', () => {
      if (prng.chance(0.7)) mishaps.strike('objects_deleted');
      verbs.replaySome();
    });
  new Chores(world).start();
  new Beside(world).start();
  // Producers try again for a while, and what froze in the storm thaws.
  scheduler.after(profile.stormMs, 'calm', () => aftermath.begin());
  await scheduler.run(() => aftermath.isDone || isTooLong(world));
  judge(world, { records: producers.records, fills: aftermath.fills });
}

function isTooLong({ scheduler }: World): boolean {
  if (scheduler.steps < STEPS_MAX) return false;
  throw new Violation('stuck', `the run does not end within ${STEPS_MAX} steps`);
}
