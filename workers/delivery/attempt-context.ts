import type { AttemptContext } from '@/lib/domain/delivery/decide-attempt';
import type { DeliveryDeps } from './delivery-deps';
import type { FileInHand } from './in-hand';

/** What deciding about an attempt needs to know of the ones before it. */
export function contextOf(
  deps: Pick<DeliveryDeps, 'random'>,
  { file, failuresBefore }: Pick<FileInHand, 'file' | 'failuresBefore'>,
): AttemptContext {
  const { denials: denialsBefore, firstDenialAgoMs } = file;
  return { failuresBefore, denialsBefore, firstDenialAgoMs, random: deps.random() };
}
