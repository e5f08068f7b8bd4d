import { RelativeTime } from '@/components/time/relative-time';
import { EmptyState } from '@/components/ui/empty-state';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import type { TurnView } from '@/lib/domain/system/view';
import { Unknown } from './unknown';

const WORK: Readonly<Record<string, string>> = {
  dispatch: 'Looks which lanes are due and wakes workers',
  'settle-routings': 'Carries out what people wished: starts, pauses, resumes',
  'notice-first-files': 'Notices first files, so that their people are told',
  'watch-health': 'Looks which routings are late, quiet or well',
  'health-watched': 'The last look at which routings are late, that was finished',
  'stop-removed-lanes': 'Stops lanes of data types that were taken out of a routing',
  'release-left-places': 'Gives places back that routings have left for others',
  'renew-segment-snapshots': 'Writes the segments of a workspace anew, once a day',
  'count-hours': 'Adds up what every hour accepted',
  'decide-hour-markers': 'Decides the markers of hours that are complete',
  'fold-latency': 'Folds the latency of cuts into minutes, hours and days',
  'prune-latency': 'Deletes latency figures that are past their time',
  'delete-expired-sessions': 'Deletes sessions that have ended',
  'close-hours': 'Closes hours that have ended',
  'close-lost-attempts': 'Closes attempts of workers that died',
  'end-stuck-readers': 'Ends database sessions of frozen processes',
  'watch-retention': 'Announces what nears the end of its retention undelivered',
  'expire-lanes': 'Records as gaps what passed its retention undelivered, and goes on behind it',
  'probe-access': 'Proves the access of quiet routings by small uploads',
  'forget-probes': 'Forgets probes of more than a week ago',
  'forget-event-looks': 'Forgets event lines that somebody has looked at, within five minutes',
  'forget-replays': 'Forgets replays 90 days after their end',
  'forget-notices': 'Forgets 90 days after its end what people were told',
  'schedule-reconciliations': 'Begins the daily comparison of every routing with its bucket',
  'forget-reconciliations': 'Forgets comparisons after 30 days',
  'sweep-lanes': 'Looks that no routing lacks a lane',
  'sweep-appends': 'Deletes receipts of old requests',
  'maintain-partitions': 'Prepares the days of the log and drops what is past the retention',
  'verify-audit': 'Looks once a day whether the audit is as it was recorded',
  'forget-processes': 'Forgets processes that have been silent for a day',
  'forget-rejected-events': 'Forgets refused events after 30 days',
};

interface TurnTableProps {
  readonly turns: readonly TurnView[] | null;
  readonly now: Date;
}

/** Work that one worker at a time does every so often, and when it was last begun. */
export function TurnTable({ turns, now }: TurnTableProps) {
  if (turns === null) return <Unknown />;
  if (turns.length === 0) return <EmptyState sentence="No worker has taken a turn yet." />;
  return (
    <Table label="Periodic work">
      <thead>
        <tr>
          <HeadCell>Work</HeadCell>
          <HeadCell className="hidden sm:table-cell">What it does</HeadCell>
          <HeadCell>Last begun</HeadCell>
        </tr>
      </thead>
      <tbody>
        {turns.map(({ name, at }) => (
          <Row key={name}>
            <Cell className="whitespace-nowrap font-mono text-xs">{name}</Cell>
            <Cell className="hidden w-full text-muted sm:table-cell">{WORK[name] ?? ''}</Cell>
            <Cell>
              <RelativeTime at={new Date(at)} now={now} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
