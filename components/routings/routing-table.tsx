import Link from 'next/link';
import { RelativeTime } from '@/components/time/relative-time';
import { cn } from '@/components/ui/cn';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import { formatCountOf } from '@/lib/domain/format/count';
import { formatDuration } from '@/lib/domain/format/duration';
import type { RoutingView } from '@/lib/domain/routing/view';
import { s3Address } from './place';
import { StatusBadge } from './status-badge';

interface RoutingTableProps {
  readonly routings: readonly RoutingView[];
  readonly now: Date;
}

/** A cell that is half of a line on a phone and a cell of a row elsewhere. */
const LINE = 'h-auto pointer-coarse:h-auto sm:h-9 sm:pointer-coarse:h-11';

/** One row a routing; on a phone two lines: status and since, then whose it is and its freshness. */
export function RoutingTable({ routings, now }: RoutingTableProps) {
  return (
    <Table label="Routings" className="block sm:table">
      <thead className="hidden sm:table-header-group">
        <tr>
          <HeadCell className="w-44">Status</HeadCell>
          <HeadCell className="w-20">Since</HeadCell>
          <HeadCell>Organization · routing</HeadCell>
          <HeadCell className="w-32">Freshness</HeadCell>
          <HeadCell className="hidden lg:table-cell">Bucket</HeadCell>
          <HeadCell className="hidden w-52 xl:table-cell">Last file</HeadCell>
        </tr>
      </thead>
      <tbody className="block sm:table-row-group">
        {routings.map((routing) => (
          <RoutingRow key={routing.id} routing={routing} now={now} />
        ))}
      </tbody>
    </Table>
  );
}

function RoutingRow({ routing, now }: { readonly routing: RoutingView; readonly now: Date }) {
  const { destination, lastFile } = routing;
  return (
    <Row className="relative grid grid-cols-[1fr_auto] py-1.5 hover:bg-raised sm:table-row sm:py-0">
      <Cell className={LINE}>
        <StatusBadge label={routing.label} />
      </Cell>
      <Cell className={cn(LINE, 'text-right text-muted sm:text-left')}>
        <RelativeTime at={new Date(routing.stateSince)} now={now} suffix="" />
      </Cell>
      <Cell className={cn(LINE, 'min-w-0 sm:w-[40%] sm:max-w-0')}>
        <Link
          href={`/routings/${routing.id}`}
          className="flex gap-1 font-medium -outline-offset-2 after:absolute after:inset-0"
        >
          <span className="min-w-0 max-w-[45%] truncate font-normal text-muted">
            {routing.organization.name}
          </span>
          <span className="font-normal text-muted">·</span>
          <span className="min-w-0 flex-1 truncate">{routing.name}</span>
        </Link>
      </Cell>
      <Cell className={cn(LINE, 'whitespace-nowrap text-right sm:text-left')}>
        <Freshness routing={routing} />
      </Cell>
      <Cell className="hidden max-w-0 truncate font-mono text-xs lg:table-cell lg:w-[30%]">
        <span title={s3Address(destination)}>{s3Address(destination)}</span>
      </Cell>
      <Cell className="hidden whitespace-nowrap xl:table-cell">
        {lastFile === null ? (
          <span className="text-muted">none yet</span>
        ) : (
          <>
            <RelativeTime at={new Date(lastFile.deliveredAt)} now={now} /> ·{' '}
            {formatCountOf(lastFile.rows, 'event')}
          </>
        )}
      </Cell>
    </Row>
  );
}

function Freshness({ routing }: { readonly routing: RoutingView }) {
  if (routing.freshnessMs !== null) return formatDuration(routing.freshnessMs);
  const isDelivering = !['draft', 'disabled', 'archived'].includes(routing.lifecycle);
  return <span className="text-muted">{isDelivering ? 'nothing waiting' : '–'}</span>;
}
