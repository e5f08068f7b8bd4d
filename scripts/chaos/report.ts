import type { OracleVerdict } from '@/lib/testing/oracle';
import type { FaultLog } from './faults/schedule';
import type { Judgement } from './judge';
import type { EndingVerdict } from './judge-ending';
import type { SendRecord } from './load/send-record';
import type { Stage } from './stage/stage';

const HOUR_MS = 3_600_000;
const VIOLATIONS_TOLD = 20;

export interface ReportInput {
  readonly seed: number;
  readonly minutes: number;
  readonly startedAtMs: number;
  readonly stage: Stage;
  readonly records: ReadonlyMap<string, SendRecord>;
  readonly log: FaultLog;
  readonly judgement: Judgement;
  readonly freshAfterMs: number | null;
  readonly stuck: readonly string[];
}

/** The run on one line. `sent` and `acked` count events; `delivered` counts lines, once per routing that wants them. */
export function makeReport(input: ReportInput) {
  const { stage, log, judgement } = input;
  const records = [...input.records.values()];
  const verdicts = Object.values(judgement.perRouting);
  const sum = (of: (verdict: OracleVerdict) => number) =>
    verdicts.reduce((total, verdict) => total + of(verdict), 0);
  const count = (fate: Parameters<SendRecord['count']>[0]) =>
    records.reduce((total, record) => total + record.count(fate), 0);
  const violations = [
    ...judgement.violations,
    ...input.stuck,
    ...stage.surprises,
    ...(input.freshAfterMs === null ? ['The routings did not keep their promise again in time'] : []),
  ];
  return {
    seed: input.seed,
    minutes: input.minutes,
    sent: records.reduce((total, record) => total + record.marks.size, 0),
    acked: count('acked'),
    unknown: count('unknown'),
    refused: count('refused'),
    promised: sum((verdict) => verdict.acked),
    delivered: sum((verdict) => verdict.delivered),
    duplicates: sum((verdict) => verdict.duplicates),
    missing: sum((verdict) => verdict.missing),
    foreign: sum((verdict) => verdict.foreign),
    broken: sum((verdict) => verdict.broken),
    files: sum((verdict) => verdict.files),
    routings: stage.routings.length,
    disabled: sumEndings(judgement),
    faults: Object.fromEntries([...log.counts].sort()),
    faultsNotDone: Object.fromEntries([...log.failed].sort()),
    restarts: [...stage.workers, ...stage.collectors].reduce((total, one) => total + one.restarts, 0),
    hoursClosed: Math.floor(Date.now() / HOUR_MS) - Math.floor(input.startedAtMs / HOUR_MS),
    freshnessBackWithinPromiseAfterMs: input.freshAfterMs,
    verdict: violations.length === 0 ? ('clean' as const) : ('violated' as const),
    violations: violations.slice(0, VIOLATIONS_TOLD),
  };
}

/** Routings that were disabled: with everything delivered, or with what is left recorded as gaps. */
function sumEndings({ endings }: Judgement) {
  const all = Object.values(endings);
  const sum = (of: (ending: EndingVerdict) => number) => all.reduce((total, ending) => total + of(ending), 0);
  return {
    routings: all.length,
    deliveredWhole: all.filter(({ gapRows }) => gapRows === 0).length,
    withGaps: all.filter(({ gapRows }) => gapRows > 0).length,
    deliveredLines: sum(({ due }) => due.length),
    gapRows: sum(({ gapRows }) => gapRows),
    linesInDoubt: sum(({ maybe }) => maybe.length),
  };
}

export type ChaosReport = ReturnType<typeof makeReport>;
