import type { DelaySplit } from './view';

interface DelayPart {
  readonly name: 'batching' | 'uploading' | 'waiting' | 'retrying';
  readonly ms: number;
}

/** Where the time goes, in the order in which screens and colours name it. */
export function delayParts(split: DelaySplit): readonly DelayPart[] {
  return [
    { name: 'batching', ms: split.batchingMs },
    { name: 'uploading', ms: split.uploadingMs },
    { name: 'waiting', ms: split.waitingMs },
    { name: 'retrying', ms: split.retryingMs },
  ];
}

/** The longest part and how long all of them take together; null when no time was spent at all. */
export function longestPart(
  split: DelaySplit,
): { readonly part: DelayPart; readonly totalMs: number } | null {
  const parts = delayParts(split);
  const totalMs = parts.reduce((sum, { ms }) => sum + ms, 0);
  const [part] = [...parts].sort((a, b) => b.ms - a.ms);
  return part === undefined || totalMs <= 0 ? null : { part, totalMs };
}
