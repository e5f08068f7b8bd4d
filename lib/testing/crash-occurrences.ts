/**
 * How often a process comes to a point before it dies there: the first time, and for one point the second, for the next
 * the third. With SLUICE_CRASH_MATRIX=whole (`npm run matrix`) all three for each.
 */
export function crashOccurrences(index: number): readonly number[] {
  return process.env.SLUICE_CRASH_MATRIX === 'whole' ? [1, 2, 3] : [1, 2 + (index % 2)];
}
