import type { DataType } from '@/lib/domain/data-type';
import { formatBytes } from '@/lib/domain/format/bytes';
import { formatCount, formatCountOf } from '@/lib/domain/format/count';
import { formatUtcMinute } from '@/lib/domain/format/utc';
import type { ReplayFileState, ReplayMode, ReplayPlan, ReplayView } from '@/lib/domain/replay/view';

export const MODE_WORDS: Readonly<Record<ReplayMode, string>> = {
  fill: 'Fill what is missing',
  copy: 'A copy beside',
  look: 'Dry run',
};

export const FILE_STATE_WORDS: Readonly<Record<ReplayFileState, string>> = {
  pending: 'to do',
  present: 'already there',
  missing: 'missing',
  restored: 'restored',
  copied: 'copied',
  conflict: 'in conflict',
  failed: 'failed',
  not_kept: 'no longer kept',
};

/** “517,204 events”; of several kinds of data, rows. */
export function rowsOf(types: readonly DataType[], rows: number): string {
  return formatCountOf(rows, types.length === 1 && types[0] === 'events' ? 'event' : 'row');
}

/** The hours of a replay: “22 Nov 03:00 UTC to 22 Nov 04:00 UTC”. */
export function rangeOf({ from, to }: Pick<ReplayView, 'from' | 'to'>, now: Date): string {
  return `${formatUtcMinute(new Date(from), now)} to ${formatUtcMinute(new Date(to), now)}`;
}

/** What the ledger says that a replay is about, before the bucket is asked. */
export function planSentence({ files, rows, gzipBytes, types }: ReplayPlan): string {
  return `${formatCountOf(files, 'file')}, ${rowsOf(types, rows)}, ${formatBytes(gzipBytes)}.`;
}

/** What of the range a replay leaves alone, a sentence each. */
export function planNotes(plan: ReplayPlan, now: Date): string[] {
  const { leftAlone, notKept, worksFrom, types } = plan;
  const notes: string[] = [];
  if (leftAlone.pendingRows > 0) {
    notes.push(
      `${rowsOf(types, leftAlone.pendingRows)} still being delivered: delivery brings them by itself.`,
    );
  }
  if (notKept.files > 0 && worksFrom !== null) {
    const from = formatUtcMinute(new Date(worksFrom), now);
    notes.push(
      `${formatCountOf(notKept.files, 'file')} can no longer be written again, as the events passed their retention. From ${from} on it works.`,
    );
  }
  if (leftAlone.setAsideRows > 0) {
    notes.push(
      `${rowsOf(types, leftAlone.setAsideRows)} set aside: they are in no file, and a replay adds none.`,
    );
  }
  if (leftAlone.gapRows > 0) {
    notes.push(
      `${rowsOf(types, leftAlone.gapRows)} lost in a recorded gap: a replay cannot bring them back.`,
    );
  }
  return notes;
}

/** What a look has found so far. */
export function lookSentence({ counts, files }: Pick<ReplayView, 'counts' | 'files'>): string {
  if (counts.pending > 0) {
    return `Looking into the bucket: ${formatCount(files - counts.pending)} of ${formatCountOf(files, 'file')}.`;
  }
  const said = [
    `${formatCount(counts.present)} already there with the same content`,
    `${formatCount(counts.missing)} would be written`,
    `${formatCount(counts.conflict)} ${counts.conflict === 1 ? 'differs' : 'differ'}`,
  ];
  if (counts.not_kept > 0) said.push(`${formatCount(counts.not_kept)} missing and no longer kept`);
  if (counts.failed > 0) said.push(`${formatCount(counts.failed)} could not be looked at`);
  return `${said.join(', ')}.`;
}

/** What came of a replay, or how far it is; states without files are left out. */
export function outcomeSentence({ counts, files }: Pick<ReplayView, 'counts' | 'files'>): string {
  const states: readonly ReplayFileState[] = [
    'restored',
    'copied',
    'present',
    'missing',
    'conflict',
    'failed',
    'not_kept',
    'pending',
  ];
  const said = states
    .filter((state) => counts[state] > 0)
    .map((state) => `${formatCount(counts[state])} ${FILE_STATE_WORDS[state]}`);
  return `${formatCountOf(files, 'file')}${said.length === 0 ? '' : `: ${said.join(', ')}`}.`;
}

export interface ReplayStatus {
  readonly word: string;
  readonly tone: 'neutral' | 'info' | 'good' | 'warn' | 'bad';
}

/** The one word for a replay as it is now. */
export function replayStatus(
  replay: Pick<ReplayView, 'state' | 'isPaused' | 'heldCause' | 'counts'>,
): ReplayStatus {
  const { state, isPaused, heldCause, counts } = replay;
  if (state === 'cancelled') return { word: 'Cancelled', tone: 'neutral' };
  if (state === 'running') {
    if (isPaused) return { word: 'Paused', tone: 'info' };
    return heldCause === null ? { word: 'Running', tone: 'info' } : { word: 'Waiting', tone: 'warn' };
  }
  if (counts.conflict + counts.failed > 0) return { word: 'Done, not everything', tone: 'bad' };
  return counts.not_kept > 0
    ? { word: 'Done, not everything', tone: 'warn' }
    : { word: 'Done', tone: 'good' };
}
