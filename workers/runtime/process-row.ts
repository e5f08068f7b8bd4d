import { hostname } from 'node:os';
import { PROCESS_BEAT_MS, type ProcessDetail, type ProcessKind } from '@/lib/domain/system/process';
import type { Logger } from '@/lib/platform/logger';
import type { Sql } from '@/lib/platform/sql';
import { PRODUCT_VERSION } from '@/lib/platform/version';
import { announceProcess, type Execute, withdrawProcess } from '@/lib/services/system/announce-process';
import { createPeriodic } from './periodic';
import type { Service } from './service';

export interface ProcessRowOptions {
  readonly sql: Sql;
  readonly logger: Logger;
  readonly kind: ProcessKind;
  /** Unique among processes of this kind. */
  readonly name: string;
  /** What is not ready; empty means ready. */
  readonly notReady: () => readonly string[];
  /** What this kind says besides; asked every time. */
  readonly readMore?: () => Promise<Pick<ProcessDetail, 'slots' | 'queue'>>;
}

const BEAT_DEADLINE_MS = 10_000;

/** Keeps this process's row on the system page; the last service of a process, so that it says goodbye first. */
export function createProcessRow(options: ProcessRowOptions): Service {
  const { sql, logger, kind, name, notReady, readMore } = options;
  const id = `${kind}-${name}`;
  const execute: Execute = (statement, values) => sql.query(statement, [...values]);
  const announce = async () => {
    const detail = {
      host: hostname(),
      pid: process.pid,
      notReady: [...notReady()],
      ...(await readMore?.()),
    };
    const uptimeMs = process.uptime() * 1_000;
    await announceProcess(execute, { id, kind, version: PRODUCT_VERSION, uptimeMs, detail });
  };
  const periodic = createPeriodic({
    name: 'process-row',
    periodMs: PROCESS_BEAT_MS,
    runDeadlineMs: BEAT_DEADLINE_MS,
    run: announce,
    logger,
  });
  return {
    ...periodic,
    start: async () => {
      await periodic.start();
      await announce();
    },
    stop: async (deadlineMs) => {
      await periodic.stop(deadlineMs);
      await withdrawProcess(execute, id);
    },
  };
}
