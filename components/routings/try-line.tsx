import { ClockTime } from '@/components/time/clock-time';
import { cn } from '@/components/ui/cn';
import type { TryView } from '@/lib/domain/routing/view';
import { s3Answer } from './s3-answer';

interface TryLineProps {
  readonly tried: TryView;
  readonly className?: string;
}

/** One try to deliver as an item of a list: when it ended, what came of it and AWS's request id. */
export function TryLine({ tried, className }: TryLineProps) {
  const { at, requestId } = tried;
  return (
    <li className={cn('flex flex-wrap gap-x-3 tabular-nums', className)}>
      <ClockTime at={new Date(at)} />
      {tried.kind === 'probe' ? <span className="text-muted">probe</span> : null}
      <span>{outcomeOf(tried)}</span>
      {requestId === null ? null : (
        <span className="min-w-0 break-all font-mono text-muted text-xs leading-5">req {requestId}</span>
      )}
    </li>
  );
}

function outcomeOf(tried: TryView): string {
  if (tried.outcome === 'done') return `${tried.httpStatus ?? 200} OK`;
  const answer = s3Answer(tried);
  return answer === '' ? 'no answer' : answer;
}
