import type { CutPlan, PlannedFile, SetAside } from './plan-cut';

/** What a filter leaves of one planned file. */
export type KeptLines = Pick<
  PlannedFile,
  'rows' | 'rawBytes' | 'crcRaw' | 'receivedMinMs' | 'receivedMaxMs' | 'receivedSumMs'
>;

/**
 * The same cut with only the kept lines in its files; `kept` is of `plan.files`, in their order, null where nothing is
 * left: such a file does not come to be. The cut still takes whole chunks. Lines of several chunks are compressed
 * again, as one stream.
 */
export function filterPlan(plan: CutPlan, kept: readonly (KeptLines | null)[]): CutPlan {
  const files: PlannedFile[] = [];
  const setAside: SetAside[] = [...plan.setAside];
  for (const [index, file] of plan.files.entries()) {
    const left = kept[index] ?? null;
    if (left !== null) files.push({ ...file, ...left, kind: 'recompressed' });
    const rows = file.rows - (left?.rows ?? 0);
    if (rows > 0 && file.hourMs !== null) setAside.push({ hourMs: file.hourMs, rows });
  }
  return { ...plan, files, setAside };
}
