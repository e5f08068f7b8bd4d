import type { LatencyPoint, LatencyView, StateSpan } from '@/lib/domain/latency/view';
import { isUnstarted, type RoutingLabel } from '@/lib/domain/routing/label';

/** demo: made up · breach: p99 over the promise · paused: paused by somebody · held: nothing arrived though it should ·
 * quiet: nothing came in · unmeasured: nobody measured · unstarted: it was not delivering yet */
export type BandKind = 'demo' | 'breach' | 'paused' | 'held' | 'quiet' | 'unmeasured' | 'unstarted';

export const BAND_WORD: Readonly<Record<BandKind, string>> = {
  demo: 'demonstration figures',
  breach: 'over the promise',
  paused: 'paused',
  held: 'nothing delivered',
  quiet: 'no traffic',
  unmeasured: 'no measurements',
  unstarted: 'not delivering yet',
};

/** A stretch of a chart that is not an ordinary line, [fromMs, toMs). */
export interface Band {
  readonly kind: BandKind;
  readonly fromMs: number;
  readonly toMs: number;
}

type BandSource = Pick<LatencyView, 'points' | 'states' | 'stepMs' | 'promiseMs'> & {
  /** A step without a file is ordinary for this long. */
  readonly flushIntervalMs: number;
};

/** Everything that a chart must say besides its lines; demo and breach lie under the others. */
export function chartBands(source: BandSource): readonly Band[] {
  const { points, stepMs, promiseMs } = source;
  return [
    ...runs(points, stepMs, ({ isDemo }) => (isDemo ? 'demo' : null)),
    ...runs(points, stepMs, ({ p99Ms }) => (p99Ms !== null && p99Ms > promiseMs ? 'breach' : null)),
    ...pausedBands(source),
    ...emptyBands(source),
  ];
}

const PAUSED: readonly RoutingLabel[] = ['pausing', 'paused'];
const HELD: readonly RoutingLabel[] = ['blocked', 'failing', 'late'];

function pausedBands({ points, states, stepMs }: BandSource): Band[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [];
  const [startMs, endMs] = [Date.parse(first.at), Date.parse(last.at) + stepMs];
  return joined(
    states
      .filter(({ label }) => PAUSED.includes(label))
      .map(({ from, to }) => ({
        kind: 'paused' as const,
        fromMs: Math.max(startMs, Date.parse(from)),
        toMs: Math.min(endMs, Date.parse(to)),
      }))
      .filter(({ fromMs, toMs }) => toMs > fromMs),
  );
}

const SHORT_IS_ORDINARY: readonly BandKind[] = ['quiet', 'held'];

/** Why steps are empty. A short gap between two files has no reason but the flush interval, and gets no band. */
function emptyBands({ points, states, stepMs, flushIntervalMs }: BandSource): Band[] {
  const ordinaryMs = Math.max(2 * stepMs, 2 * flushIntervalMs);
  const empty = runs(points, stepMs, (point) =>
    point.rows > 0 ? null : emptyKind(labelAt(states, Date.parse(point.at), stepMs)),
  );
  return empty.filter(
    ({ kind, fromMs, toMs }) => !SHORT_IS_ORDINARY.includes(kind) || toMs - fromMs > ordinaryMs,
  );
}

function emptyKind(label: RoutingLabel | null): BandKind | null {
  if (label === null || label === 'starting' || isUnstarted(label)) return 'unstarted';
  if (label === 'unknown') return 'unmeasured';
  if (PAUSED.includes(label)) return null;
  return HELD.includes(label) ? 'held' : 'quiet';
}

/** The label that covers most of the step; null where the routing has none. */
function labelAt(states: readonly StateSpan[], atMs: number, stepMs: number): RoutingLabel | null {
  const share = ({ from, to }: StateSpan) =>
    Math.min(atMs + stepMs, Date.parse(to)) - Math.max(atMs, Date.parse(from));
  return states.reduce<{ label: RoutingLabel | null; ms: number }>(
    (best, span) => (share(span) > best.ms ? { label: span.label, ms: share(span) } : best),
    { label: null, ms: 0 },
  ).label;
}

/** Neighbouring steps of one kind as one band. */
function runs(
  points: readonly LatencyPoint[],
  stepMs: number,
  kindOf: (point: LatencyPoint) => BandKind | null,
): Band[] {
  const steps = points.flatMap((point) => {
    const kind = kindOf(point);
    const fromMs = Date.parse(point.at);
    return kind === null ? [] : [{ kind, fromMs, toMs: fromMs + stepMs }];
  });
  return joined(steps);
}

function joined(bands: readonly Band[]): Band[] {
  const all: Band[] = [];
  for (const band of bands) {
    const last = all.at(-1);
    const isNext = last !== undefined && last.kind === band.kind && last.toMs >= band.fromMs;
    if (isNext) all[all.length - 1] = { ...last, toMs: band.toMs };
    else all.push(band);
  }
  return all;
}
