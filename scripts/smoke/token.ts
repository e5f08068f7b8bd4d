import { createDb } from '@/lib/platform/db/client';
import { createApiToken } from '@/lib/services/api-token/create';
import { adminCtx } from '@/prisma/seed';
import type { Instance } from '@/scripts/instance/start-instance';

/** An API token of the instance's admin, as the Account page makes it. */
export async function createAdminToken(instance: Instance): Promise<string> {
  const db = createDb({ databaseUrl: instance.databaseUrl, connectionsMax: 1 });
  try {
    const ctx = await adminCtx(db, instance.secrets.sealPublicKey, []);
    const { token } = await createApiToken({ ctx, input: { name: 'Smoke test', expiresInDays: 1 } });
    return token;
  } finally {
    await db.$disconnect();
  }
}
