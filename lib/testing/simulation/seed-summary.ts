import type { SeedResult } from './run-seed';

/** What many seeds came to. */
export interface SeedSummary {
  readonly seeds: number;
  readonly steps: number;
  readonly virtualMs: number;
  readonly failed: readonly Pick<SeedResult, 'seed' | 'violation'>[];
  /** How often each kind of thing happened, over all seeds. */
  readonly coverage: Readonly<Record<string, number>>;
}

export const NO_SEEDS: SeedSummary = { seeds: 0, steps: 0, virtualMs: 0, failed: [], coverage: {} };

export function addSeed(summary: SeedSummary, result: SeedResult): SeedSummary {
  const failed = result.violation === null ? [] : [{ seed: result.seed, violation: result.violation }];
  return addSummaries(summary, { ...result, seeds: 1, failed });
}

export function addSummaries(one: SeedSummary, other: SeedSummary): SeedSummary {
  const coverage: Record<string, number> = { ...one.coverage };
  for (const [kind, times] of Object.entries(other.coverage)) coverage[kind] = (coverage[kind] ?? 0) + times;
  return {
    seeds: one.seeds + other.seeds,
    steps: one.steps + other.steps,
    virtualMs: one.virtualMs + other.virtualMs,
    failed: [...one.failed, ...other.failed].sort((a, b) => a.seed - b.seed),
    coverage: Object.fromEntries(Object.entries(coverage).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
