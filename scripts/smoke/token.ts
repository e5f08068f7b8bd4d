import { randomUUID } from 'node:crypto';
import { createDb } from '@/lib/platform/db/client';
import { createSealer } from '@/lib/platform/secret-box/sealer';
import { createApiToken } from '@/lib/services/api-token/create';
import type { Instance } from '@/scripts/instance/start-instance';

/** An API token of the instance's admin, as the Account page makes it. */
export async function createAdminToken(instance: Instance): Promise<string> {
  const db = createDb({ databaseUrl: instance.databaseUrl, connectionsMax: 1 });
  try {
    const admin = await db.user.findFirstOrThrow({ where: { role: 'admin' } });
    const { token } = await createApiToken({
      ctx: {
        db,
        actor: {
          kind: 'user',
          userId: admin.id,
          name: admin.name,
          email: admin.email,
          role: 'admin',
          organizationId: null,
        },
        sealer: createSealer(instance.secrets.sealPublicKey),
        allowedEndpoints: [],
        requestId: randomUUID(),
      },
      input: { name: 'Smoke test', expiresInDays: 1 },
    });
    return token;
  } finally {
    await db.$disconnect();
  }
}
