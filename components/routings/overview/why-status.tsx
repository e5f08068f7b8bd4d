import { CircleQuestionMark } from 'lucide-react';
import { Popover } from '@/components/ui/popover';
import type { StatusFact } from '@/lib/domain/routing/explain-status';

/** Opens what the status rests on, question by question. */
export function WhyStatus({ facts }: { readonly facts: readonly StatusFact[] }) {
  return (
    <Popover
      label="Why this status"
      trigger={
        <button
          type="button"
          className="inline-flex h-6 items-center gap-1 rounded-badge text-accent text-sm hover:underline pointer-coarse:h-9"
        >
          <CircleQuestionMark aria-hidden className="size-4" />
          Why this status?
        </button>
      }
    >
      <dl className="grid gap-3">
        {facts.map(({ question, fact }) => (
          <div key={question}>
            <dt className="text-muted text-xs">{question}</dt>
            <dd className="break-words">{fact}</dd>
          </div>
        ))}
      </dl>
    </Popover>
  );
}
