import type { Sql } from '@/lib/platform/sql';
import { type FaultKind, last, seconds } from './fault';

const killPostgres: FaultKind = {
  name: 'kill-postgres',
  plan: ({ postgres }, random) => {
    const ms = random.int(0, 5_000);
    return {
      target: 'postgres',
      detail: `for ${seconds(ms)}`,
      run: async (signal) => {
        await postgres.kill();
        await last(ms, signal);
        await postgres.startAgain();
      },
    };
  },
};

const freezePostgres: FaultKind = {
  name: 'freeze-postgres',
  plan: ({ postgres }, random) => {
    const ms = random.int(500, 8_000);
    return {
      target: 'postgres',
      detail: `for ${seconds(ms)}`,
      run: async (signal) => {
        postgres.signal('SIGSTOP');
        await last(ms, signal);
        postgres.signal('SIGCONT');
      },
    };
  },
};

const wipeQueue: FaultKind = {
  name: 'wipe-queue',
  plan: ({ sql }) => ({ target: 'queue', detail: 'every job', run: () => wipe(sql) }),
};

async function wipe(sql: Sql): Promise<void> {
  const { rows } = await sql.query<{ name: string }>(
    `SELECT format('bullmq.%I', tablename) AS name FROM pg_tables
     WHERE schemaname = 'bullmq' AND tablename <> 'migration'`,
  );
  for (const { name } of rows) await sql.query(`DELETE FROM ${name}`);
}

export const DATABASE_FAULTS: readonly FaultKind[] = [killPostgres, freezePostgres, wipeQueue];
