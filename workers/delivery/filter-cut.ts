import { type FilteredFile, filterPlan } from '@/lib/domain/delivery/filter-plan';
import type { CutPlan, PlannedFile } from '@/lib/domain/delivery/plan-cut';
import { ChunkCorruptError } from '@/lib/platform/event-log/event-log';
import type { ClaimedLane } from '@/lib/services/delivery/delivery-ledger';
import type { BudgetShare, ByteBudget } from '@/workers/runtime/byte-budget';
import { type LineDeps, readingBytes, runsOf, scanOwnChunks } from './chunks-of-file';
import { findCorrupt } from './find-corrupt';
import { measureLines } from './measure-lines';

type Filter = Pick<ClaimedLane, 'streamId' | 'eventNames'>;

/**
 * The planned cut with only the lines that the lane's filter lets through: their rows, length and CRC are known before
 * the seal, as of every file. Corrupt chunks are set aside in it. Throws `ChunkMissingError` for a hole.
 */
export async function filterCut(
  deps: LineDeps & { readonly budget: ByteBudget },
  { lane, share }: { lane: ClaimedLane; share: BudgetShare },
  plan: CutPlan,
): Promise<CutPlan> {
  const release = await deps.budget.acquire(readingBytes(plan), share);
  try {
    const filtered: FilteredFile[] = [];
    for (const file of plan.files) filtered.push(await filterFile(deps, lane, file));
    return filterPlan(plan, filtered);
  } finally {
    release();
  }
}

async function filterFile(
  deps: LineDeps,
  { streamId, eventNames }: Filter,
  { hourMs, lo, hi }: PlannedFile,
): Promise<FilteredFile> {
  const chunks = await scanOwnChunks(deps.log, { streamId, hourMs, lo, hi, leftOut: [] });
  try {
    return { kept: await measureLines(deps, { streamId, eventNames, runs: runsOf(chunks) }), corrupt: [] };
  } catch (err) {
    if (!(err instanceof ChunkCorruptError)) throw err;
    const corrupt = await findCorrupt(deps, chunks, eventNames);
    const runs = runsOf(chunks.filter((chunk) => !corrupt.includes(chunk)));
    return { kept: await measureLines(deps, { streamId, eventNames, runs }), corrupt };
  }
}
