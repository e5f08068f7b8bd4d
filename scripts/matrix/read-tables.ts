/** What came of one process that was killed at a point, as the suites print it. */
export interface Death {
  readonly point: string;
  readonly occurrence: number;
  /** Where the one died who came to finish; null where nobody else did. */
  readonly againAt: string | null;
  readonly verdict: string;
}

export interface CrashMatrix {
  readonly title: string;
  readonly deaths: readonly Death[];
}

const HEAD = /^killed at +time +again at +.*verdict$/;
const BETWEEN_CELLS = / {2,}/;

/** The tables of `crashTable` in what a run of the suites wrote. */
export function readTables(output: string): CrashMatrix[] {
  const lines = output.split('\n').map((line) => line.trim());
  return lines.flatMap((line, index) => {
    if (!HEAD.test(line)) return [];
    const columns = line.split(BETWEEN_CELLS).length;
    const rest = lines.slice(index + 1).map((row) => row.split(BETWEEN_CELLS));
    const end = rest.findIndex((cells) => cells.length !== columns);
    return [{ title: lines[index - 1] ?? '', deaths: rest.slice(0, end).map(readDeath) }];
  });
}

function readDeath(cells: readonly string[]): Death {
  const [point = '', time = '', againAt = '-'] = cells;
  const verdict = cells.at(-1) ?? '';
  return { point, occurrence: Number(time), againAt: againAt === '-' ? null : againAt, verdict };
}
