import {
  connectionBudget,
  findConnectionShortage,
  type ServerConnections,
} from '@/lib/platform/connection-budget';
import { type Env, parseEnv } from '@/lib/platform/env';
import { describeProductionFaults, findProductionFaults } from '@/lib/platform/production-faults';
import { findBootFaults } from '@/lib/services/readiness/find-boot-faults';
import { webDeps } from './web-deps';

/**
 * Ends this web process with what keeps it from starting: settings that are not for production, a database that is not
 * migrated or holds the demo's people, too few connections. A database that does not answer is not asked again:
 * readiness tells of it. Called once, when the server starts.
 */
export async function requireWebBoot(): Promise<void> {
  const env = parseEnv();
  const faults = findProductionFaults(env, 'web');
  const said = faults.length > 0 ? describeProductionFaults(faults) : await findDatabaseFault(env);
  if (said === null) return;
  process.stderr.write(`${said}\n`);
  process.exit(1);
}

async function findDatabaseFault(env: Env): Promise<string | null> {
  const { db, logger } = webDeps();
  try {
    const [fault] = await findBootFaults(
      (statement) => db.$queryRawUnsafe<{ name: string }[]>(statement),
      env,
    );
    if (fault !== undefined) return fault;
    const ask = (statement: string) => db.$queryRawUnsafe<ServerConnections[]>(statement);
    return await findConnectionShortage(ask, 'web', connectionBudget('web', 'postgres'));
  } catch (err) {
    logger.warn({ err }, 'whether the database is ready is not known');
    return null;
  }
}
