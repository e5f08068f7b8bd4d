/** Sizes that the drawing and what is laid over it must agree on, px. */
export const LATENCY_PLOT = {
  heightPx: 320,
  topPx: 12,
  rightPx: 8,
  axisPx: 72,
  timePx: 28,
  brushPx: 24,
} as const;
export const SMALL_PLOT = {
  heightPx: 132,
  topPx: 8,
  rightPx: 8,
  axisPx: 44,
  timePx: 24,
  brushPx: 0,
} as const;

export type PlotSize = typeof LATENCY_PLOT | typeof SMALL_PLOT;

/** Height of what lies between the top and the axis of time. */
export function plotHeightPx({ heightPx, topPx, timePx, brushPx }: PlotSize): number {
  return heightPx - topPx - timePx - brushPx;
}
