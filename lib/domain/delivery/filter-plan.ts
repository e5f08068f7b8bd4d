import type { ChunkMeta } from '@/lib/domain/chunk/chunk';
import { byHour, type CutPlan, type PlannedFile, type SetAside } from './plan-cut';

/** What a filter leaves of one planned file. */
export type KeptLines = Pick<
  PlannedFile,
  'rows' | 'rawBytes' | 'crcRaw' | 'receivedMinMs' | 'receivedMaxMs' | 'receivedSumMs'
>;

/** What could be made of one planned file: the kept lines, null when there are none, and chunks that cannot be read. */
export interface FilteredFile {
  readonly kept: KeptLines | null;
  /** Chunks of the file whose stored bytes are not what was collected. */
  readonly corrupt: readonly ChunkMeta[];
}

/**
 * The same cut with only the kept lines in its files; `filtered` is of `plan.files`, in their order. A file of which
 * nothing is left does not come to be. The cut still takes whole chunks. Lines of several chunks are compressed again,
 * as one stream.
 */
export function filterPlan(plan: CutPlan, filtered: readonly FilteredFile[]): CutPlan {
  const files: PlannedFile[] = [];
  const setAside: SetAside[] = [...plan.setAside];
  for (const [index, file] of plan.files.entries()) {
    const { kept, corrupt } = filtered[index] ?? { kept: null, corrupt: [] };
    if (kept !== null) files.push({ ...file, ...kept, kind: 'recompressed' });
    const corruptRows = corruptByHour(corrupt);
    setAside.push(...corruptRows);
    const lost = corruptRows.reduce((total, { rows }) => total + rows, 0);
    const rows = file.rows - (kept?.rows ?? 0) - lost;
    if (rows > 0 && file.hourMs !== null) {
      setAside.push({ hourMs: file.hourMs, rows, reason: 'filtered', offsets: [] });
    }
  }
  return { ...plan, files, setAside };
}

/** What setting these chunks aside leaves out, by their hours. */
export function corruptByHour(chunks: readonly ChunkMeta[]): SetAside[] {
  return [...byHour(chunks)].map(([hourMs, own]) => ({
    hourMs,
    rows: own.reduce((total, { rows }) => total + rows, 0),
    reason: 'corrupt',
    offsets: own.map(({ offset }) => offset),
  }));
}
