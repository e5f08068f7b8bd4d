import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { BatchReply, SeedBatch } from './seed-process';
import { addSummaries, NO_SEEDS, type SeedSummary } from './seed-summary';

export interface SeedRange {
  readonly from: number;
  readonly count: number;
}

const BATCH_SEEDS = 20;
const PROCESSES_MAX = 8;
const SEED_PROCESS = fileURLToPath(new URL('./seed-process.ts', import.meta.url));

/** Runs seeds on all processors. What comes out does not depend on how many there are. */
export async function runSeeds({ from, count }: SeedRange): Promise<SeedSummary> {
  const batches: SeedBatch[] = [];
  for (let at = 0; at < count; at += BATCH_SEEDS)
    batches.push({ from: from + at, count: Math.min(BATCH_SEEDS, count - at) });
  let summary = NO_SEEDS;
  const work = async () => {
    const child = fork(SEED_PROCESS, { execArgv: ['--import', 'tsx'] });
    try {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
        const part = await runBatch(child, batch);
        summary = addSummaries(summary, part);
      }
    } finally {
      child.removeAllListeners();
      child.kill();
    }
  };
  const processes = Math.min(availableParallelism(), PROCESSES_MAX, batches.length);
  await Promise.all(Array.from({ length: processes }, work));
  return summary;
}

function runBatch(child: ChildProcess, batch: SeedBatch): Promise<SeedSummary> {
  return new Promise((resolve, reject) => {
    child.removeAllListeners();
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`A process of seeds ended with ${code}`)));
    child.once('message', (reply: BatchReply) => {
      if ('summary' in reply) resolve(reply.summary);
      else reject(new Error(reply.error));
    });
    child.send(batch);
  });
}
