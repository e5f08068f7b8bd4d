'use client';

import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import type { HourView } from '@/lib/domain/hour/view';
import { calendarDays } from './calendar-days';
import { type FilesAddress, filesHref } from './files-address';
import { HourGrid } from './hour-grid';
import { HourLegend } from './hour-legend';
import { HourTable } from './hour-table';

interface HourCalendarProps {
  readonly routingId: string;
  readonly address: FilesAddress;
  /** The hours of the month that have begun, oldest first. */
  readonly hours: readonly HourView[];
  readonly label: string;
}

/** The month's hours as a calendar or, with T or the button, as a table of the same hours. */
export function HourCalendar({ routingId, address, hours, label }: HourCalendarProps) {
  const router = useRouter();
  const [isTable, setTable] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const days = useMemo(() => calendarDays(hours), [hours]);
  const hrefOf = (hour: string) => filesHref(routingId, address, { hour, cursor: null, fileId: null });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 't' || event.ctrlKey || event.metaKey || event.altKey) return;
    // What had the focus goes away; the button stays.
    toggle.current?.focus();
    setTable(!isTable);
  };
  return (
    <section aria-label="Hours" onKeyDown={onKeyDown}>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <HourLegend />
        <Button
          ref={toggle}
          size="sm"
          aria-pressed={isTable}
          aria-keyshortcuts="t"
          onClick={() => setTable(!isTable)}
        >
          Table
        </Button>
      </div>
      {isTable ? (
        <HourTable label={label} days={days} hrefOf={hrefOf} />
      ) : (
        <HourGrid
          label={label}
          days={days}
          chosen={address.hour}
          hrefOf={hrefOf}
          onOpen={(href) => router.push(href, { scroll: false })}
        />
      )}
    </section>
  );
}
