import { ReferenceArea, ReferenceLine } from 'recharts';
import { BAND_WORD, type Band, type BandKind } from './bands';

interface BandShapesProps {
  readonly bands: readonly Band[];
  readonly patternId: string;
  /** What the plot shows of time, and how wide that is: words stand only where they fit. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly widthPx: number;
}

const LETTER_PX = 6.5;
/** With a rim in the colour of the ground, so that a hatch does not cross the letters. */
const TEXT = {
  fontSize: 12,
  fill: 'var(--muted)',
  stroke: 'var(--surface)',
  strokeWidth: 4,
  paintOrder: 'stroke',
} as const;

/** Bands as children of a recharts chart, clipped to what it shows. A function, for recharts looks at its children. */
export function bandShapes({ bands, patternId, fromMs, toMs, widthPx }: BandShapesProps) {
  return bands
    .map((band) => ({
      ...band,
      fromMs: Math.max(fromMs, band.fromMs),
      toMs: Math.min(toMs, band.toMs),
    }))
    .filter((band) => band.toMs > band.fromMs)
    .map((band) => {
      const roomPx = ((band.toMs - band.fromMs) / (toMs - fromMs)) * widthPx;
      const word = BAND_WORD[band.kind];
      const label = roomPx > word.length * LETTER_PX + 8 ? word : undefined;
      return shape(band, { patternId, label });
    });
}

function shape(band: Band, options: { patternId: string; label: string | undefined }) {
  const key = `${band.kind}-${band.fromMs}`;
  if (band.kind === 'quiet') return <Baseline key={key} band={band} label={options.label} />;
  const isTold = band.kind !== 'demo' && band.kind !== 'breach' && options.label !== undefined;
  return (
    <ReferenceArea
      key={key}
      x1={band.fromMs}
      x2={band.toMs}
      ifOverflow="hidden"
      stroke="none"
      {...fillOf(band.kind, options.patternId)}
      {...(isTold ? { label: { value: options.label, position: 'insideBottom', ...TEXT } } : {})}
    />
  );
}

/** No traffic: a dotted line where zero is, not a line at zero. */
function Baseline({ band, label }: { readonly band: Band; readonly label: string | undefined }) {
  return (
    <ReferenceLine
      segment={[
        { x: band.fromMs, y: 0 },
        { x: band.toMs, y: 0 },
      ]}
      stroke="var(--muted)"
      strokeDasharray="1 4"
      strokeWidth={2}
      strokeLinecap="round"
      {...(label === undefined ? {} : { label: { value: label, position: 'insideBottom', ...TEXT } })}
    />
  );
}

function fillOf(kind: BandKind, patternId: string) {
  switch (kind) {
    case 'paused':
      return { fill: `url(#${patternId}-paused)`, fillOpacity: 1 };
    case 'held':
      return { fill: `url(#${patternId}-held)`, fillOpacity: 1 };
    case 'breach':
      return { fill: 'var(--warn)', fillOpacity: 0.14 };
    case 'demo':
      return { fill: 'var(--neutral)', fillOpacity: 0.07 };
    case 'quiet':
    case 'unmeasured':
    case 'unstarted':
      return { fill: 'var(--neutral)', fillOpacity: 0.1 };
  }
}
