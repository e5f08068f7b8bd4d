import { CircleCheck, Clock, Hourglass } from 'lucide-react';
import { ExactTime } from '@/components/time/exact-time';
import { RelativeTime } from '@/components/time/relative-time';
import { Badge } from '@/components/ui/badge';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import type { ProcessView } from '@/lib/domain/system/process';
import { Unknown } from './unknown';

interface ProcessTableProps {
  readonly processes: readonly ProcessView[] | null;
  readonly now: Date;
}

/** What runs, as each process says of itself every few seconds. */
export function ProcessTable({ processes, now }: ProcessTableProps) {
  if (processes === null) return <Unknown />;
  return (
    <Table label="Processes">
      <thead>
        <tr>
          <HeadCell>State</HeadCell>
          <HeadCell>Process</HeadCell>
          <HeadCell>Last seen</HeadCell>
          <HeadCell className="hidden sm:table-cell">Running since</HeadCell>
          <HeadCell className="hidden md:table-cell">Version</HeadCell>
          <HeadCell className="hidden lg:table-cell">Host · process number</HeadCell>
          <HeadCell className="hidden lg:table-cell">About it</HeadCell>
        </tr>
      </thead>
      <tbody>
        {processes.map((process) => (
          <Row key={process.id} className={process.state === 'stale' ? 'text-muted' : undefined}>
            <Cell>
              <State state={process.state} />
            </Cell>
            <Cell className="whitespace-nowrap font-mono text-xs">{process.id}</Cell>
            <Cell>
              <RelativeTime at={new Date(process.seenAt)} now={now} />
            </Cell>
            <Cell className="hidden sm:table-cell">
              <ExactTime at={new Date(process.startedAt)} now={now} />
            </Cell>
            <Cell className="hidden font-mono text-xs md:table-cell">{process.version}</Cell>
            <Cell className="hidden font-mono text-xs lg:table-cell">
              {process.detail === null ? 'unknown' : `${process.detail.host} · ${process.detail.pid}`}
            </Cell>
            <Cell className="hidden w-full text-muted lg:table-cell">{aboutOf(process)}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function State({ state }: { readonly state: ProcessView['state'] }) {
  if (state === 'ready') {
    return (
      <Badge tone="good">
        <CircleCheck aria-hidden />
        Ready
      </Badge>
    );
  }
  if (state === 'not_ready') {
    return (
      <Badge tone="warn">
        <Hourglass aria-hidden />
        Not ready
      </Badge>
    );
  }
  return (
    <Badge tone="warn">
      <Clock aria-hidden />
      Stale
    </Badge>
  );
}

function aboutOf({ detail, state }: ProcessView): string {
  if (detail === null) return 'it speaks another version';
  if (state === 'stale') return 'ended without saying goodbye, or cannot reach the database';
  if (detail.notReady.length > 0) return `waits for ${detail.notReady.join(', ')}`;
  return detail.slots === undefined ? '' : `${detail.slots} lanes at once`;
}
