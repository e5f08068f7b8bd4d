import { CircleAlert } from 'lucide-react';
import { formatCountOf } from '@/lib/domain/format/count';
import type { ActionRefusal } from './action-result';

/** Why a form was refused, above its button; field errors themselves stand under their fields. */
export function Refusal({ refusal }: { readonly refusal: ActionRefusal | null }) {
  if (refusal === null) return null;
  const count = Object.keys(refusal.fieldErrors).length;
  return (
    <div
      role="alert"
      data-refusal
      tabIndex={-1}
      className="flex items-start gap-2 rounded-control border border-bad-solid bg-bad-bg p-3 text-bad"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <p className="min-w-0 break-words">
        {count === 0
          ? refusal.message
          : `Nothing was saved: ${formatCountOf(count, 'field')} need${count === 1 ? 's' : ''} attention.`}
      </p>
    </div>
  );
}
