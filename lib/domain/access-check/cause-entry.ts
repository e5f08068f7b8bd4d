import type { FixFacts } from './fix-facts';
import type { CheckFix, CheckOwner } from './view';

/** One way in which a check may not pass: whose move it is, what stands behind it, and what to paste where. */
export interface CauseEntry {
  readonly owner: CheckOwner;
  /** What is wrong, and that it matters; said to whoever reads the page. */
  readonly sentence: (facts: FixFacts) => string;
  readonly fix: (facts: FixFacts) => CheckFix;
}

type Text = CauseEntry['sentence'] | string;

function entry(owner: CheckOwner, sentence: Text, fix: CauseEntry['fix']): CauseEntry {
  return { owner, sentence: typeof sentence === 'string' ? () => sentence : sentence, fix };
}

export function customer(sentence: Text, fix: CauseEntry['fix']): CauseEntry {
  return entry('customer', sentence, fix);
}

export function us(sentence: Text, fix: CauseEntry['fix']): CauseEntry {
  return entry('us', sentence, fix);
}

export function aws(sentence: Text, fix: CauseEntry['fix']): CauseEntry {
  return entry('aws', sentence, fix);
}
