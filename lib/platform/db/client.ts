import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client';

export type Db = PrismaClient;
/** What a verb may use inside a transaction. */
export type DbTransaction = Omit<
  PrismaClient,
  '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'
>;

/** The Prisma client of the control plane; hot paths use `sql`. */
export function createDb(options: { databaseUrl: string; connectionsMax: number }): Db {
  const adapter = new PrismaPg({
    connectionString: options.databaseUrl,
    max: options.connectionsMax,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 10_000,
  });
  // Any other format prints the arguments of the call that failed into the message, and so into log lines.
  return new PrismaClient({ adapter, errorFormat: 'minimal' });
}
