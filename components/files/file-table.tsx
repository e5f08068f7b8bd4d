import Link from 'next/link';
import { cn } from '@/components/ui/cn';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import { formatBytes } from '@/lib/domain/format/bytes';
import { formatCount } from '@/lib/domain/format/count';
import { formatDuration } from '@/lib/domain/format/duration';
import { formatUtcClock, formatUtcExact, formatUtcMinute } from '@/lib/domain/format/utc';
import type { FileView } from '@/lib/domain/routing/view';
import { shortestKey, shortKey } from './short-key';

interface FileTableProps {
  readonly routingId: string;
  readonly files: readonly FileView[];
  readonly promiseSeconds: number;
  readonly now: Date;
}

/** Delivered files, newest first. Narrow screens keep the key, its rows and when it became visible. */
export function FileTable({ routingId, files, promiseSeconds, now }: FileTableProps) {
  return (
    <Table label="Files">
      <thead>
        <tr>
          <HeadCell>Key</HeadCell>
          <HeadCell className="hidden md:table-cell">Type</HeadCell>
          <HeadCell className="text-right">Rows</HeadCell>
          <HeadCell className="hidden text-right md:table-cell">Size</HeadCell>
          <HeadCell className="hidden lg:table-cell">Sealed</HeadCell>
          <HeadCell>Visible</HeadCell>
          <HeadCell className="hidden text-right sm:table-cell">Latency</HeadCell>
          <HeadCell className="hidden text-right lg:table-cell">Tries</HeadCell>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <Row key={file.id} className="relative hover:bg-raised">
            <Cell className="w-full max-w-0">
              <Link
                href={`/routings/${routingId}/files/${file.id}`}
                title={file.key}
                className="block truncate font-mono text-xs -outline-offset-2 after:absolute after:inset-0"
              >
                <span className="hidden sm:inline">{shortKey(file.key)}</span>
                <span className="sm:hidden">{shortestKey(file.key)}</span>
              </Link>
            </Cell>
            <Cell className="hidden font-mono text-xs md:table-cell">{file.type}</Cell>
            <Cell className="text-right">{formatCount(file.rows)}</Cell>
            <Cell className="hidden whitespace-nowrap text-right md:table-cell">
              {formatBytes(file.gzipBytes)}
            </Cell>
            <Cell className="hidden lg:table-cell">
              <Moment at={file.sealedAt} now={now} />
            </Cell>
            <Cell>
              <Moment at={file.deliveredAt} now={now} />
            </Cell>
            <Cell
              className={cn(
                'hidden whitespace-nowrap text-right sm:table-cell',
                file.latencyMs > promiseSeconds * 1_000 && 'text-warn',
              )}
            >
              {formatDuration(file.latencyMs)}
            </Cell>
            <Cell className="hidden text-right lg:table-cell">{formatCount(file.attempts)}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** The time alone for today, with its date for older files. */
function Moment({ at, now }: { readonly at: string; readonly now: Date }) {
  const moment = new Date(at);
  const isToday = at.slice(0, 10) === now.toISOString().slice(0, 10);
  return (
    <time dateTime={at} title={formatUtcExact(moment)} className="whitespace-nowrap">
      {isToday ? formatUtcClock(moment) : formatUtcMinute(moment, now).replace(' UTC', '')}
    </time>
  );
}
