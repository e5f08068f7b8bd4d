import type { Clock } from '@/lib/platform/clock';
import type { Env } from '@/lib/platform/env';
import type { Logger } from '@/lib/platform/logger';
import type { ProcessMetrics } from '@/lib/platform/metrics/process-metrics';
import type { Sql } from '@/lib/platform/sql';

/** What every role of the process is built from. */
export interface ProcessParts {
  readonly env: Env;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: ProcessMetrics;
  /** What of the process is not ready; empty means ready. */
  readonly notReady: () => readonly string[];
}
