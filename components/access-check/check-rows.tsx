import { Circle } from 'lucide-react';
import type { CheckStep } from '@/lib/domain/access-check/step';
import type { AccessCheckView, CheckRowView } from '@/lib/domain/access-check/view';
import { CheckRow } from './check-row';

interface CheckRowsProps {
  readonly check: AccessCheckView;
  readonly now: Date;
  /** Null where nothing is left to try. */
  readonly onRetest: ((step: CheckStep) => void) | null;
  readonly onCopied: () => void;
  /** Vendor people are not told the customer's moves as theirs. */
  readonly isCustomer?: boolean;
}

/** Every row of a check: what was tried, what came of it, and what to paste where it did not pass. */
export function CheckRows({ check, now, onRetest, onCopied, isCustomer = true }: CheckRowsProps) {
  const { bucket, prefix } = check.place;
  // Rows are tried one after the other.
  const trying = check.rows.find((row) => row.isTrying);
  return (
    <ul className="divide-y divide-border">
      {inGroups(check.rows).map(([first, ...others], index, groups) =>
        first.state === 'skipped' ? (
          <Skipped
            key={first.step}
            rows={[first, ...others]}
            isNextTo={groups[index - 1]?.[0].state === 'failed'}
          />
        ) : (
          <CheckRow
            key={first.step}
            row={first}
            now={now}
            address={`s3://${bucket}/${prefix}`}
            isWaitingForFix={check.retries !== null}
            isTrying={first === trying}
            isCustomer={isCustomer}
            onRetest={onRetest === null ? null : () => onRetest(first.step)}
            onCopied={onCopied}
          />
        ),
      )}
    </ul>
  );
}

type Group = readonly [CheckRowView, ...CheckRowView[]];

/** Rows that wait for one above them are one line together. */
function inGroups(rows: readonly CheckRowView[]): Group[] {
  const groups: [CheckRowView, ...CheckRowView[]][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (row.state === 'skipped' && last?.[0].state === 'skipped') last.push(row);
    else groups.push([row]);
  }
  return groups;
}

interface SkippedProps {
  readonly rows: Group;
  /** The row they wait for is the one above. */
  readonly isNextTo: boolean;
}

function Skipped({ rows, isNextTo }: SkippedProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 text-muted text-sm">
      {rows.map(({ step, title }) => (
        <span key={step} className="inline-flex items-center gap-1.5">
          <Circle aria-hidden className="size-3 shrink-0" />
          {title}
        </span>
      ))}
      <span>{isNextTo ? '(run after the one above)' : '(waits for a row above)'}</span>
    </li>
  );
}
