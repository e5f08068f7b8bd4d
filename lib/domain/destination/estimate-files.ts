import type { DataType } from '@/lib/domain/data-type';
import { DAY_MS } from '@/lib/domain/time-units';

const MONTH_DAYS = 30;

/** List price of a PUT of S3 Standard: 0.005 USD per 1,000 requests. Other regions cost up to twice as much. */
export const PUT_PRICE = { microUsdPerRequest: 5, region: 'us-east-1', asOf: 'June 2025' } as const;

/** A snapshot of segments is written when they change and daily. */
const SNAPSHOTS_A_DAY = 1;

interface FilesEstimate {
  /** While there is traffic all day: every flush interval ends in a file of each type. */
  readonly filesADayMax: number;
  /** What AWS asks for a month of that many PUTs, in millionths of a US dollar. */
  readonly putMicroUsdAMonthMax: number;
}

/** How many files a routing writes at most, from its flush interval alone; null where that is no interval. */
export function estimateFiles(flushIntervalMs: number, dataTypes: readonly DataType[]): FilesEstimate | null {
  if (!Number.isFinite(flushIntervalMs) || flushIntervalMs <= 0) return null;
  const flushesADay = Math.ceil(DAY_MS / flushIntervalMs);
  const filesADayMax = dataTypes
    .map((type) => (type === 'segment' ? SNAPSHOTS_A_DAY : flushesADay))
    .reduce((sum, files) => sum + files, 0);
  return { filesADayMax, putMicroUsdAMonthMax: filesADayMax * MONTH_DAYS * PUT_PRICE.microUsdPerRequest };
}

/** Compressed bytes a day of a workspace, by data type, as the log has measured them. */
export type MeasuredTraffic = Readonly<Partial<Record<DataType, number>>>;

/** Compressed bytes a month of the chosen types; null where nothing was measured. */
export function estimateBytesAMonth(traffic: MeasuredTraffic, dataTypes: readonly DataType[]): number | null {
  const measured = dataTypes.flatMap((type) => traffic[type] ?? []);
  return measured.length === 0 ? null : measured.reduce((sum, bytes) => sum + bytes, 0) * MONTH_DAYS;
}
