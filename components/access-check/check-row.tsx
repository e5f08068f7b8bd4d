import { Circle, CircleCheck, CircleX, LoaderCircle, TriangleAlert } from 'lucide-react';
import { RelativeTime } from '@/components/time/relative-time';
import { Button } from '@/components/ui/button';
import type { CheckRowState, CheckRowView } from '@/lib/domain/access-check/view';
import { FixCard } from './fix-card';
import { RowDetails } from './row-details';

interface CheckRowProps {
  readonly row: CheckRowView;
  readonly now: Date;
  /** Of the place, for a mail about it. */
  readonly address: string;
  readonly isWaitingForFix: boolean;
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

function moveOf(owner: keyof typeof MOVE, isCustomer: boolean): string {
  return owner === 'customer' && !isCustomer ? 'The customer’s move.' : MOVE[owner];
}

/** One row: its outcome at a glance, what it means, whose move it is and what to paste; the call itself on demand. */
export function CheckRow({ row, now, address, isWaitingForFix, isCustomer, ...on }: CheckRowProps) {
  const { state, step, sentence, whoseMove, fix } = row;
  const isTrying = row.isTrying && state !== 'skipped';
  const { Icon, tone, word } = LOOK[isTrying ? 'trying' : state];
  const isOpen = state === 'failed' || state === 'warning';
  return (
    <li data-testid={`check-${step}`} className="flex items-start gap-3 py-2">
      <Icon
        aria-hidden
        className={`mt-0.5 size-4 shrink-0 ${tone} ${isTrying ? 'motion-safe:animate-spin' : ''}`}
      />
      <div className="grid min-w-0 flex-1 gap-1">
        <Headline row={row} word={word} />
        {sentence === null ? null : (
          <p>
            {sentence}
            {whoseMove === null ? null : (
              <strong className="font-medium"> {moveOf(whoseMove, isCustomer)}</strong>
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
        {row.triedAt === null ? null : (
          <RowDetails row={row} now={now} onRetest={isOpen ? null : on.onRetest} />
        )}
      </div>
    </li>
  );
}

function Headline({ row, word }: { readonly row: CheckRowView; readonly word: string }) {
  const { title, isRequired, found, answer, requestId, elapsedMs } = row;
  return (
    <div className="flex flex-wrap items-baseline gap-x-3">
      <span>
        {title}
        <span className="sr-only">: {word}</span>
        {isRequired ? null : <span className="text-muted text-sm"> (optional)</span>}
      </span>
      {found === null ? null : <span className="min-w-0 break-words text-muted text-sm">{found}</span>}
      {answer === null ? null : (
        <span className="text-muted text-sm">
          AWS: {answer.code}
          {requestId === null ? null : <span title={requestId}> · req {shortened(requestId)}</span>}
        </span>
      )}
      {elapsedMs === null ? null : (
        <span className="ml-auto whitespace-nowrap text-muted text-sm tabular-nums">{elapsedMs} ms</span>
      )}
    </div>
  );
}

function Waiting({ row: { triedAt }, now }: { readonly row: CheckRowView; readonly now: Date }) {
  return (
    <span>
      Waiting for the change
      {triedAt === null ? null : (
        <>
          : tried <RelativeTime at={new Date(triedAt)} now={now} />, still refused
        </>
      )}
      . AWS needs up to a minute.
    </span>
  );
}

/** Enough to tell two answers apart; the whole of it is in the details. */
function shortened(requestId: string): string {
  return requestId.length <= 8 ? requestId : `${requestId.slice(0, 3)}…${requestId.slice(-3)}`;
}
