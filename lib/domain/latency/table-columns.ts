import { formatBytes } from '@/lib/domain/format/bytes';
import { formatCount } from '@/lib/domain/format/count';
import { type CsvCell, toCsv } from '@/lib/domain/format/csv';
import { formatDuration } from '@/lib/domain/format/duration';
import { formatShare } from '@/lib/domain/format/share';
import type { TimeFormat } from '@/lib/domain/format/time-format';
import { stepName } from './step-name';
import type { ErrorClass, LatencyPoint, LatencyView } from './view';

export const ERROR_CLASSES: readonly ErrorClass[] = ['access', 'throttled', 'network', 'other'];

/** A column of the chart's rows: its name and value in the table of the page, and in the file to download. */
interface LatencyColumn {
  readonly name: string;
  readonly text: (point: LatencyPoint, shape: { stepMs: number; time: TimeFormat }) => string;
  readonly csvName: string;
  readonly csv: (point: LatencyPoint) => CsvCell;
}

const NOTHING = '–';

const duration = (
  name: string,
  csvName: string,
  pick: (point: LatencyPoint) => number | null,
): LatencyColumn => ({
  name,
  csvName,
  text: (point) => orNothing(pick(point), formatDuration),
  csv: pick,
});

const count = (name: string, csvName: string, pick: (point: LatencyPoint) => number): LatencyColumn => ({
  name,
  csvName,
  text: (point) => formatCount(pick(point)),
  csv: pick,
});

/** The rows under the charts, the same for the table and for the CSV file. */
export const LATENCY_COLUMNS: readonly LatencyColumn[] = [
  {
    name: 'From',
    csvName: 'from',
    text: ({ at }, { stepMs, time }) => stepName(Date.parse(at), stepMs, time),
    csv: ({ at }) => at,
  },
  count('Events', 'events', ({ rows }) => rows),
  {
    name: 'In promise',
    csvName: 'events_within_promise',
    text: ({ rows, withinRows }) => formatShare(withinRows, rows) ?? NOTHING,
    csv: ({ withinRows }) => withinRows,
  },
  duration('p50', 'p50_ms', ({ p50Ms }) => p50Ms),
  duration('p95', 'p95_ms', ({ p95Ms }) => p95Ms),
  duration('p99', 'p99_ms', ({ p99Ms }) => p99Ms),
  duration('Longest', 'max_ms', ({ maxMs }) => maxMs),
  count('Files', 'files', ({ files }) => files),
  {
    name: 'Size',
    csvName: 'gzip_bytes',
    text: ({ gzipBytes }) => formatBytes(gzipBytes),
    csv: ({ gzipBytes }) => gzipBytes,
  },
  ...ERROR_CLASSES.map((kind) =>
    count(`Errors: ${kind}`, `errors_${kind}`, ({ errors }) => errors[kind] ?? 0),
  ),
  {
    name: 'Figures',
    csvName: 'is_demonstration',
    text: ({ isDemo }) => (isDemo ? 'demonstration' : 'measured'),
    csv: ({ isDemo }) => String(isDemo),
  },
];

/** The view as a CSV file with a head row; whole milliseconds and bytes, instants in RFC 3339. */
export function latencyCsv({ points }: Pick<LatencyView, 'points'>): string {
  const head = LATENCY_COLUMNS.map(({ csvName }) => csvName);
  return toCsv([head, ...points.map((point) => LATENCY_COLUMNS.map(({ csv }) => csv(point)))]);
}

function orNothing(value: number | null, format: (value: number) => string): string {
  return value === null ? NOTHING : format(value);
}
