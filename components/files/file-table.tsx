import Link from 'next/link';
import { ClockTime } from '@/components/time/clock-time';
import { ExactTime } from '@/components/time/exact-time';
import { cn } from '@/components/ui/cn';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import { formatBytes } from '@/lib/domain/format/bytes';
import { formatCount } from '@/lib/domain/format/count';
import { formatDuration } from '@/lib/domain/format/duration';
import type { FileView } from '@/lib/domain/routing/view';
import { fileLinkId } from './file-link-id';
import { shortestKey, shortKey } from './short-key';

interface FileTableProps {
  readonly routingId: string;
  readonly files: readonly FileView[];
  readonly promiseSeconds: number;
  readonly now: Date;
  /** Where a file is shown; its own page otherwise. */
  readonly hrefOf?: (file: FileView) => string;
  /** The file that is shown beside the table. */
  readonly openId?: string | null;
  /** Left out where every file is of one type. */
  readonly isOfOneType?: boolean;
}

/** Delivered files, newest first. Narrow screens keep the key, its rows and when it became visible. */
export function FileTable(props: FileTableProps) {
  const { files, isOfOneType = false } = props;
  return (
    <Table label="Files">
      <thead>
        <tr>
          <HeadCell>Key</HeadCell>
          {isOfOneType ? null : <HeadCell className="hidden md:table-cell">Type</HeadCell>}
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
          <FileRow key={file.id} file={file} {...props} />
        ))}
      </tbody>
    </Table>
  );
}

function FileRow({ file, routingId, promiseSeconds, now, ...rest }: FileTableProps & { file: FileView }) {
  const { hrefOf, openId, isOfOneType = false } = rest;
  const isOpen = file.id === openId;
  return (
    <Row className={cn('relative hover:bg-raised', isOpen && 'bg-info-bg')}>
      <Cell className="w-full max-w-0">
        <Link
          id={fileLinkId(file.id)}
          href={hrefOf?.(file) ?? `/routings/${routingId}/files/${file.id}`}
          scroll={hrefOf === undefined}
          title={file.key}
          aria-current={isOpen ? 'true' : undefined}
          className="block truncate font-mono text-xs -outline-offset-2 after:absolute after:inset-0"
        >
          <span className="hidden sm:inline">{shortKey(file.key)}</span>
          <span className="sm:hidden">{shortestKey(file.key)}</span>
        </Link>
      </Cell>
      {isOfOneType ? null : <Cell className="hidden font-mono text-xs md:table-cell">{file.type}</Cell>}
      <Cell className="text-right">{formatCount(file.rows)}</Cell>
      <Cell className="hidden whitespace-nowrap text-right md:table-cell">{formatBytes(file.gzipBytes)}</Cell>
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
  );
}

/** The time alone for today, with its date for older files. */
function Moment({ at, now }: { readonly at: string; readonly now: Date }) {
  const isToday = at.slice(0, 10) === now.toISOString().slice(0, 10);
  return isToday ? <ClockTime at={new Date(at)} /> : <ExactTime at={new Date(at)} now={now} />;
}
