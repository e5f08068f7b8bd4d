import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { RelativeTime } from '@/components/time/relative-time';
import { Button } from '@/components/ui/button';
import type { CheckRowView } from '@/lib/domain/access-check/view';

interface RowDetailsProps {
  readonly row: CheckRowView;
  readonly now: Date;
  readonly headline: ReactNode;
  /** Null where the row itself offers it. */
  readonly onRetest: (() => void) | null;
}

/** A row's headline; opened, what was asked and what came back, for whoever has to talk to AWS about it. */
export function RowDetails({ row, now, headline, onRetest }: RowDetailsProps) {
  const { title, tried, answer, requestId, triedAt, tries } = row;
  return (
    <details className="group min-w-0">
      <summary className="flex cursor-pointer list-none items-baseline gap-2 rounded-control hover:bg-raised [&::-webkit-details-marker]:hidden">
        {headline}
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 mt-1 self-start text-muted group-open:rotate-90"
        />
      </summary>
      <dl className="mt-1 grid grid-cols-1 gap-x-4 gap-y-1 rounded-control border border-border bg-raised p-3 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
        <Detail name="Tried">{tried ?? 'Nothing was asked of the store'}</Detail>
        {answer === null ? null : (
          <Detail name="Answer">
            {[answer.httpStatus, answer.code, answer.message].filter(Boolean).join(' ')}
          </Detail>
        )}
        {requestId === null ? null : <Detail name="AWS request id">{requestId}</Detail>}
        {triedAt === null ? null : (
          <Detail name="Last tried" isText>
            <RelativeTime at={new Date(triedAt)} now={now} />
            {tries > 1 ? `, ${tries} times in all` : ''}
          </Detail>
        )}
      </dl>
      {onRetest === null ? null : (
        <Button size="sm" className="mt-2" onClick={onRetest} aria-label={`Try again: ${title}`}>
          Try again
        </Button>
      )}
    </details>
  );
}

interface DetailProps {
  readonly name: string;
  readonly isText?: boolean;
  readonly children: ReactNode;
}

function Detail({ name, isText = false, children }: DetailProps) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className={isText ? '' : 'break-all font-mono text-xs leading-5'}>{children}</dd>
    </>
  );
}
