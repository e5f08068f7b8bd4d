/**
 * Every row that delivery reads and writes, by table and by its name in both worlds; columns in a fixed order. Instants
 * are how long ago they are, in steps of ten minutes: durations of the test end between those.
 */
export type WorldState = TableState & { readonly beside: readonly string[] };
export type TableState = Readonly<Record<TableName, Readonly<Record<string, Row>>>>;

export type TableName =
  | 'streams'
  | 'routings'
  | 'destinations'
  | 'lanes'
  | 'cuts'
  | 'files'
  | 'attempts'
  | 'setAside'
  | 'gaps'
  | 'leftOut';

export type Row = Readonly<Record<string, unknown>>;

const STEP_MS = 600_000;

/** Null stays null. */
export function ageOf(ms: number | null, nowMs: number): number | null {
  // Without a negative zero, which no row of Postgres has.
  return ms === null ? null : Math.round((nowMs - ms) / STEP_MS) + 0;
}
