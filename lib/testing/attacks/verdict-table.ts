/** Says on stdout how attacks on one target ended, counted by verdict: `table · target: 40 refused · 2 …`. */
export function listVerdicts(
  table: string,
  target: string,
  verdicts: readonly (readonly [what: string, verdict: string])[],
): void {
  const counts = new Map<string, number>();
  for (const [, verdict] of verdicts) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const told = [...counts].sort().map(([verdict, count]) => `${count} ${verdict}`);
  process.stdout.write(`${table} · ${target}: ${verdicts.length} attacks = ${told.join(' + ')}\n`);
}
