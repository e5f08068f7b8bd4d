import { z } from 'zod';
import type { DataType } from '@/lib/domain/data-type';

/**
 * What a reconciliation can find. In the bucket: missing: recorded as delivered, and not there · altered: there, with
 * other content than was delivered · duplicate: a file of ours under another key · foreign: an object that is not ours ·
 * unclear: S3 does not say whether it is there. In the log: counts_differ: an hour's chunks do not hold what collectors
 * accepted · chunks_missing: offsets that no chunk holds. In the ledger: offsets_uncut: offsets that no cut took ·
 * offsets_twice: offsets in two cuts · rows_differ: a cut whose files do not hold its rows
 */
export const findingKindSchema = z.enum([
  'missing',
  'altered',
  'duplicate',
  'foreign',
  'unclear',
  'counts_differ',
  'chunks_missing',
  'offsets_uncut',
  'offsets_twice',
  'rows_differ',
]);
export type FindingKind = z.infer<typeof findingKindSchema>;
export const FINDING_KINDS = findingKindSchema.options;

/** Figures that tell how far apart the two sides are; which ones depends on the kind. */
export const findingDetailSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
export type FindingDetail = z.infer<typeof findingDetailSchema>;

export interface Finding {
  readonly kind: FindingKind;
  /** What it is about; unique within a kind. The key, or the offsets in words. */
  readonly subject: string;
  readonly bucket: string | null;
  readonly key: string | null;
  /** Our record of the file, or of the file it is a copy of. */
  readonly fileId: string | null;
  readonly type: DataType;
  /** Start of the hour, epoch ms. */
  readonly hourMs: number | null;
  readonly rows: number | null;
  readonly detail: FindingDetail;
}

/** Of each kind so many are kept; more are only counted. */
export const FINDINGS_KEPT = 1_000;
