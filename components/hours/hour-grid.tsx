'use client';

import { useRef } from 'react';
import { type CalendarDay, HOURS_OF_DAY } from './calendar-days';
import { HourCell } from './hour-cell';
import { useGridCursor } from './use-grid-cursor';

interface HourGridProps {
  readonly label: string;
  readonly days: readonly CalendarDay[];
  /** Start of the hour that is open; null when none is. */
  readonly chosen: string | null;
  readonly hrefOf: (hour: string) => string;
  readonly onOpen: (href: string) => void;
}

const COLUMNS = Array.from({ length: HOURS_OF_DAY }, (_, hour) => String(hour).padStart(2, '0'));
/** A table by its elements, walked like a spreadsheet. */
const GRID = { role: 'grid' } as const;

/** A month as an ARIA grid: rows are days, columns hours. One tab stop; arrows walk, Enter opens. */
export function HourGrid({ label, days, chosen, hrefOf, onOpen }: HourGridProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { active, walk, setActive } = useGridCursor({ days, chosen, frame });
  return (
    <div
      ref={frame}
      className="relative max-h-[23rem] scroll-pt-7 scroll-pl-16 overflow-auto rounded-card border border-border bg-surface pr-2 pb-2 sm:pr-3"
    >
      <table
        {...GRID}
        aria-label={label}
        onKeyDown={walk}
        className="w-full border-separate border-spacing-0 tabular-nums"
      >
        <thead>
          <tr>
            <td className="sticky top-0 left-0 z-20 bg-surface" />
            {COLUMNS.map((hour) => (
              <th
                key={hour}
                scope="col"
                className="sticky top-0 z-10 h-8 min-w-7 bg-surface font-normal text-muted text-xs"
              >
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day, row) => (
            <tr key={day.date}>
              <th
                scope="row"
                className="sticky left-0 z-10 whitespace-nowrap bg-surface px-2 text-left sm:px-3 font-normal text-muted text-xs"
              >
                {day.label}
              </th>
              {day.cells.map((view, column) => (
                <HourCell
                  key={COLUMNS[column]}
                  view={view}
                  day={day.label}
                  isChosen={view !== null && view.hour === chosen}
                  isActive={active.row === row && active.column === column}
                  hrefOf={hrefOf}
                  onOpen={onOpen}
                  onFocus={() => setActive({ row, column })}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
