import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { PROCESS_BEAT_MS } from '@/lib/domain/system/process';
import { PRODUCT_VERSION } from '@/lib/platform/version';
import { announceProcess, type Execute, withdrawProcess } from '@/lib/services/system/announce-process';
import { webDeps } from './web-deps';

/** Keeps this web process's row on the system page until it is told to end. Called once, when the server starts. */
export function announceWeb(): void {
  const { db, logger } = webDeps();
  const id = `web-${randomBytes(5).toString('hex')}`;
  const execute: Execute = (statement, values) => db.$executeRawUnsafe(statement, ...values);
  let isBusy = false;
  const announce = async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      const detail = { host: hostname(), pid: process.pid, notReady: [] };
      const uptimeMs = process.uptime() * 1_000;
      await announceProcess(execute, { id, kind: 'web', version: PRODUCT_VERSION, uptimeMs, detail });
    } catch (err) {
      logger.warn({ err }, 'this process could not say that it lives');
    } finally {
      isBusy = false;
    }
  };
  void announce();
  const timer = setInterval(() => void announce(), PROCESS_BEAT_MS);
  timer.unref();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      clearInterval(timer);
      // Next ends the process by itself: what cannot be written until then shows as stale for a day.
      withdrawProcess(execute, id).catch((err) => logger.warn({ err }, 'this process could not say goodbye'));
    });
  }
}
