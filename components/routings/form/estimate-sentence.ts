import type { DataType } from '@/lib/domain/data-type';
import {
  estimateBytesAMonth,
  estimateFiles,
  type MeasuredTraffic,
  PUT_PRICE,
} from '@/lib/domain/destination/estimate-files';
import { formatBytes } from '@/lib/domain/format/bytes';
import { formatCountOf } from '@/lib/domain/format/count';

interface EstimateInput {
  readonly flushIntervalMs: number;
  readonly dataTypes: readonly DataType[];
  /** Only events of some names are delivered. */
  readonly isFiltered: boolean;
  readonly traffic: MeasuredTraffic;
}

/** What a promise costs in files, and in bytes where traffic was measured; null where nothing can be said yet. */
export function estimateSentence({
  flushIntervalMs,
  dataTypes,
  isFiltered,
  traffic,
}: EstimateInput): string | null {
  const estimate = estimateFiles(flushIntervalMs, dataTypes);
  if (estimate === null || dataTypes.length === 0) return null;
  const files = formatCountOf(estimate.filesADayMax, 'file');
  const more = dataTypes.includes('segment') ? ' (more when segments change)' : '';
  const price = `${usd(estimate.putMicroUsdAMonthMax)} a month of PUT requests (list price of ${PUT_PRICE.region}, ${PUT_PRICE.asOf})`;
  const sentence = `We estimate up to ${files} a day${more} and ${price}.`;
  const bytes = estimateBytesAMonth(traffic, dataTypes);
  if (bytes === null) return sentence;
  const measured = isFiltered ? 'At most' : 'About';
  return `${sentence} ${measured} ${formatBytes(bytes)} a month, as this workspace has sent since yesterday.`;
}

function usd(micro: number): string {
  const cents = Math.round(micro / 10_000);
  return cents === 0 ? 'less than 0.01 USD' : `${(cents / 100).toFixed(2)} USD`;
}
