import type { ReactNode } from 'react';
import { RelativeTime } from '@/components/time/relative-time';
import { Button } from '@/components/ui/button';
import type { CheckRowView } from '@/lib/domain/access-check/view';

interface RowDetailsProps {
  readonly row: CheckRowView;
  readonly now: Date;
  /** Null where the row itself offers it. */
  readonly onRetest: (() => void) | null;
}

/** What was asked and what came back, for whoever has to talk to AWS about it. */
export function RowDetails({ row, now, onRetest }: RowDetailsProps) {
  const { title, tried, answer, requestId, triedAt, tries } = row;
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer text-muted pointer-coarse:py-2">
        Details<span className="sr-only"> of: {title}</span>
      </summary>
      <dl className="mt-1 grid gap-x-4 gap-y-1 rounded-control border border-border bg-raised p-3 sm:grid-cols-[max-content_minmax(0,1fr)]">
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
