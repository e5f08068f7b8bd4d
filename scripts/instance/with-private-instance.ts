import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts } from './ports';
import { type Instance, startInstance } from './start-instance';

/** Runs `use` against an instance started for it alone, on free ports; ends it whatever happens, a signal included. */
export async function withPrivateInstance<T>(use: (instance: Instance) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'sluice-private-'));
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => reject(new Error(`Stopped by ${signal}`)));
  });
  const starting = startInstance({
    home,
    ports: await findFreePorts(),
    redisUrl: process.env.REDIS_URL || undefined,
  });
  try {
    const instance = await Promise.race([starting, interrupted]);
    const broken = instance.broken.then((sentence) => Promise.reject(new Error(sentence)));
    return await Promise.race([use(instance), interrupted, broken]);
  } finally {
    await starting.then(
      (instance) => instance.stop(),
      () => undefined,
    );
    rmSync(home, { recursive: true, force: true });
  }
}
