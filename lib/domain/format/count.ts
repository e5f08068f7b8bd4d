const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** An integer with thousands separators: 12,408,113. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** A count with its noun in the right number: "1 event", "18,204 events". */
export function formatCountOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
