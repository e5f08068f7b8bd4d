import type { CrashMatrix, Death } from './read-tables';

const HOLDS = 'exactly once';

/** Point × occurrence → verdict. A point that was died at several times for the same occurrence is as good as its worst. */
export function toMarkdown({ title, deaths }: CrashMatrix): string {
  const occurrences = [...new Set(deaths.map(({ occurrence }) => occurrence))].sort((a, b) => a - b);
  const points = [...new Set(deaths.map(({ point }) => point))];
  const head = ['killed at', ...occurrences.map((n) => `time ${n}`), 'killed again in the recovery'];
  const rows = points.map((point) => {
    const of = deaths.filter((death) => death.point === point);
    const cells = occurrences.map((n) => worst(of.filter(({ occurrence }) => occurrence === n)));
    return [`\`${point}\``, ...cells, worst(of.filter(({ againAt }) => againAt !== null))];
  });
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return [`### ${title}`, '', ...lines, ''].join('\n');
}

function worst(deaths: readonly Death[]): string {
  if (deaths.length === 0) return '';
  return deaths.find(({ verdict }) => verdict !== HOLDS)?.verdict ?? HOLDS;
}

/** How many deaths there were, and how many of them lost, doubled or left something odd. */
export function countDeaths(matrices: readonly CrashMatrix[]): { deaths: number; broken: number } {
  const all = matrices.flatMap(({ deaths }) => deaths);
  return { deaths: all.length, broken: all.filter(({ verdict }) => verdict !== HOLDS).length };
}
