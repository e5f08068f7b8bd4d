import { randomUUID } from 'node:crypto';
import { hashApiKey } from '@/lib/platform/api-key';
import { createDb, type Db } from '@/lib/platform/db/client';
import { hashPassword } from '@/lib/platform/password';
import { createSealer } from '@/lib/platform/secret-box/sealer';
import type { Ctx } from '@/lib/services/context';
import { createRouting } from '@/lib/services/routing/create';
import { startRouting } from '@/lib/services/routing/start';

export interface SeedInput {
  readonly databaseUrl: string;
  readonly objectStore: { readonly endpoint: string; readonly region: string; readonly bucket: string };
  readonly secrets: {
    readonly sealPublicKey: string;
    readonly serverKey: string;
    readonly objectStore: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly logins: ReadonlyArray<{ email: string; name: string; role: string; password: string }>;
  };
}

export interface Seeded {
  readonly organizationId: string;
  readonly workspaceId: string;
}

const PREFIX = 'sluice/';

/** The demo's organization, logins and routing. Runs at every start and changes nothing that is there. */
export async function seedDemo(input: SeedInput): Promise<Seeded> {
  const db = createDb({ databaseUrl: input.databaseUrl, connectionsMax: 2 });
  try {
    const known = await findSeeded(db, input.secrets.serverKey);
    if (known !== null) return known;
    const seeded = await createOrganization(db, 'Aurora News', 'Main site');
    await createLogins(db, input, seeded.organizationId);
    await createDemoRouting(db, input, seeded);
    // The key comes last: it is by this row that the next start knows the demo to be complete.
    await createServerKey(db, seeded, input.secrets.serverKey);
    return seeded;
  } finally {
    await db.$disconnect();
  }
}

/** What was seeded under this key, when its seed came to its end. */
export async function findSeeded(db: Db, serverKey: string): Promise<Seeded | null> {
  const row = await db.apiKey.findUnique({ where: { keyHash: new Uint8Array(hashApiKey(serverKey)) } });
  return row === null ? null : { organizationId: row.organizationId, workspaceId: row.workspaceId };
}

/** A customer with one workspace. */
export async function createOrganization(db: Db, name: string, workspaceName: string): Promise<Seeded> {
  const organization = await db.organization.create({ data: { name } });
  const workspace = await db.workspace.create({
    data: { organizationId: organization.id, name: workspaceName },
  });
  return { organizationId: organization.id, workspaceId: workspace.id };
}

export async function createServerKey(db: Db, seeded: Seeded, serverKey: string): Promise<void> {
  await db.apiKey.create({
    data: {
      ...seeded,
      kind: 'server',
      name: 'Demo traffic',
      keyHash: new Uint8Array(hashApiKey(serverKey)),
      last4: serverKey.slice(-4),
    },
  });
}

async function createLogins(db: Db, input: SeedInput, organizationId: string): Promise<void> {
  for (const login of input.secrets.logins) {
    const data = {
      name: login.name,
      role: login.role,
      organizationId: login.role.startsWith('customer_') ? organizationId : null,
      passwordHash: await hashPassword(login.password),
    };
    await db.user.upsert({
      where: { email: login.email },
      create: { email: login.email, ...data },
      update: data,
    });
  }
}

async function createDemoRouting(db: Db, input: SeedInput, seeded: Seeded): Promise<void> {
  const ctx = await adminCtx(db, input.secrets.sealPublicKey, [input.objectStore.endpoint]);
  const { routing } = await createRouting({
    ctx,
    input: {
      organizationId: seeded.organizationId,
      workspaceId: seeded.workspaceId,
      name: 'Aurora events',
      endpoint: input.objectStore.endpoint,
      bucket: input.objectStore.bucket,
      region: input.objectStore.region,
      prefix: PREFIX,
      accessKeyId: input.secrets.objectStore.accessKeyId,
      secretAccessKey: input.secrets.objectStore.secretAccessKey,
      kmsKeyArn: '',
      dataTypes: ['events', 'sync_aliases', 'segment'],
      promiseSeconds: 60,
      flushIntervalMs: 10_000,
    },
  });
  await startRouting({ ctx, input: { routingId: routing.id, withoutCheck: true } });
}

/** The context of the demo's admin, for work that a script does in their name. */
export async function adminCtx(
  db: Db,
  sealPublicKey: string,
  allowedEndpoints: readonly string[],
): Promise<Ctx> {
  const { id, name, email } = await db.user.findFirstOrThrow({ where: { role: 'admin' } });
  const actor = { kind: 'user', userId: id, name, email, role: 'admin', organizationId: null } as const;
  return { db, actor, sealer: createSealer(sealPublicKey), allowedEndpoints, requestId: randomUUID() };
}
