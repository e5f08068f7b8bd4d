import type { AttemptContext } from '@/lib/domain/delivery/decide-attempt';
import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import type { DeliveryDeps } from './delivery-deps';

/** What was tried before, in a row. */
export interface Tried {
  readonly file: Pick<SealedFile, 'denials' | 'firstDenialAgoMs'>;
  readonly failuresBefore: number;
}

/** What deciding about an attempt needs to know of the ones before it. */
export function contextOf(
  deps: Pick<DeliveryDeps, 'random'>,
  { file, failuresBefore }: Tried,
): AttemptContext {
  const { denials: denialsBefore, firstDenialAgoMs } = file;
  return { failuresBefore, denialsBefore, firstDenialAgoMs, random: deps.random() };
}
