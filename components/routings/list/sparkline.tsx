import { sparklinePath } from './sparkline-path';
import { sparklineSentence } from './sparkline-sentence';

const WIDTH = 88;
const HEIGHT = 20;

interface SparklineProps {
  /** p95 by hour, ms, oldest first; null where nothing was delivered. */
  readonly values: readonly (number | null)[];
  readonly promiseMs: number;
}

/** A day's latency at a glance, with the promise as a faint line; the same in words for who does not see it. */
export function Sparkline({ values, promiseMs }: SparklineProps) {
  const { lines, dots, promiseY } = sparklinePath(values, { width: WIDTH, height: HEIGHT, promiseMs });
  const sentence = sparklineSentence(values, promiseMs);
  return (
    <svg
      role="img"
      aria-label={sentence}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="block"
    >
      <title>{sentence}</title>
      <line x1="0" x2={WIDTH} y1={promiseY} y2={promiseY} className="stroke-control" strokeDasharray="2 3" />
      {lines.map((points) => (
        <polyline
          key={points}
          points={points}
          fill="none"
          className="stroke-(--p95)"
          strokeWidth="1.5"
          strokeLinejoin="round"
        />
      ))}
      {dots.map(({ x, y }) => (
        <circle key={x} cx={x} cy={y} r="1.5" className="fill-(--p95)" />
      ))}
    </svg>
  );
}
