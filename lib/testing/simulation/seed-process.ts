import { runSeed } from './run-seed';
import { addSeed, NO_SEEDS, type SeedSummary } from './seed-summary';

/** A run of seeds for one process: [from, from + count). */
export interface SeedBatch {
  readonly from: number;
  readonly count: number;
}

export type BatchReply = { readonly summary: SeedSummary } | { readonly error: string };

async function runBatch({ from, count }: SeedBatch): Promise<BatchReply> {
  let summary = NO_SEEDS;
  try {
    for (let seed = from; seed < from + count; seed += 1) summary = addSeed(summary, await runSeed({ seed }));
    return { summary };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.stack : undefined;
    return { error: `${String(error)}: ${cause}` };
  }
}

process.on('message', (batch: SeedBatch) => {
  void runBatch(batch).then((reply) => process.send?.(reply));
});
