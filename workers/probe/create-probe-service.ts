import type { Sql } from '@/lib/platform/sql';
import { takeTurn } from '@/lib/services/delivery/take-turn';
import { createPeriodic } from '@/workers/runtime/periodic';
import type { Service } from '@/workers/runtime/service';
import { beginProbes, type ProbeDeps } from './probe-access';

/** At most 50 probes a round, hence ten a second: 36,000 quiet routings are each looked at within the hour. */
const PERIOD_MS = 5_000;
const PROBES_PER_ROUND = 50;
/** Those that nobody answers end after 10 s: as many as two rounds begin, and twice as many again. */
const IN_HAND_MAX = 200;
const TIMER_JITTER_MS = 100;

/** Rounds of probes that do not wait for each other: whom nobody answers keeps nobody else from being looked at. */
export class ProbeRounds {
  readonly #inHand = new Set<Promise<void>>();

  constructor(private readonly deps: ProbeDeps) {}

  async begin(signal?: AbortSignal): Promise<void> {
    const limit = Math.min(PROBES_PER_ROUND, IN_HAND_MAX - this.#inHand.size);
    if (limit <= 0) return;
    for (const probe of await beginProbes(this.deps, limit, signal)) {
      const ended = probe
        .catch((err: unknown) => this.deps.logger.error({ err }, 'A probe failed'))
        .then(() => void this.#inHand.delete(ended));
      this.#inHand.add(ended);
    }
  }

  /** Resolves when none is left. */
  async settle(): Promise<void> {
    await Promise.all(this.#inHand);
  }
}

/** Proves the access of quiet routings; one worker at a time has the turn. */
export function createProbeService(deps: ProbeDeps & { readonly sql: Sql }): Service {
  const rounds = new ProbeRounds(deps);
  const periodic = createPeriodic({
    name: 'probe-access',
    periodMs: PERIOD_MS,
    logger: deps.logger,
    run: async (signal) => {
      if (!(await takeTurn(deps.sql, 'probe-access', PERIOD_MS - TIMER_JITTER_MS)) || signal.aborted) return;
      await rounds.begin(signal);
    },
  });
  return {
    ...periodic,
    stop: async (deadlineMs) => {
      await periodic.stop(deadlineMs);
      await rounds.settle();
    },
  };
}
