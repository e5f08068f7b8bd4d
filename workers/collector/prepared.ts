import type { DataType } from '@/lib/domain/data-type';
import type { LineBuffer } from '@/lib/domain/event/line-buffer';

export interface TypedLines {
  readonly type: DataType;
  readonly lines: LineBuffer;
  /** Where the receipt time stands in every line. */
  readonly timeOffset: number;
}

/** A part of a request: what is stored together. Most requests have one. */
export interface PreparedPart {
  readonly lines: readonly TypedLines[];
  /** What this part adds to the answer, once its receipt time is known. */
  fragment(time: string): Buffer;
}

/** A request that is understood and not yet stored. */
export interface Prepared {
  readonly status: number;
  readonly receivedAtMs: number;
  /** At least one. */
  readonly parts: readonly PreparedPart[];
  /** Events that were refused while their neighbours were taken, by the sentence that says why; null without any. */
  readonly refused: ReadonlyMap<string, number> | null;
  /** The answer's body, of the fragments of all parts. */
  assemble(fragments: readonly Buffer[]): Buffer;
}

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  /** True when this is the first answer to an earlier request with the same key. */
  readonly isReplay: boolean;
}

export const NO_BYTES: Buffer = Buffer.alloc(0);

/** One more event that was refused with this sentence; good events cost no map. */
export function countRefused(refused: Map<string, number> | null, sentence: string): Map<string, number> {
  const counts = refused ?? new Map<string, number>();
  return counts.set(sentence, (counts.get(sentence) ?? 0) + 1);
}
