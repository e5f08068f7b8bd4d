import type { HourView } from '@/lib/domain/hour/view';
import type { RoutingView } from '@/lib/domain/routing/view';
import { calendarNote } from './calendar-note';
import type { FilesAddress } from './files-address';
import { HourCalendar } from './hour-calendar';
import { monthName } from './month-name';
import { ReceiptLine } from './receipt-line';

interface HoursSectionProps {
  readonly routing: RoutingView;
  readonly address: FilesAddress;
  /** Null for a type that is not partitioned by hour. */
  readonly hours: readonly HourView[] | null;
  readonly now: Date;
  readonly mayReplay: boolean;
}

/** The calendar of the chosen month and the receipt of the chosen hour. */
export function HoursSection({ routing, address, hours, now, mayReplay }: HoursSectionProps) {
  if (hours === null) {
    return (
      <p className="max-w-[72ch] text-muted">
        A snapshot is one whole file and belongs to no hour. Readers take the newest; older ones stay where
        they are.
      </p>
    );
  }
  const note = calendarNote({ routing, hours, month: address.month, now });
  const chosen = hours.find(({ hour }) => hour === address.hour);
  return (
    <>
      <HourCalendar
        routingId={routing.id}
        address={address}
        hours={hours}
        label={`Hours of ${address.type} in ${monthName(address.month)}, UTC`}
      />
      {note === null ? null : <p className="mt-3 max-w-[72ch] text-muted">{note}</p>}
      {chosen === undefined ? null : (
        <ReceiptLine routingId={routing.id} view={chosen} now={now} mayReplay={mayReplay} />
      )}
    </>
  );
}
