import { findPendingMigrations } from '@/lib/platform/db/pending-migrations';
import type { Env } from '@/lib/platform/env';

const MIGRATIONS = 'prisma/migrations';
/** Reserved for examples (RFC 2606): nobody can receive a mail there, and the demo's people all live there. */
const DEMO_USERS = `SELECT email AS name FROM "user" WHERE email LIKE '%.example' AND disabled_at IS NULL ORDER BY email`;

type Query = (statement: string) => Promise<readonly { readonly name: string }[]>;

/**
 * What in the database keeps a process from starting, each as a sentence that says what to do: migrations that are not
 * applied and, in production, the demo's people. Rejects when the database does not answer.
 */
export async function findBootFaults(query: Query, env: Pick<Env, 'SLUICE_MODE'>): Promise<string[]> {
  const pending = await findPendingMigrations(query, MIGRATIONS);
  if (pending.length > 0)
    return [
      `The database lacks ${pending.length} migration(s), the first is ${pending[0]}: run npm run db:migrate.`,
    ];
  if (env.SLUICE_MODE === 'demo') return [];
  const people = (await query(DEMO_USERS)).map(({ name }) => name);
  return people.length === 0
    ? []
    : [
        `The database holds people of the demo (${people.join(', ')}): disable them, or use a database of its own.`,
      ];
}
