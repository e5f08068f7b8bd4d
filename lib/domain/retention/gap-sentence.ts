import { z } from 'zod';
import { formatCountOf } from '@/lib/domain/format/count';

/** What the audit row of a gap holds; rows of earlier versions know neither why nor whether it may exist. */
const gapDetailSchema = z.object({
  type: z.string(),
  streamId: z.number(),
  firstOffset: z.number(),
  lastOffset: z.number(),
  rows: z.number(),
  cause: z.string().default('retention'),
  mayExist: z.boolean().default(false),
});

const WHY: Readonly<Record<string, string>> = {
  released: 'given up',
  discarded: 'left when their routing ended',
};

/** A gap in words, with its exact offsets. */
export function gapSentence(detail: Readonly<Record<string, unknown>>): string {
  const parsed = gapDetailSchema.safeParse(detail);
  if (!parsed.success) return 'Recorded a gap';
  const { type, streamId, firstOffset, lastOffset, rows, cause, mayExist } = parsed.data;
  const what = `${formatCountOf(rows, 'row')} of ${type} (stream ${streamId}, offsets ${firstOffset} to ${lastOffset})`;
  const why = WHY[cause] ?? 'not delivered within their retention';
  const exists = mayExist ? ' An answer was lost: they may lie in the bucket all the same.' : '';
  return `Gap: ${what} were ${why} and will not be delivered.${exists}`;
}

/** The announcement of a loss that may come, in words. */
export function noticeSentence(detail: Readonly<Record<string, unknown>>): string {
  const { threshold, pendingRows } = detail;
  const rows =
    typeof pendingRows === 'number' ? formatCountOf(pendingRows, 'undelivered event') : 'Undelivered events';
  return `Retention: the oldest of ${rows} reached ${String(threshold)} % of the time for which it is held`;
}
