import { z } from 'zod';
import type { DataType } from '@/lib/domain/data-type';

/** fill: files that are missing are written again at their recorded place · copy: every file is written beside the live
 * ones, under `_replay/{id}/` · look: the bucket is only asked what a fill would do. */
export const replayModeSchema = z.enum(['fill', 'copy', 'look']);
export type ReplayMode = z.infer<typeof replayModeSchema>;

export const replayStateSchema = z.enum(['running', 'done', 'cancelled']);
export type ReplayState = z.infer<typeof replayStateSchema>;

/**
 * What came of one file. pending: nothing yet · present: there already with the same content · missing: not there, of a
 * look · restored: written again · copied: written beside · conflict: another object has the key and stays · failed:
 * it could not be done, and trying again would not help · not_kept: its events passed their retention
 */
export const replayFileStateSchema = z.enum([
  'pending',
  'present',
  'missing',
  'restored',
  'copied',
  'conflict',
  'failed',
  'not_kept',
]);
export type ReplayFileState = z.infer<typeof replayFileStateSchema>;

export type ReplayCounts = Readonly<Record<ReplayFileState, number>>;

/** Of the range, and not the replay's business: what delivery still has to do, and what is in no file. */
export interface LeftAlone {
  readonly pendingFiles: number;
  readonly pendingRows: number;
  readonly setAsideRows: number;
  readonly gapRows: number;
}

/** One replay and how far it is. Instants are RFC 3339 in UTC, counts integers. */
export interface ReplayView {
  readonly id: string;
  readonly routingId: string;
  readonly mode: ReplayMode;
  readonly types: readonly DataType[];
  /** Hours from `from` until before `to`. */
  readonly from: string;
  readonly to: string;
  /** Of a copy: where it goes, with its own folder; null otherwise: every file has its recorded place. */
  readonly place: { readonly bucket: string; readonly prefix: string } | null;
  readonly reason: string | null;
  readonly startedBy: string;
  readonly state: ReplayState;
  /** Whether the routing stands still, and with it the replay. */
  readonly isPaused: boolean;
  /** Why it waits between two tries, and until when; null while it goes on. */
  readonly heldCause: string | null;
  readonly notBefore: string | null;
  readonly files: number;
  readonly rows: number;
  readonly gzipBytes: number;
  /** Files by what came of them. */
  readonly counts: ReplayCounts;
  readonly leftAlone: LeftAlone;
  readonly startedAt: string;
  readonly endedAt: string | null;
}

export interface ReplayFileView {
  readonly fileId: string;
  readonly bucket: string;
  readonly key: string;
  readonly rows: number;
  readonly gzipBytes: number;
  readonly state: ReplayFileState;
  readonly cause: string | null;
  readonly attempts: number;
  /** Of the last answer. */
  readonly httpStatus: number | null;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly message: string | null;
  readonly settledAt: string | null;
}

/** What a replay would do, as far as the ledger knows; the bucket itself is asked by a look. */
export interface ReplayPlan {
  readonly mode: Exclude<ReplayMode, 'look'>;
  readonly types: readonly DataType[];
  readonly from: string;
  readonly to: string;
  /** Of a copy: the bucket and where in it the folder of the replay comes to lie. */
  readonly place: { readonly bucket: string; readonly prefix: string } | null;
  /** Delivered files of the range, with their rows and bytes. */
  readonly files: number;
  readonly rows: number;
  readonly gzipBytes: number;
  /** Those among them whose events passed their retention: if one is missing, nobody can write it again. */
  readonly notKept: { readonly files: number; readonly rows: number };
  /** From which hour on everything can be written again; null when all of the range can. */
  readonly worksFrom: string | null;
  readonly leftAlone: LeftAlone;
}
