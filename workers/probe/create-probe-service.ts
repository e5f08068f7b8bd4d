import type { Sql } from '@/lib/platform/sql';
import { takeTurn } from '@/lib/services/delivery/take-turn';
import { createPeriodic } from '@/workers/runtime/periodic';
import type { Service } from '@/workers/runtime/service';
import { type ProbeDeps, probeRound } from './probe-access';

/** At most five probes a round, hence one PUT a second, whatever the number of quiet routings. */
const PERIOD_MS = 5_000;
const PROBES_PER_ROUND = 5;
const TIMER_JITTER_MS = 100;

/** Proves the access of quiet routings; one worker at a time has the turn. */
export function createProbeService(deps: ProbeDeps & { readonly sql: Sql }): Service {
  return createPeriodic({
    name: 'probe-access',
    periodMs: PERIOD_MS,
    logger: deps.logger,
    run: async (signal) => {
      if (!(await takeTurn(deps.sql, 'probe-access', PERIOD_MS - TIMER_JITTER_MS)) || signal.aborted) return;
      await probeRound(deps, PROBES_PER_ROUND, signal);
    },
  });
}
