import { causeDisplay } from './cause-table';

/** A sentence for a health cause: what stands behind it, and what to do. */
export function causeSentence(cause: string): string {
  return causeDisplay(cause).sentence;
}
