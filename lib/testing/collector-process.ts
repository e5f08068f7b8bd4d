import { waitUntil } from './wait-until';
import { startWorkerProcess, type WorkerProcess, type WorkerProcessOptions } from './worker-process';

export interface CollectorProcess extends WorkerProcess {
  readonly url: string;
}

const READY_DEADLINE_MS = 90_000;

/** A real collector in a process of its own, ready; at a port that is known before, so that it can be started again. */
export async function startCollectorProcess(
  env: Readonly<Record<string, string>>,
  port: number,
  options: WorkerProcessOptions = {},
): Promise<CollectorProcess> {
  const url = `http://127.0.0.1:${port}`;
  const ownEnv = { ...env, SLUICE_COLLECTOR_PORT: String(port) };
  const collector = await startWorkerProcess('collector', ownEnv, options);
  let hasEnded = false;
  void collector.ended.then(() => {
    hasEnded = true;
  });
  try {
    await waitUntil(
      'the collector is ready',
      async () => hasEnded || (await isReady(url)),
      READY_DEADLINE_MS,
    );
  } catch (error) {
    collector.kill('SIGKILL');
    throw error;
  }
  return { ...collector, url };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
