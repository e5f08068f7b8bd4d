import { Circle, CircleCheck, CircleX, LoaderCircle, TriangleAlert } from 'lucide-react';
import { Mono } from '@/components/routings/connection/facts';
import { Button } from '@/components/ui/button';
import { CopyBlock } from '@/components/ui/copy-block';
import type { CheckStep } from '@/lib/domain/access-check/step';
import type { AccessCheckView, CheckRowState, CheckRowView } from '@/lib/domain/access-check/view';

interface CheckRowsProps {
  readonly check: AccessCheckView;
  /** Null where nothing is left to try. */
  readonly onRetest: ((step: CheckStep) => void) | null;
  readonly onCopied: () => void;
  /** Vendor people are not told the customer's moves as theirs. */
  readonly isCustomer?: boolean;
}

const ICON = {
  waiting: { Icon: Circle, tone: 'text-muted', word: 'waiting' },
  passed: { Icon: CircleCheck, tone: 'text-good', word: 'passed' },
  failed: { Icon: CircleX, tone: 'text-bad', word: 'failed' },
  warning: { Icon: TriangleAlert, tone: 'text-warn', word: 'works, with a remark' },
  skipped: { Icon: Circle, tone: 'text-muted', word: 'runs after the one above' },
} as const satisfies Record<CheckRowState, object>;

const MOVE = { customer: 'Your move.', us: 'Our move.', aws: 'AWS’s move.' } as const;

function moveOf(owner: keyof typeof MOVE, isCustomer: boolean): string {
  return owner === 'customer' && !isCustomer ? 'The customer’s move.' : MOVE[owner];
}

/** Every row of a check: what was tried, what came of it, and what to paste where it did not pass. */
export function CheckRows({ check, onRetest, onCopied, isCustomer = true }: CheckRowsProps) {
  return (
    <ul className="divide-y divide-border">
      {check.rows.map((row) => (
        <Row
          key={row.step}
          row={row}
          isCustomer={isCustomer}
          onRetest={onRetest === null ? null : () => onRetest(row.step)}
          onCopied={onCopied}
        />
      ))}
    </ul>
  );
}

interface RowProps {
  readonly row: CheckRowView;
  readonly isCustomer: boolean;
  readonly onRetest: (() => void) | null;
  readonly onCopied: () => void;
}

function Row({ row, isCustomer, onRetest, onCopied }: RowProps) {
  const isBusy = row.isTrying && row.state !== 'skipped';
  const { Icon, tone, word } = isBusy
    ? { ...ICON.waiting, Icon: LoaderCircle, word: 'trying' }
    : ICON[row.state];
  return (
    <li className="flex items-start gap-3 py-2">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <div className="grid min-w-0 flex-1 gap-1">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span>
            {row.title}
            <span className="sr-only">: {word}</span>
            {row.isRequired ? null : <span className="text-muted text-sm"> (optional)</span>}
          </span>
          {row.elapsedMs === null ? null : (
            <span className="text-muted text-sm tabular-nums">{row.elapsedMs} ms</span>
          )}
        </p>
        {row.found === null ? null : <p className="text-muted text-sm">{row.found}</p>}
        {row.sentence === null ? null : (
          <p>
            {row.sentence}
            {row.whoseMove === null ? null : (
              <strong className="font-medium"> {moveOf(row.whoseMove, isCustomer)}</strong>
            )}
          </p>
        )}
        {row.answer === null ? null : (
          <p className="text-muted text-sm">
            AWS: <Mono>{`${row.answer.code} ${row.answer.message}`.trim()}</Mono>
            {row.requestId === null ? null : (
              <>
                {' '}
                · request <Mono>{row.requestId}</Mono>
              </>
            )}
          </p>
        )}
        {row.fix === null ? null : (
          <div className="mt-1 grid gap-2">
            <p className="font-medium text-sm">{row.fix.title}</p>
            <CopyBlock what="fix" text={row.fix.text} onCopied={onCopied} />
          </div>
        )}
        {onRetest !== null && (row.state === 'failed' || row.state === 'warning') ? (
          <Button size="sm" className="w-fit" onClick={onRetest} aria-label={`Try now: ${row.title}`}>
            Try now
          </Button>
        ) : null}
      </div>
    </li>
  );
}
