import type { FindingKind } from './finding';

/** What a finding means and what to do about it. */
export const ADVICE: Readonly<Record<FindingKind, string>> = {
  missing:
    'Recorded as delivered, and no longer in the bucket: somebody or a lifecycle rule removed it. Fill what is missing with a replay of its hour.',
  altered:
    'The object under this key is not what was delivered: somebody wrote over it. Sluice never overwrites. Remove it, then fill what is missing with a replay of its hour.',
  duplicate:
    'This object is a copy of a delivered file: readers of the partition count its events twice. Remove the copy, or move it out of the partition.',
  foreign:
    'Sluice did not write this object. Readers of the partition take it for events. Move it out of the partition if it does not belong there.',
  unclear:
    'Without s3:ListBucket, S3 answers 403 for an object that is not there as for one that may not be read. Grant s3:ListBucket on the prefix to know.',
  counts_differ:
    'The chunks that the log holds of this hour are not what collectors accepted. Sluice’s own storage has to be looked into.',
  chunks_missing:
    'Chunks with these offsets are not in the log, though their retention is not over. What was delivered of them is in the bucket; what was not is lost.',
  offsets_uncut:
    'No cut, gap or jump in the ledger holds these offsets: what lies there was never delivered. The ledger has to be looked into.',
  offsets_twice:
    'Two cuts hold the same offsets: their events are in the bucket twice. The ledger has to be looked into.',
  rows_differ:
    'The files of this cut do not hold as many rows as it took from the log. The ledger has to be looked into.',
};
