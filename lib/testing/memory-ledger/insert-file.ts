import { invariant } from '@/lib/domain/errors';
import type { FileRow, MemoryState } from './memory-state';

/** As the table's unique constraints: throws before anything is written. */
export function assertNewFiles(state: MemoryState, files: readonly FileRow[]): void {
  const taken = new Set<string>();
  for (const file of files) {
    const names = namesOf(file);
    invariant(
      names.every((name) => !taken.has(name) && !state.fileNames.has(name)),
      `file ${file.id} or its key ${file.key} exists`,
    );
    for (const name of names) taken.add(name);
  }
}

export function insertFile(state: MemoryState, file: FileRow): void {
  for (const name of namesOf(file)) state.fileNames.add(name);
  state.files.set(file.id, file);
  const files = state.filesOfCut.get(file.cutId);
  if (files === undefined) state.filesOfCut.set(file.cutId, [file]);
  else files.push(file);
}

/** All generations of a cut's files, in the order in which they were made. */
export function filesOf(state: MemoryState, cutId: number): readonly FileRow[] {
  return state.filesOfCut.get(cutId) ?? [];
}

function namesOf({ id, endpoint, bucket, key }: FileRow): string[] {
  return [id, JSON.stringify([endpoint, bucket, key])];
}
