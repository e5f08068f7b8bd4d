import { DatabaseClock } from '@/lib/platform/clock';
import { connectionBudget } from '@/lib/platform/connection-budget';
import { type Env, parseEnv } from '@/lib/platform/env';
import { createLogger, type Logger } from '@/lib/platform/logger';
import { createProcessMetrics } from '@/lib/platform/metrics/process-metrics';
import { describeProductionFaults, findProductionFaults } from '@/lib/platform/production-faults';
import { createSql, readDatabaseMs, type Sql } from '@/lib/platform/sql';
import { buildCollector } from './build-collector';
import { buildWorker } from './build-worker';
import { createClockService } from './runtime/database-clock-service';
import { createHealthServer } from './runtime/health-server';
import { requireConnections } from './runtime/require-connections';
import { requireDatabase } from './runtime/require-database';
import type { Service } from './runtime/service';
import { Supervisor } from './runtime/supervisor';

const ROLES = ['collector', 'worker'] as const;
type Role = (typeof ROLES)[number];
const STOP_DEADLINE_MS = 15_000;

async function main(): Promise<void> {
  const role = roleOf(process.argv[2]);
  const env = parseEnv();
  const faults = findProductionFaults(env, role);
  if (faults.length > 0) throw new Error(describeProductionFaults(faults));
  const logger = createLogger(role, env.LOG_LEVEL);
  const budget = connectionBudget(role, env.REDIS_URL === undefined ? 'postgres' : 'redis');
  const sql = createSql({
    databaseUrl: env.DATABASE_URL,
    applicationName: `sluice-${role}`,
    connectionsMax: budget.pool,
  });
  await requireDatabase(sql, env);
  await requireConnections(sql, role, budget);
  const supervisor = await buildSupervisor({ role, env, sql, logger });
  await supervisor.start(STOP_DEADLINE_MS);
  logger.info({ pid: process.pid }, 'Started');
  const signal = await untilSignal();
  logger.info({ signal }, 'Stopping');
  await supervisor.stop(STOP_DEADLINE_MS);
  await sql.end();
  logger.info('Stopped');
}

interface Parts {
  readonly role: Role;
  readonly env: Env;
  readonly sql: Sql;
  readonly logger: Logger;
}

async function buildSupervisor({ role, env, sql, logger }: Parts): Promise<Supervisor> {
  const clock = new DatabaseClock(() => readDatabaseMs(sql));
  const notReady = () => supervisor.notReady();
  const metrics = createProcessMetrics(role);
  const parts = { env, sql, clock, logger, metrics, notReady };
  const build: Record<Role, () => Promise<Service[]>> = {
    collector: () => buildCollector(parts),
    worker: () => buildWorker(parts),
  };
  const doors = {
    collector: { host: env.SLUICE_COLLECTOR_HEALTH_HOST, port: env.SLUICE_COLLECTOR_HEALTH_PORT },
    worker: { host: env.SLUICE_WORKER_HEALTH_HOST, port: env.SLUICE_WORKER_HEALTH_PORT },
  };
  const health = createHealthServer({ ...doors[role], notReady, metrics, logger });
  const services = [createClockService(clock, logger), ...(await build[role]()), health];
  const supervisor: Supervisor = new Supervisor(services, logger);
  return supervisor;
}

function roleOf(name: string | undefined): Role {
  const role = ROLES.find((known) => known === name);
  if (role === undefined) throw new Error(`Say which role to run: ${ROLES.join(' or ')}.`);
  return role;
}

function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
}

try {
  await main();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
