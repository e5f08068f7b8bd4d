import { resolve } from 'node:path';
import { buildAll } from '@/scripts/instance/build';
import { readPorts, requireFreePorts } from '@/scripts/instance/ports';
import { type Instance, startInstance } from '@/scripts/instance/start-instance';
import { banner } from './banner';
import { startDemo } from './demo';
import { requireFreeSpace, watchFreeSpace } from './disk';
import { explain } from './explain';
import { lockHome } from './lock';

const startedAt = performance.now();
const home = resolve(process.env.SLUICE_HOME || '.sluice');

async function start(): Promise<Instance> {
  const ports = readPorts(process.env);
  requireFreeSpace(home);
  await requireFreePorts(ports);
  await buildAll();
  return startInstance({
    home,
    ports,
    databaseUrl: process.env.DATABASE_URL,
    redisUrl: process.env.REDIS_URL || undefined,
    withCustomers: true,
  });
}

function waitForSignal(): Promise<null> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done(null));
  });
}

async function main(): Promise<number> {
  process.umask(0o077);
  const unlock = lockHome(home);
  const signal = waitForSignal();
  try {
    const starting = start();
    const interrupted = (await Promise.race([starting, signal])) === null;
    const instance = await starting;
    if (interrupted) {
      await instance.stop();
      return 0;
    }
    return await serve(instance, signal);
  } finally {
    unlock();
  }
}

async function serve(instance: Instance, signal: Promise<null>): Promise<number> {
  const demo = startDemo(instance);
  console.log(banner(instance, ((performance.now() - startedAt) / 1000).toFixed(1)));
  const broken = await Promise.race([signal, instance.broken, watchFreeSpace(home)]);
  console.log(broken === null ? 'Draining…' : `${broken}\nStopping the rest. The logs are in ${home}/logs.`);
  await demo.stop();
  await instance.stop();
  return broken === null ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(explain(error, home));
    process.exit(1);
  },
);
