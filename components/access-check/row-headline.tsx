import type { CheckRowView } from '@/lib/domain/access-check/view';
import { formatCount } from '@/lib/domain/format/count';

interface RowHeadlineProps {
  readonly row: CheckRowView;
  /** Its outcome, for those who do not see the icon. */
  readonly word: string;
}

/** What the row looks at, what was found or answered, and how long that took. */
export function RowHeadline({ row, word }: RowHeadlineProps) {
  const { title, isRequired, found, answer, requestId, elapsedMs, tried } = row;
  return (
    <span className="flex min-w-0 flex-1 items-baseline gap-3">
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3">
        <span>
          {title}
          <span className="sr-only">: {word}</span>
          {isRequired ? null : <span className="text-muted text-sm"> (optional)</span>}
        </span>
        {found === null ? null : <span className="min-w-0 break-words text-muted text-sm">{found}</span>}
        {answer === null ? null : (
          <span className="text-muted text-sm">
            {answer.httpStatus === null ? `no answer (${answer.code})` : `AWS: ${answer.code}`}
            {requestId === null ? null : <span title={requestId}> · req {shortened(requestId)}</span>}
          </span>
        )}
      </span>
      {elapsedMs === null || tried === null ? null : (
        <span className="shrink-0 whitespace-nowrap text-muted text-sm tabular-nums">
          {formatCount(elapsedMs)} ms
        </span>
      )}
    </span>
  );
}

/** Enough to tell two answers apart; the whole of it is in the details. */
function shortened(requestId: string): string {
  return requestId.length <= 8 ? requestId : `${requestId.slice(0, 3)}…${requestId.slice(-3)}`;
}
