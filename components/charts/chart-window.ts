/** The part of a chart that is zoomed to, by steps' beginnings, both inclusive; null: all of it. */
export type ChartWindow = { readonly firstMs: number; readonly lastMs: number } | null;

/** The steps of the window; all of them when the window has moved out of the range. */
export function inWindow<T extends { readonly atMs: number }>(
  points: readonly T[],
  window: ChartWindow,
): { readonly startIndex: number; readonly endIndex: number } {
  const all = { startIndex: 0, endIndex: Math.max(0, points.length - 1) };
  if (window === null) return all;
  const startIndex = points.findIndex(({ atMs }) => atMs >= window.firstMs);
  const endIndex = points.findLastIndex(({ atMs }) => atMs <= window.lastMs);
  return startIndex === -1 || endIndex < startIndex ? all : { startIndex, endIndex };
}
