import type { Db } from '@/lib/platform/db/client';
import type { TestDatabase } from './database';
import { testSealKeyPair } from './routing';

/** Where the web process keeps what it holds for all requests; see `webDeps`. */
const SLOT = Symbol.for('sluice.web-deps');

/** From now on the routes and actions of this process serve this database; ends what an earlier suite made. */
export async function serveWebFrom(database: TestDatabase): Promise<void> {
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    NEXTAUTH_URL: 'http://127.0.0.1:3000',
    NEXTAUTH_SECRET: 's'.repeat(32),
    SLUICE_SEAL_PUBLIC_KEY: testSealKeyPair().publicKeyPem,
    LOG_LEVEL: 'error',
  });
  const slots: Record<symbol, { readonly db: Db } | undefined> = globalThis as never;
  await slots[SLOT]?.db.$disconnect();
  slots[SLOT] = undefined;
}
