import type { OracleVerdict } from './oracle';

export interface CrashRow {
  readonly point: string;
  /** Which time the point was reached. */
  readonly occurrence: number;
  /** Where the one died who came to finish, or null. */
  readonly againAt: string | null;
  readonly verdict: OracleVerdict;
}

/** The matrix as text, one line per death. */
export function crashTable(title: string, rows: readonly CrashRow[]): string {
  const cells = rows.map(({ point, occurrence, againAt, verdict }) => [
    point,
    String(occurrence),
    againAt ?? '-',
    `${verdict.delivered}/${verdict.acked}`,
    String(verdict.duplicates),
    String(verdict.missing),
    String(verdict.foreign + verdict.broken),
    verdict.holds ? 'exactly once' : 'BROKEN',
  ]);
  const head = ['killed at', 'time', 'again at', 'delivered', 'doubled', 'lost', 'odd', 'verdict'];
  const widths = head.map((name, i) => Math.max(name.length, ...cells.map((row) => row[i]?.length ?? 0)));
  const lines = [head, ...cells].map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  '));
  return `\n${title}\n${lines.join('\n')}\n`;
}
