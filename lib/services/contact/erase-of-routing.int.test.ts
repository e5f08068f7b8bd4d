import { afterAll, beforeAll, expect, test } from 'vitest';
import { archiveRouting } from '@/lib/services/routing/archive';
import { createRouting } from '@/lib/services/routing/create';
import { createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant } from '@/lib/testing/tenant';
import { setWebhook } from './set-webhook';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
}, 120_000);
afterAll(() => database.close());

test('a routing that is archived keeps no webhook, no sealed mail, and nothing that waits to be told', async () => {
  const tenant = await createTenant(database.sql);
  const ctx = await createCtxFactory(database).ctxOf('admin');
  const { routing } = await createRouting({ ctx, input: routingInput(tenant) });
  const routingId = routing.id;
  await setWebhook({ ctx, input: { routingId, url: 'https://hooks.aurora.example/' } });
  await database.sql.query(
    `INSERT INTO notice (organization_id, routing_id, kind, channel, recipient, facts, payload_sealed)
     VALUES ($1, $2, 'hand_over_link', 'mail', 'iam@aurora.example', '{}', 'sealed')`,
    [tenant.organizationId, routingId],
  );
  await archiveRouting({ ctx, input: { routingId, name: routing.name, reason: 'The contract has ended' } });
  expect(await database.db.webhook.count({ where: { routingId } })).toBe(0);
  expect(await database.db.notice.findMany({ where: { routingId } })).toMatchObject([
    { state: 'given_up', cause: 'routing_ended', payloadSealed: null },
  ]);
});
