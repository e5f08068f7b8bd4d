'use client';

import type { PointerEvent, ReactNode } from 'react';
import { type PlotSize, plotHeightPx } from './plot-size';
import { useWidth } from './use-width';

export interface CursorMark {
  readonly value: number;
  readonly colour: string;
  readonly isChosen: boolean;
}

interface PlotBoxProps {
  readonly size: PlotSize;
  readonly fromMs: number;
  readonly toMs: number;
  /** Top of the axis of values, for the marks. */
  readonly topValue: number;
  readonly cursorMs: number | null;
  readonly marks?: readonly CursorMark[];
  readonly onPoint: (ms: number | null) => void;
  /** Attributes of what lies over the plot, for the plot that takes the keyboard. */
  readonly keyboard?: Omit<React.ComponentProps<'div'>, 'className' | 'style' | 'children'>;
  /** The drawing; empty until its width is known, at the height it will have. */
  readonly children: (widthPx: number) => ReactNode;
}

/** A drawing with the cursor laid over it, so that a move of the cursor draws nothing anew. */
export function PlotBox(props: PlotBoxProps) {
  const { size, fromMs, toMs, topValue, cursorMs, marks = [], onPoint, keyboard, children } = props;
  const [box, widthPx] = useWidth<HTMLDivElement>();
  const heightPx = plotHeightPx(size);
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const area = event.currentTarget.getBoundingClientRect();
    if (area.width > 0) onPoint(fromMs + ((event.clientX - area.left) / area.width) * (toMs - fromMs));
  };
  const isShown = cursorMs !== null && cursorMs >= fromMs && cursorMs <= toMs;
  const left = isShown ? `${((cursorMs - fromMs) / (toMs - fromMs)) * 100}%` : '0';
  return (
    <div ref={box} className="relative overflow-hidden" style={{ height: size.heightPx }}>
      {widthPx === null ? null : children(widthPx)}
      <div
        {...keyboard}
        className="absolute touch-pan-y rounded-badge outline-offset-0"
        style={{ left: size.axisPx, right: size.rightPx, top: size.topPx, height: heightPx }}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={(event) => {
          if (event.pointerType === 'mouse') onPoint(null);
        }}
      >
        {isShown ? (
          <>
            <span
              aria-hidden
              className="pointer-events-none absolute inset-y-0 w-px bg-text"
              style={{ left }}
            />
            {marks.map(({ value, colour, isChosen }) => (
              <span
                key={colour}
                aria-hidden
                className={`-translate-x-1/2 -translate-y-1/2 pointer-events-none absolute rounded-full border-2 border-surface ${isChosen ? 'size-3.5' : 'size-2.5'}`}
                style={{ left, top: `${(1 - Math.min(1, value / topValue)) * 100}%`, background: colour }}
              />
            ))}
          </>
        ) : null}
      </div>
    </div>
  );
}
