import { formatCountOf } from '@/lib/domain/format/count';
import { formatUtcMinute } from '@/lib/domain/format/utc';
import type { HourView } from '@/lib/domain/hour/view';
import type { RoutingView } from '@/lib/domain/routing/view';
import { monthName } from './month-name';

interface Given {
  readonly routing: Pick<RoutingView, 'lifecycle' | 'intent' | 'pendingRows' | 'stateSince'>;
  readonly hours: readonly HourView[];
  readonly month: string;
  readonly now: Date;
}

/** What has to be said about a month beside its signs; null where they say it all. */
export function calendarNote({ routing, hours, month, now }: Given): string | null {
  const isKnown = hours.some(({ state }) => state !== 'unknown');
  if (routing.intent === 'pause' && routing.pendingRows > 0) {
    const since = formatUtcMinute(new Date(routing.stateSince), now);
    return `Paused since ${since}. ${formatCountOf(routing.pendingRows, 'row')} wait in the log and arrive after a resume.`;
  }
  if (!isKnown)
    return `Nothing is known of ${monthName(month)}: this routing did not deliver this type then.`;
  if (hours.every(({ accepted, delivered }) => (accepted ?? 0) === 0 && delivered === 0)) {
    return `No event of this type came in ${monthName(month)}.`;
  }
  return null;
}
