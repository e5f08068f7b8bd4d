import Link from 'next/link';
import { ScrollTable } from '@/components/ui/scroll-table';
import { Cell, HeadCell, Row } from '@/components/ui/table';
import { formatCount } from '@/lib/domain/format/count';
import type { CalendarDay } from './calendar-days';
import { HOUR_DISPLAY } from './hour-display';
import { HourMark } from './hour-mark';

interface HourTableProps {
  readonly label: string;
  readonly days: readonly CalendarDay[];
  readonly hrefOf: (hour: string) => string;
}

const COUNTS = [
  { name: 'Accepted', field: 'accepted' },
  { name: 'Delivered', field: 'delivered' },
  { name: 'Pending', field: 'pending' },
  { name: 'Set aside', field: 'setAside' },
  { name: 'Gap', field: 'gap' },
  { name: 'Files', field: 'files' },
] as const;

/** The calendar's hours as a table, the newest first. */
export function HourTable({ label, days, hrefOf }: HourTableProps) {
  const hours = days.flatMap(({ date, label: day, cells }) =>
    cells.flatMap((view) => (view === null ? [] : [{ date, day, view }])).reverse(),
  );
  return (
    <ScrollTable label={label}>
      <thead>
        <tr>
          <HeadCell className="sticky top-0 z-10 text-left">Hour (UTC)</HeadCell>
          <HeadCell className="sticky top-0 z-10 text-left">State</HeadCell>
          {COUNTS.map(({ name }) => (
            <HeadCell key={name} className="sticky top-0 z-10 text-right">
              {name}
            </HeadCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {hours.map(({ day, view }) => (
          <Row key={view.hour}>
            <Cell className="whitespace-nowrap">
              <Link
                href={hrefOf(view.hour)}
                prefetch={false}
                scroll={false}
                className="text-accent hover:underline"
              >
                {day}, {view.hour.slice(11, 16)}
              </Link>
            </Cell>
            <Cell>
              <span className="flex items-center gap-1 whitespace-nowrap">
                <HourMark state={view.state} />
                {HOUR_DISPLAY[view.state].word}
              </span>
            </Cell>
            {COUNTS.map(({ name, field }) => (
              <Cell key={name} className="text-right">
                {view[field] === null ? '–' : formatCount(view[field])}
              </Cell>
            ))}
          </Row>
        ))}
      </tbody>
    </ScrollTable>
  );
}
