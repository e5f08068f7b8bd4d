import type { FileDetailView } from '@/lib/domain/routing/view';
import type { HourView } from './view';

/** A file as a receipt lists it: enough to hold it against the object in the bucket. */
type ReceiptFile = Omit<FileDetailView, 'attemptList' | 'routingId'>;

/** What was accepted of one hour, where it is, and the files it lies in. */
export interface HourReceipt {
  readonly routing: { readonly id: string; readonly name: string };
  readonly hour: HourView;
  /** Oldest first; at most `RECEIPT_FILES_MAX`, while `hour.files` counts all of them. */
  readonly files: readonly ReceiptFile[];
}

export const RECEIPT_FILES_MAX = 2_000;
