/** Hatches of 45° for what is not a line: ids are unique to the plot that uses them. */
export function PlotPatterns({ id }: { readonly id: string }) {
  return (
    <defs>
      <Hatch id={`${id}-paused`} stroke="var(--info)" gapPx={8} />
      <Hatch id={`${id}-held`} stroke="var(--bad)" gapPx={12} />
      <Hatch id={`${id}-other`} stroke="var(--neutral)" gapPx={4} />
    </defs>
  );
}

function Hatch({
  id,
  stroke,
  gapPx,
}: {
  readonly id: string;
  readonly stroke: string;
  readonly gapPx: number;
}) {
  return (
    <pattern id={id} width={gapPx} height={gapPx} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <line x1={0} y1={0} x2={0} y2={gapPx} stroke={stroke} strokeWidth={1.5} strokeOpacity={0.55} />
    </pattern>
  );
}
