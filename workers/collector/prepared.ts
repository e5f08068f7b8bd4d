import type { UnitLines } from './unit';

/** A part of a request: what is stored together. Most requests have one. */
export interface PreparedPart {
  readonly lines: readonly UnitLines[];
  /** What this part adds to the answer, once its receipt time is known. */
  fragment(time: string): Buffer;
}

/** A request that is understood and not yet stored. */
export interface Prepared {
  readonly status: number;
  readonly receivedAtMs: number;
  readonly parts: readonly PreparedPart[];
  /** The answer's body, of the fragments of all parts. */
  assemble(fragments: readonly Buffer[]): Buffer;
}

export const NO_BYTES: Buffer = Buffer.alloc(0);
