import { Circle, CircleCheck, CircleX, LoaderCircle, TriangleAlert } from 'lucide-react';
import { RelativeTime } from '@/components/time/relative-time';
import { Button } from '@/components/ui/button';
import type { CheckOwner, CheckRowState, CheckRowView } from '@/lib/domain/access-check/view';
import { FixCard } from './fix-card';
import { RowDetails } from './row-details';
import { RowHeadline } from './row-headline';

interface CheckRowProps {
  readonly row: CheckRowView;
  readonly now: Date;
  /** Of the place, for a mail about it. */
  readonly address: string;
  readonly isWaitingForFix: boolean;
  /** Its answer is the one that is awaited now. */
  readonly isTrying: boolean;
  readonly isCustomer: boolean;
  readonly onRetest: (() => void) | null;
  readonly onCopied: () => void;
}

const LOOK = {
  waiting: { Icon: Circle, tone: 'text-muted', word: 'waiting' },
  trying: { Icon: LoaderCircle, tone: 'text-muted', word: 'trying' },
  passed: { Icon: CircleCheck, tone: 'text-good', word: 'passed' },
  failed: { Icon: CircleX, tone: 'text-bad', word: 'failed' },
  warning: { Icon: TriangleAlert, tone: 'text-warn', word: 'works, with a remark' },
  skipped: { Icon: Circle, tone: 'text-muted', word: 'runs after the one above' },
} as const satisfies Record<CheckRowState | 'trying', object>;

const MOVE = { customer: 'Your move.', us: 'Our move.', aws: 'AWS’s move.' } as const;
/** Of a remark, which stands in nobody's way. */
const CHOICE = { customer: 'Yours to change.', us: 'Ours to change.', aws: 'AWS’s to change.' } as const;

/** One row: its outcome at a glance, what it means, whose move it is and what to paste; the call itself on demand. */
export function CheckRow({ row, now, address, isWaitingForFix, isTrying, isCustomer, ...on }: CheckRowProps) {
  const { state, step, sentence, whoseMove, fix } = row;
  const { Icon, tone, word } = LOOK[isTrying ? 'trying' : state];
  const isOpen = state === 'failed' || state === 'warning';
  const headline = <RowHeadline row={row} word={word} />;
  return (
    <li data-testid={`check-${step}`} className="flex items-start gap-3 py-2">
      <Icon
        aria-hidden
        className={`mt-0.5 size-4 shrink-0 ${tone} ${isTrying ? 'motion-safe:animate-spin' : ''}`}
      />
      <div className="grid min-w-0 flex-1 grid-cols-1 gap-1">
        {row.triedAt === null ? (
          headline
        ) : (
          <RowDetails row={row} now={now} headline={headline} onRetest={isOpen ? null : on.onRetest} />
        )}
        {sentence === null ? null : (
          <p className="break-words">
            {sentence}
            {whoseMove === null ? null : (
              <strong className="font-medium"> {moveOf(whoseMove, { state, isCustomer })}</strong>
            )}
          </p>
        )}
        {fix === null ? null : (
          <FixCard
            row={row}
            fix={fix}
            address={address}
            onCopied={on.onCopied}
            isShown={state === 'failed'}
          />
        )}
        {isOpen && on.onRetest !== null ? (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-sm">
            {state === 'failed' && isWaitingForFix ? <Waiting row={row} now={now} /> : null}
            <Button size="sm" onClick={on.onRetest} aria-label={`Try now: ${row.title}`}>
              Try now
            </Button>
          </p>
        ) : null}
      </div>
    </li>
  );
}

function moveOf(
  owner: CheckOwner,
  { state, isCustomer }: { readonly state: CheckRowState; readonly isCustomer: boolean },
): string {
  const words = state === 'warning' ? CHOICE : MOVE;
  if (owner !== 'customer' || isCustomer) return words[owner];
  return state === 'warning' ? 'The customer’s to change.' : 'The customer’s move.';
}

function Waiting({ row: { triedAt, whoseMove }, now }: { readonly row: CheckRowView; readonly now: Date }) {
  if (triedAt === null) return null;
  const age = <RelativeTime at={new Date(triedAt)} now={now} />;
  if (whoseMove !== 'customer') return <span>Tried {age}.</span>;
  return <span>Waiting for the change: tried {age}, still refused. AWS needs up to a minute.</span>;
}
