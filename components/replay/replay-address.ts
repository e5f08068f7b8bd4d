import { RETENTION_DAYS } from '@/lib/domain/chunk/retention';
import { type DataType, dataTypeSchema } from '@/lib/domain/data-type';
import { formatUtcMinute } from '@/lib/domain/format/utc';
import { hourSchema, shortHour } from '@/lib/domain/hour/hour-input';
import { HOUR_MS } from '@/lib/domain/time-units';

/** What the form of a replay starts from. Hours as an address writes them: 2026-11-22T11. */
export interface ReplayDraft {
  readonly types: readonly DataType[];
  readonly from: string;
  readonly to: string;
  /** Every hour that can be chosen, newest first. */
  readonly hours: readonly { readonly value: string; readonly label: string }[];
}

/** The day on which it began is kept as well. */
const HOURS_KEPT = (RETENTION_DAYS + 1) * 24;

/** Where a replay of these hours is prepared; without an hour, of the last day. */
export function newReplayHref(routingId: string, of: { type?: DataType; hour?: string } = {}): string {
  const query = new URLSearchParams();
  if (of.type !== undefined) query.set('type', of.type);
  if (of.hour !== undefined) query.set('hour', shortHour(new Date(of.hour)));
  const text = query.toString();
  return `/routings/${routingId}/files/replays/new${text === '' ? '' : `?${text}`}`;
}

/** Where a replay's progress and outcome stand. */
export function replayHref(routingId: string, replayId: string): string {
  return `/routings/${routingId}/files/replays/${replayId}`;
}

/** The hour and type that the address names, else the last day of all the routing's types. */
export function readReplayDraft(
  query: Readonly<Record<string, string | string[] | undefined>>,
  { dataTypes, now }: { readonly dataTypes: readonly DataType[]; readonly now: Date },
): ReplayDraft {
  const type = dataTypeSchema.safeParse(query.type).data;
  const hour = hourSchema.safeParse(query.hour).data;
  const nextMs = (Math.floor(now.getTime() / HOUR_MS) + 1) * HOUR_MS;
  const fromMs = hour === undefined ? nextMs - 24 * HOUR_MS : Date.parse(hour);
  const toMs = hour === undefined ? nextMs : fromMs + HOUR_MS;
  const kept = Array.from({ length: HOURS_KEPT + 1 }, (_, ago) => nextMs - ago * HOUR_MS);
  // An hour that is kept no more says so in the dry run, not by being gone.
  const hours = [...new Set([...kept, toMs, fromMs])].sort((a, b) => b - a);
  return {
    types: type === undefined ? dataTypes : [type],
    from: shortHour(new Date(fromMs)),
    to: shortHour(new Date(toMs)),
    hours: hours.map((ms) => ({
      value: shortHour(new Date(ms)),
      label: formatUtcMinute(new Date(ms), now),
    })),
  };
}
