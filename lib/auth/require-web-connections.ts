import {
  connectionBudget,
  findConnectionShortage,
  type ServerConnections,
} from '@/lib/platform/connection-budget';
import { webDeps } from './web-deps';

/**
 * Ends this web process with one sentence when Postgres has not as many connections free as it may open. A database
 * that does not answer is not asked again: readiness tells of it. Called once, when the server starts.
 */
export async function requireWebConnections(): Promise<void> {
  const { db, logger } = webDeps();
  const query = (statement: string) => db.$queryRawUnsafe<ServerConnections[]>(statement);
  try {
    const shortage = await findConnectionShortage(query, 'web', connectionBudget('web', 'postgres'));
    if (shortage === null) return;
    process.stderr.write(`${shortage}\n`);
  } catch (err) {
    logger.warn({ err }, 'the free connections of the database are not known');
    return;
  }
  process.exit(1);
}
