import { z } from 'zod';
import type { DataType } from '@/lib/domain/data-type';
import type { FindingDetail, FindingKind } from './finding';

export const reconciliationStateSchema = z.enum(['running', 'done', 'failed']);
export type ReconciliationState = z.infer<typeof reconciliationStateSchema>;

export interface ReconciliationView {
  readonly id: string;
  readonly routingId: string;
  readonly from: string;
  readonly to: string;
  /** Null for the daily one. */
  readonly startedBy: string | null;
  readonly state: ReconciliationState;
  /** Why it waits, or why it failed; null while it goes on. */
  readonly heldCause: string | null;
  readonly notBefore: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** Recorded files that were compared so far. */
  readonly files: number;
  /** Objects seen in the bucket so far. */
  readonly objects: number;
  /** Whether the bucket was listed everywhere: otherwise objects that are not recorded cannot be seen. */
  readonly isListed: boolean;
  /** Share of what there is to look at, in percent. */
  readonly percent: number;
  /** How many of each kind; kinds without any are left out. */
  readonly counts: Readonly<Partial<Record<FindingKind, number>>>;
  /** All of them, also those that were counted only. */
  readonly found: number;
  /** One sentence: whether everything adds up. */
  readonly verdict: string;
}

export interface FindingView {
  readonly id: string;
  readonly kind: FindingKind;
  readonly subject: string;
  readonly bucket: string | null;
  readonly key: string | null;
  readonly fileId: string | null;
  readonly type: DataType;
  readonly hour: string | null;
  readonly rows: number | null;
  readonly detail: FindingDetail;
  /** What it means and what to do. */
  readonly advice: string;
}
