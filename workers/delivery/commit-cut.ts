import type { ChunkMeta } from '@/lib/domain/chunk/chunk';
import { type CutFigures, cutFigures } from '@/lib/domain/latency/cut-figures';
import { isRefusedValue } from '@/lib/platform/refused-value';
import type { DeliveryDeps } from './delivery-deps';

const SCAN_CHUNKS = 1_000;
const SCAN_DEADLINE_MS = 5_000;

interface DeliveredCut {
  readonly streamId: number;
  readonly cutId: number;
}

/**
 * Commits a cut together with what it says about latency; true for the one winner. A commit never waits long for its
 * figures and never fails by them: what cannot be measured or kept is committed without.
 */
export async function commitCut(deps: DeliveryDeps, cut: DeliveredCut): Promise<boolean> {
  const figures = await measure(deps, cut);
  try {
    return await deps.ledger.commitCut(cut.cutId, figures);
  } catch (err) {
    if (figures === null || !isRefusedValue(err)) throw err;
    deps.logger.error({ err, cutId: cut.cutId }, 'The latency of a cut was refused; it is committed without');
    return deps.ledger.commitCut(cut.cutId, null);
  }
}

async function measure(deps: DeliveryDeps, { streamId, cutId }: DeliveredCut): Promise<CutFigures | null> {
  try {
    const times = await deps.ledger.readCutTimes(cutId);
    if (times === null || times.files.length === 0) return null;
    return cutFigures(await scanCut(deps, streamId, times), times);
  } catch (err) {
    deps.logger.warn({ err, cutId }, 'A cut is committed without its latency');
    return null;
  }
}

async function scanCut(
  { log, clock }: DeliveryDeps,
  streamId: number,
  { lo, hi }: { lo: number; hi: number },
): Promise<ChunkMeta[]> {
  const endsAtMs = clock.monotonicMs() + SCAN_DEADLINE_MS;
  const chunks: ChunkMeta[] = [];
  for (let from = lo; from <= hi; from += SCAN_CHUNKS) {
    if (clock.monotonicMs() > endsAtMs) throw new Error('Reading the chunks of a cut takes too long');
    chunks.push(...(await log.scan(streamId, from, Math.min(SCAN_CHUNKS, hi - from + 1))));
  }
  return chunks;
}
