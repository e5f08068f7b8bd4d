import { RelativeTime } from '@/components/time/relative-time';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import type { RejectedReason } from '@/lib/domain/access/traffic';
import { formatCount } from '@/lib/domain/format/count';

interface RejectedTableProps {
  readonly workspaceName: string;
  readonly rejected: readonly RejectedReason[];
  readonly now: Date;
}

/** Why collection refused events of a workspace, so that whoever sends them can mend it. */
export function RejectedTable({ workspaceName, rejected, now }: RejectedTableProps) {
  return (
    <div className="mt-3">
      <Table label={`Rejected events of ${workspaceName}`}>
        <thead>
          <tr>
            <HeadCell>Rejected because</HeadCell>
            <HeadCell className="hidden sm:table-cell">Code</HeadCell>
            <HeadCell className="text-right">24 h, about</HeadCell>
            <HeadCell className="text-right">7 d, about</HeadCell>
            <HeadCell className="hidden sm:table-cell">Last</HeadCell>
          </tr>
        </thead>
        <tbody>
          {rejected.map((row) => (
            <Row key={`${row.code} ${row.reason}`}>
              <Cell className="w-full min-w-40 break-words">{row.reason}</Cell>
              <Cell className="hidden font-mono text-xs sm:table-cell">{row.code}</Cell>
              <Cell className="text-right">{formatCount(row.events24h)}</Cell>
              <Cell className="text-right">{formatCount(row.events7d)}</Cell>
              <Cell className="hidden sm:table-cell">
                <RelativeTime at={new Date(row.lastAt)} now={now} />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      <p className="mt-1 max-w-[72ch] text-muted text-sm">
        A request that is refused as a whole counts as one, because its events were not read. Requests with an
        unknown key belong to no workspace and are not counted.
      </p>
    </div>
  );
}
