import { s3Answer } from '@/components/routings/s3-answer';
import { ClockTime } from '@/components/time/clock-time';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import { formatDuration } from '@/lib/domain/format/duration';
import type { AttemptView } from '@/lib/domain/routing/view';

const OUTCOME = {
  done: 'written',
  refused: 'refused by S3',
  unknown: 'no answer',
} as const satisfies Record<NonNullable<AttemptView['outcome']>, string>;

/** Tries to write a file, in order, with what S3 answered. */
export function AttemptTable({ attempts }: { readonly attempts: readonly AttemptView[] }) {
  return (
    <Table label="Tries">
      <thead>
        <tr>
          <HeadCell>Try</HeadCell>
          <HeadCell>At</HeadCell>
          <HeadCell>Outcome</HeadCell>
          <HeadCell className="text-right">Took</HeadCell>
          <HeadCell className="hidden sm:table-cell">Worker</HeadCell>
          <HeadCell className="hidden md:table-cell">Request id</HeadCell>
        </tr>
      </thead>
      <tbody>
        {attempts.map((attempt) => (
          <Row key={attempt.number}>
            <Cell>{attempt.number}</Cell>
            <Cell>
              <ClockTime at={new Date(attempt.markedAt)} />
            </Cell>
            <Cell className="w-full max-w-0 break-words">
              <Answer attempt={attempt} />
            </Cell>
            <Cell className="whitespace-nowrap text-right">{took(attempt)}</Cell>
            <Cell className="hidden font-mono text-xs sm:table-cell">{attempt.workerId}</Cell>
            <Cell className="hidden font-mono text-xs md:table-cell">{attempt.requestId ?? '–'}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Answer({ attempt }: { readonly attempt: AttemptView }) {
  const { outcome, message } = attempt;
  const said = s3Answer(attempt);
  return (
    <>
      {outcome === null ? 'awaiting the answer' : OUTCOME[outcome]}
      {said === '' ? null : <span className="text-muted"> · {said}</span>}
      {message === null ? null : (
        <span className="block text-muted">
          AWS: <span className="font-mono text-xs">{message}</span>
        </span>
      )}
    </>
  );
}

function took({ markedAt, endedAt }: AttemptView): string {
  return endedAt === null ? '–' : formatDuration(Date.parse(endedAt) - Date.parse(markedAt));
}
