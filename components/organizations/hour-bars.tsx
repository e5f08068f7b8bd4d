interface HourBarsProps {
  /** Of 24 hours, the oldest first. */
  readonly counts: readonly number[];
}

const WIDTH = 6;
const GAP = 2;
const HEIGHT = 28;

/** How traffic went, for the eye only: the sentence beside it says the sum. An hour without events is a dot. */
export function HourBars({ counts }: HourBarsProps) {
  const top = Math.max(1, ...counts);
  const width = counts.length * (WIDTH + GAP) - GAP;
  const bars = counts.map((count, index) => ({ count, x: index * (WIDTH + GAP) }));
  return (
    <svg aria-hidden="true" viewBox={`0 0 ${width} ${HEIGHT}`} className="h-7 w-48 shrink-0">
      {bars.map(({ count, x }) =>
        count === 0 ? (
          <circle key={x} cx={x + WIDTH / 2} cy={HEIGHT - 1.5} r={1.5} className="fill-control" />
        ) : (
          <rect
            key={x}
            x={x}
            width={WIDTH}
            y={HEIGHT - barHeight(count, top)}
            height={barHeight(count, top)}
            rx={1}
            className="fill-accent"
          />
        ),
      )}
    </svg>
  );
}

function barHeight(count: number, top: number): number {
  return Math.max(2, Math.round((count / top) * HEIGHT));
}
