import { type DataType, dataTypeSchema } from '@/lib/domain/data-type';
import { hourSchema, shortHour } from '@/lib/domain/hour/hour-input';
import { HOUR_MS } from '@/lib/domain/time-units';

/** What the form of a replay starts from. Hours as the browser's field writes them: 2026-11-22T11:00. */
export interface ReplayDraft {
  readonly types: readonly DataType[];
  readonly from: string;
  readonly to: string;
}

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
  return {
    types: type === undefined ? dataTypes : [type],
    from: fieldText(fromMs),
    to: fieldText(hour === undefined ? nextMs : fromMs + HOUR_MS),
  };
}

function fieldText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16);
}
