interface SparklineShape {
  /** One `points` attribute for each unbroken run of at least two hours. */
  readonly lines: readonly string[];
  /** Hours with a value between hours without: a line cannot show them. */
  readonly dots: readonly { readonly x: number; readonly y: number }[];
  /** Height of the promise. */
  readonly promiseY: number;
}

interface SparklineBox {
  readonly width: number;
  readonly height: number;
  readonly promiseMs: number;
}

/** Room for the line's own width, px. */
const MARGIN = 1.5;

/**
 * The shape of hourly latencies, ms, from 0 at the bottom up to the promise or the largest of them; hours without a
 * value break the line.
 */
export function sparklinePath(values: readonly (number | null)[], box: SparklineBox): SparklineShape {
  const { width, height, promiseMs } = box;
  const top = Math.max(promiseMs, ...values.map((value) => value ?? 0));
  const step = (width - 2 * MARGIN) / Math.max(1, values.length - 1);
  const toY = (ms: number) => round(height - MARGIN - (ms / top) * (height - 2 * MARGIN));
  const points = values.map((ms, index) =>
    ms === null ? null : { x: round(MARGIN + index * step), y: toY(ms) },
  );
  const runs = runsOf(points);
  return {
    lines: runs.filter((run) => run.length > 1).map((run) => run.map(({ x, y }) => `${x},${y}`).join(' ')),
    dots: runs.filter((run) => run.length === 1).flat(),
    promiseY: toY(promiseMs),
  };
}

function runsOf<T>(values: readonly (T | null)[]): T[][] {
  const runs: T[][] = [[]];
  for (const value of values) {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push(value);
  }
  return runs.filter((run) => run.length > 0);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
