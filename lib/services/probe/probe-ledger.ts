import type { Sql } from '@/lib/platform/sql';
import { claimDueProbes, type DueProbe } from './claim-due-probes';
import { type EndedProbe, recordProbe } from './record-probe';

/** What probes know and record. */
export interface ProbeLedger {
  /** Takes at most `limit` probes that are due; each is noted before it is made. */
  claimDue(limit: number): Promise<DueProbe[]>;
  /** What a probe came to, and what it says about the routing's health. */
  record(probe: DueProbe, ended: EndedProbe): Promise<void>;
}

/** The probes in Postgres, as this worker makes them. */
export function createProbeLedger(sql: Sql, workerId: string): ProbeLedger {
  return {
    claimDue: (limit) => claimDueProbes(sql, workerId, limit),
    record: (probe, ended) => recordProbe(sql, probe, { ended, workerId }),
  };
}
