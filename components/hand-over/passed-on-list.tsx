import { ExactTime } from '@/components/time/exact-time';
import type { PassedOnView } from '@/lib/domain/hand-over/page-view';

interface PassedOnListProps {
  readonly passedOn: readonly PassedOnView[];
  readonly now: Date;
}

/** To whom the reader passed their link on, and whether it was opened. */
export function PassedOnList({ passedOn, now }: PassedOnListProps) {
  if (passedOn.length === 0) return null;
  return (
    <ul className="mt-4 grid gap-1 border-border border-t pt-3 text-sm">
      {passedOn.map((link) => (
        <li key={link.createdAt} className="break-words">
          Passed on to {link.recipient} <ExactTime at={new Date(link.createdAt)} now={now} /> ·{' '}
          <span className="text-muted">{progressOf(link)}</span>
        </li>
      ))}
    </ul>
  );
}

function progressOf({ state, openedAt }: PassedOnView): string {
  switch (state) {
    case 'open':
      return openedAt === null ? 'not opened yet' : 'opened';
    case 'submitted':
      return 'handed over access';
    case 'declined':
      return 'did not expect it';
    case 'revoked':
      return 'revoked';
    case 'expired':
      return 'ended';
  }
}
