import { randomUUID } from 'node:crypto';
import type { Actor, Role } from '@/lib/domain/access/actor';
import type { CreateRoutingInput } from '@/lib/domain/routing/input';
import { createOpener, type Opener } from '@/lib/platform/secret-box/opener';
import { createSealer } from '@/lib/platform/secret-box/sealer';
import type { Ctx } from '@/lib/services/context';
import type { TestDatabase } from './database';
import { testSealKeyPair } from './routing';
import type { TestTenant } from './tenant';

export const TEST_ENDPOINT = 'http://127.0.0.1:9';
export const TEST_SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
export const TEST_ACCESS_KEY_ID = 'AKIAIOSFODNN7EXAMPLE';

export interface CtxFactory {
  /** What a worker would open the suite's credentials with. */
  readonly opener: Opener;
  /** A new person of this role; a customer's role needs the tenant the person belongs to. */
  ctxOf(role: Role, tenant?: TestTenant): Promise<Ctx>;
}

/** Makes people and their contexts in the suite's own database. Nobody made here has a password that works. */
export function createCtxFactory(database: TestDatabase): CtxFactory {
  const keys = testSealKeyPair();
  const sealer = createSealer(keys.publicKeyPem);
  return {
    opener: createOpener(keys.privateKeyPem),
    async ctxOf(role, tenant) {
      const organizationId = role.startsWith('customer_') ? (tenant?.organizationId ?? null) : null;
      const userId = randomUUID();
      const person = { name: `Person ${userId.slice(0, 8)}`, email: `${userId}@example.test`, role };
      await database.db.user.create({ data: { id: userId, ...person, organizationId, passwordHash: '' } });
      const actor: Actor = { kind: 'user', userId, ...person, organizationId };
      return {
        db: database.db,
        actor,
        sealer,
        allowedEndpoints: [TEST_ENDPOINT],
        requestId: randomUUID(),
      };
    },
  };
}

/** The input of a routing that is valid in every field. */
export function routingInput(tenant: TestTenant): CreateRoutingInput {
  return {
    ...tenant,
    name: 'Main site',
    endpoint: '',
    bucket: 'aurora-events',
    region: 'eu-west-1',
    prefix: 'sluice/',
    kmsKeyArn: '',
    dataTypes: ['events', 'sync_aliases'],
    promiseSeconds: 300,
    flushIntervalMs: 60_000,
    accessKeyId: TEST_ACCESS_KEY_ID,
    secretAccessKey: TEST_SECRET,
  };
}
