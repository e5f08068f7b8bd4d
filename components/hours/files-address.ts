import { type DataType, dataTypeSchema } from '@/lib/domain/data-type';
import { hourSchema, shortHour } from '@/lib/domain/hour/hour-input';
import { idSchema } from '@/lib/domain/id';
import { HOUR_MS } from '@/lib/domain/time-units';

/** What the address of a routing's files says: everything that decides what stands on the screen. */
export interface FilesAddress {
  readonly type: DataType;
  /** A month in UTC: 2026-11. */
  readonly month: string;
  /** The chosen hour's start in full; null for the newest files of the type. */
  readonly hour: string | null;
  /** The file in the side panel. */
  readonly fileId: string | null;
  /** The last file of the page before. */
  readonly cursor: string | null;
}

interface Given {
  readonly dataTypes: readonly DataType[];
  readonly now: Date;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Reads the query of an address; what is missing or makes no sense is as if the reader had not chosen. */
export function readFilesAddress(
  query: Readonly<Record<string, string | string[] | undefined>>,
  { dataTypes, now }: Given,
): FilesAddress {
  const text = (name: string) => {
    const value = query[name];
    return typeof value === 'string' ? value : '';
  };
  const asked = dataTypeSchema.safeParse(text('type')).data;
  const type = asked !== undefined && dataTypes.includes(asked) ? asked : (dataTypes[0] ?? 'events');
  const hour = hourSchema.safeParse(text('hour')).data ?? null;
  const isPast = hour !== null && Date.parse(hour) <= now.getTime();
  const month = isPast ? monthOf(new Date(hour)) : text('month');
  const isMonth = MONTH.test(month) && month <= monthOf(now);
  return {
    type,
    month: isMonth ? month : monthOf(now),
    hour: isPast && type !== 'segment' ? hour : null,
    fileId: idSchema().safeParse(text('file')).data ?? null,
    cursor: idSchema().safeParse(text('cursor')).data ?? null,
  };
}

/** The month of a moment, in UTC: 2026-11. */
function monthOf(at: Date): string {
  return at.toISOString().slice(0, 7);
}

/** The months from `first` to `last`, newest first; both like 2026-11. */
export function monthsBetween(first: Date, last: Date): string[] {
  const months: string[] = [];
  for (
    let at = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth()));
    monthOf(at) >= monthOf(first);
    at = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - 1))
  ) {
    months.push(monthOf(at));
  }
  return months;
}

/** The hours of a month that have begun: from the first one until before `to`. */
export function rangeOfMonth(month: string, now: Date): { from: string; to: string } {
  const from = new Date(`${month}-01T00:00:00.000Z`);
  const end = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1);
  const begun = (Math.floor(now.getTime() / HOUR_MS) + 1) * HOUR_MS;
  return { from: from.toISOString(), to: new Date(Math.min(end, begun)).toISOString() };
}

/** The address that says the same, with some of it changed. */
export function filesHref(
  routingId: string,
  address: FilesAddress,
  change: Partial<FilesAddress> = {},
): string {
  const { type, month, hour, fileId, cursor } = { ...address, ...change };
  const query = new URLSearchParams({ type });
  if (hour === null) query.set('month', month);
  else query.set('hour', shortHour(new Date(hour)));
  if (cursor !== null) query.set('cursor', cursor);
  if (fileId !== null) query.set('file', fileId);
  return `/routings/${routingId}/files?${query}`;
}
