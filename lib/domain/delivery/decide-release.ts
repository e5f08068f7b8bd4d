import { isKeyUnder } from './object-key';
import type { OpenFile } from './sealed-file';

/** Where a routing delivers now; `prefix` as it is stored, with its trailing slash. */
export interface Place {
  readonly endpoint: string;
  readonly bucket: string;
  readonly prefix: string;
}

type TriedFile = Pick<
  OpenFile,
  'endpoint' | 'bucket' | 'key' | 'type' | 'hourMs' | 'isConflict' | 'attempts'
>;

/**
 * Whether an open cut leaves the place it was sealed for: `stay` while that is still the routing's,
 * `move` when surely nothing of it was written there, `may_exist` when only a person may say that it moves.
 */
export function decideRelease(openFiles: readonly TriedFile[], place: Place): 'stay' | 'move' | 'may_exist' {
  if (openFiles.every((file) => isAt(file, place))) return 'stay';
  return openFiles.every(isSurelyUnwritten) ? 'move' : 'may_exist';
}

function isAt(file: TriedFile, { endpoint, bucket, prefix }: Place): boolean {
  return file.endpoint === endpoint && file.bucket === bucket && isKeyUnder(file.key, { ...file, prefix });
}

/** S3 said no to every attempt; a 412 counts only once HEAD has found the object to be a stranger's. */
export function isSurelyUnwritten({
  attempts,
  isConflict,
}: Pick<TriedFile, 'attempts' | 'isConflict'>): boolean {
  return attempts.every(
    ({ outcome, httpStatus }) => outcome === 'refused' && (httpStatus !== 412 || isConflict),
  );
}
