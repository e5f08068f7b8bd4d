import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { PROCESS_BEAT_MS } from '@/lib/domain/system/process';
import { PRODUCT_VERSION } from '@/lib/platform/version';
import { announceProcess, type Execute, withdrawProcess } from '@/lib/services/system/announce-process';
import { webDeps } from './web-deps';

const GOODBYE_MS = 2_000;

/** Keeps this web process's row on the system page until it is told to end. Called once, when the server starts. */
export function announceWeb(): void {
  const { db, logger } = webDeps();
  const id = `web-${randomBytes(5).toString('hex')}`;
  const execute: Execute = (statement, values) => db.$executeRawUnsafe(statement, ...values);
  let running: Promise<void> | null = null;
  const announce = async () => {
    try {
      const detail = { host: hostname(), pid: process.pid, notReady: [] };
      const uptimeMs = process.uptime() * 1_000;
      await announceProcess(execute, { id, kind: 'web', version: PRODUCT_VERSION, uptimeMs, detail });
    } catch (err) {
      logger.warn({ err }, 'this process could not say that it lives');
    }
    running = null;
  };
  const beat = () => {
    running ??= announce();
  };
  beat();
  const timer = setInterval(beat, PROCESS_BEAT_MS);
  timer.unref();
  const leave = async () => {
    clearInterval(timer);
    try {
      await running;
      await withdrawProcess(execute, id);
    } catch (err) {
      logger.warn({ err }, 'this process could not say goodbye');
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => holdExit(Promise.race([leave(), pause(GOODBYE_MS)])));
  }
}

/** Next ends the process as soon as the last request is answered, and offers nothing to be done before: it waits here. */
function holdExit(work: Promise<unknown>): void {
  const exit = process.exit;
  process.exit = ((code) => void work.finally(() => exit(code))) as typeof process.exit;
}
