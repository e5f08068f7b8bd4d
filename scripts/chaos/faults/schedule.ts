import type { SeededRandom } from '@/scripts/chaos/seeded-random';
import type { Stage } from '@/scripts/chaos/stage/stage';
import { DATABASE_FAULTS } from './database-faults';
import { ENDING_FAULTS } from './ending-faults';
import { type FaultKind, last } from './fault';
import { NETWORK_FAULTS } from './network-faults';
import { PROCESS_FAULTS } from './process-faults';
import { REPLAY_FAULTS } from './replay-faults';
import { ROUTING_FAULTS } from './routing-faults';
import { STORE_FAULTS } from './store-faults';

const KINDS: readonly FaultKind[] = [
  ...PROCESS_FAULTS,
  ...NETWORK_FAULTS,
  ...DATABASE_FAULTS,
  ...STORE_FAULTS,
  ...ROUTING_FAULTS,
  ...REPLAY_FAULTS,
  ...ENDING_FAULTS,
];
const GAP_MS = { min: 300, max: 3_000 };
const LOOK_EVERY_MS = 100;

export interface FaultLog {
  /** How often each kind happened. */
  readonly counts: Map<string, number>;
  /** Faults that could not be done, mostly because of another one. */
  readonly failed: Map<string, number>;
  /** Faults that happen now. */
  readonly active: Set<string>;
}

export interface FaultsOptions {
  readonly stage: Stage;
  readonly random: SeededRandom;
  readonly durationMs: number;
  readonly log: FaultLog;
  readonly tell: (line: string) => void;
}

/** One fault after the other, several at once, every kind once before any comes again; resolves when all are undone. */
export async function makeFaults({ stage, random, durationMs, log, tell }: FaultsOptions): Promise<void> {
  const over = AbortSignal.timeout(durationMs);
  const running = new Map<string, Promise<void>>();
  let deck: FaultKind[] = [];
  while (!over.aborted) {
    const kind = deck.pop();
    if (kind === undefined) {
      deck = random.shuffle(KINDS);
      continue;
    }
    const fault = kind.plan(stage, random);
    if (running.has(fault.target)) {
      deck.unshift(kind);
      await last(LOOK_EVERY_MS, over);
      continue;
    }
    tell(`${kind.name}: ${fault.detail}`);
    const what = `${kind.name} (${fault.target})`;
    const work = fault.run(over).then(
      () => add(log.counts, kind.name),
      (error: unknown) => {
        add(log.failed, kind.name);
        tell(`${kind.name} could not be done: ${error instanceof Error ? error.message : String(error)}`);
      },
    );
    log.active.add(what);
    running.set(
      fault.target,
      work.finally(() => {
        log.active.delete(what);
        running.delete(fault.target);
      }),
    );
    await last(random.int(GAP_MS.min, GAP_MS.max), over);
  }
  await Promise.all(running.values());
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
