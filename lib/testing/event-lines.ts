import { randomUUID } from 'node:crypto';

const WORKSPACE_ID = '5e1b0a0c-2f8d-4c1e-8f3b-9d7c6b5a4f3e';

/** Lines of `type=events` as collection writes them, each unique, with these names in turn. */
export function namedEventLines(names: readonly string[], count: number, padding = ''): string[] {
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      event_id: randomUUID(),
      time: new Date().toISOString(),
      name: names[index % names.length],
      workspace_id: WORKSPACE_ID,
      user_id: null,
      session_id: null,
      view_id: null,
      segments: [],
      cohorts: [],
      properties: { name: names[0], padding },
    }),
  );
}

/** Those of the lines whose event has one of the names, found by parsing. */
export function linesNamed(lines: readonly string[], names: readonly string[]): string[] {
  return lines.filter((line) => names.includes(JSON.parse(line).name));
}
