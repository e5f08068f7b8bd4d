import type { Mover } from '@/lib/domain/routing/label';

const TEXT: Readonly<Record<Mover, string>> = {
  us: 'our move',
  customer: 'customer’s move',
  aws: 'AWS’s move',
  nobody: 'nobody needs to act',
  whoever_paused: 'waits for whoever paused it',
};

/** Whose move it is, said to the reader: a customer's own move is "your move". */
export function moverText(mover: Mover, isCustomer: boolean): string {
  return mover === 'customer' && isCustomer ? 'your move' : TEXT[mover];
}
