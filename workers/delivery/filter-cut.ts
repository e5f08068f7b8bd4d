import { crc32 } from 'node:zlib';
import { filterPlan, type KeptLines } from '@/lib/domain/delivery/filter-plan';
import type { CutPlan } from '@/lib/domain/delivery/plan-cut';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import type { ClaimedLane } from '@/lib/services/delivery/delivery-ledger';
import type { BudgetShare, ByteBudget } from '@/workers/runtime/byte-budget';
import { type FileSource, readingBytes, selectedLinesOf } from './chunks-of-file';

/**
 * The planned cut with only the lines that the lane's filter lets through: their rows, length and CRC are known before
 * the seal, as of every file. Throws as the log's `read` does.
 */
export async function filterCut(
  { log, budget }: { log: EventLog; budget: ByteBudget },
  { lane, share }: { lane: ClaimedLane; share: BudgetShare },
  plan: CutPlan,
): Promise<CutPlan> {
  const { streamId, eventNames } = lane;
  const release = await budget.acquire(readingBytes(plan), share);
  try {
    const kept: (KeptLines | null)[] = [];
    for (const { hourMs, lo, hi } of plan.files) {
      kept.push(await measure(log, { streamId, eventNames, hourMs, lo, hi }));
    }
    return filterPlan(plan, kept);
  } finally {
    release();
  }
}

async function measure(log: EventLog, file: FileSource): Promise<KeptLines | null> {
  // The CRC of each part is that of all lines up to its end.
  const parts: KeptLines[] = [];
  for await (const { lines, ...times } of selectedLinesOf(log, file)) {
    const crcRaw = crc32(lines, parts.at(-1)?.crcRaw ?? 0);
    parts.push({ ...times, rawBytes: lines.length, crcRaw });
  }
  return parts.length === 0 ? null : parts.reduce(join);
}

function join(one: KeptLines, next: KeptLines): KeptLines {
  return {
    rows: one.rows + next.rows,
    rawBytes: one.rawBytes + next.rawBytes,
    crcRaw: next.crcRaw,
    receivedMinMs: Math.min(one.receivedMinMs, next.receivedMinMs),
    receivedMaxMs: Math.max(one.receivedMaxMs, next.receivedMaxMs),
    receivedSumMs: one.receivedSumMs + next.receivedSumMs,
  };
}
