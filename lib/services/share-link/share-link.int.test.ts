import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  SHARE_LINKS_MAX,
  SHARE_READS_PER_MINUTE,
  SHARE_TRIES_PER_WINDOW,
  SHARE_WINDOW_SECONDS,
} from '@/lib/domain/share-link/limits';
import type { Ctx } from '@/lib/services/context';
import { type CtxFactory, createCtxFactory, TEST_SECRET } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { fillRateLimit } from '@/lib/testing/fill-rate-limit';
import { createTestRouting, type TestRouting } from '@/lib/testing/routing';
import { createTenant } from '@/lib/testing/tenant';
import { createShareLink } from './create';
import { listShareLinks } from './list';
import { openShareLink } from './open';
import { readSharedStatus } from './read-page';
import { revokeShareLink } from './revoke';

const ORIGIN = 'https://sluice.vendor.example';
const BUCKET = 'aurora-secret-bucket';
const KEY_ID = 'AKIAIOSFODNN7EXAMPLE';
const ERROR_TEXT = 'arn:aws:iam::123456789012:user/delivery is not authorized to perform s3:PutObject';

let database: TestDatabase;
let people: CtxFactory;
let routing: TestRouting;
let owner: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  routing = await makeRouting();
  owner = await people.ctxOf('customer_admin', routing.tenant);
});
afterAll(() => database.close());

/** Blocked with AWS's words, with a file in its bucket: something to give away everywhere. */
async function makeRouting(): Promise<TestRouting> {
  const { sql } = database;
  const place = { endpoint: '', bucket: BUCKET, region: 'eu-west-1' };
  const store = { ...place, accessKeyId: KEY_ID, secretAccessKey: TEST_SECRET };
  const made = await createTestRouting({ sql, store, prefix: 'hidden-prefix/' });
  await sql.query(
    `UPDATE routing SET lifecycle = 'active', health = 'blocked', health_cause = $2 WHERE id = $1`,
    [made.routingId, 'AccessDenied'],
  );
  await sql.query(
    `WITH c AS (
       INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows,
         raw_bytes, body_bytes, state, committed_at)
       SELECT organization_id, routing_id, id, 1, 1, 0, 0, 'age', 1, 1, 1, 'committed', now()
       FROM lane WHERE routing_id = $1 RETURNING *), f AS (
     INSERT INTO file (id, organization_id, routing_id, cut_id, position, endpoint, bucket, key, type, lo, hi, kind,
       rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state, gzip_bytes, delivered_at)
     SELECT $2, organization_id, routing_id, id, 0, '', $3, 'hidden-prefix/type=events/k', 'events', 0, 0, 'stitched',
       1, 1, 1, now(), now(), 1, 'delivered', 1, now() FROM c RETURNING *)
     INSERT INTO attempt (organization_id, routing_id, file_id, generation, number, worker_id, deadline_at, outcome, http_status, code, message)
     SELECT organization_id, routing_id, id, 1, 1, 'w1', now(), 'refused', 403, 'AccessDenied', $4 FROM f`,
    [made.routingId, randomUUID(), BUCKET, ERROR_TEXT],
  );
  return made;
}

async function makeLink(of = routing) {
  const { shareLink, address } = await createShareLink({
    ctx: owner,
    input: { routingId: of.routingId },
    origin: ORIGIN,
  });
  return { linkId: shareLink.id, token: new URL(address).hash.slice(1), address, shareLink };
}

const read = (page: { linkId: string; token: string }) =>
  readSharedStatus({ ctx: owner, page, now: new Date() });
const open = (page: { linkId: string; token: string }, address: string = randomUUID()) =>
  openShareLink({ ctx: database, input: { ...page, address } });
const refused = { code: 'NOT_FOUND', message: 'This link does not work, or does not work any more.' };

describe('a shared status', () => {
  test('tells the closed list of fields and nothing else', async () => {
    const { linkId, token } = await makeLink();
    const status = await read({ linkId, token });
    expect(Object.keys(status).sort()).toEqual(
      [
        ...['day', 'expiresAt', 'flushIntervalMs', 'freshnessMs', 'hours', 'label', 'lastFile', 'latency'],
        ...['organizationName', 'pendingRows', 'promiseSeconds', 'routingName', 'stateSince'],
      ].sort(),
    );
    expect(Object.keys(status.latency).sort()).toEqual(
      ['from', 'points', 'promiseMs', 'states', 'stepMs', 'to', 'total'].sort(),
    );
    expect(Object.keys(status.latency.points[0] ?? {}).sort()).toEqual(
      ['at', 'files', 'isDemo', 'p50Ms', 'p95Ms', 'p99Ms', 'rows'].sort(),
    );
    expect(Object.keys(status.hours[0] ?? {}).sort()).toEqual(['hour', 'state']);
    expect(Object.keys(status.lastFile ?? {}).sort()).toEqual(['deliveredAt', 'rows']);
    expect(status.label).toBe('blocked');
  });

  test('names no bucket, prefix, account, key, error text, cause, id or person', async () => {
    const { linkId, token } = await makeLink();
    const told = JSON.stringify(await read({ linkId, token }));
    const { organizationId, workspaceId } = routing.tenant;
    const hidden = [
      ...[BUCKET, 'hidden-prefix', 'type=events', KEY_ID, KEY_ID.slice(-4), '123456789012', 'AccessDenied'],
      ...['not authorized', 'eu-west-1', organizationId, workspaceId, routing.routingId, owner.actor.name],
    ];
    expect(hidden.filter((text) => told.includes(text))).toEqual([]);
  });
});

describe('a share link', () => {
  test('works for seven days at most, by default and when more is asked for', async () => {
    const { shareLink } = await makeLink();
    const lifeMs = Date.parse(shareLink.expiresAt) - Date.parse(shareLink.createdAt);
    expect(lifeMs).toBe(7 * 86_400_000);
    for (const lifeDays of [0, 8, 1.5, 'forever', -1]) {
      const input = { routingId: routing.routingId, lifeDays };
      await expect(createShareLink({ ctx: owner, input, origin: ORIGIN })).rejects.toMatchObject({
        code: 'VALIDATION',
      });
    }
    const longer = `UPDATE share_link SET expires_at = now() + interval '8 days' WHERE id = $1`;
    await expect(database.sql.query(longer, [shareLink.id])).rejects.toMatchObject({ code: '23514' });
  });

  test('keeps its token nowhere: neither the row nor the list nor the audit can open it', async () => {
    const { token, linkId, address } = await makeLink();
    expect(address).toBe(`${ORIGIN}/s/${linkId}#${token}`);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const { rows } = await database.sql.query(
      'SELECT to_jsonb(s)::text AS kept FROM share_link s WHERE id = $1',
      [linkId],
    );
    const audit = await database.db.auditEvent.findMany({ where: { action: 'share-link.create' } });
    const list = await listShareLinks({ ctx: owner, input: { routingId: routing.routingId } });
    const kept = `${JSON.stringify(rows)}${JSON.stringify(audit.map(({ detail }) => detail))}${JSON.stringify(list)}`;
    expect(kept).not.toContain(token);
    expect(kept).toContain(linkId);
  });

  test('ends at once when it is revoked, and by itself when its time is up; both in the same words', async () => {
    const link = await makeLink();
    await expect(open(link)).resolves.toMatchObject({});
    await revokeShareLink({ ctx: owner, input: { routingId: routing.routingId, linkId: link.linkId } });
    await expect(read(link)).rejects.toMatchObject(refused);
    await expect(open(link)).rejects.toMatchObject(refused);
    const other = await makeLink();
    await database.sql.query(
      `UPDATE share_link SET created_at = now() - interval '7 days', expires_at = now() - interval '1 second' WHERE id = $1`,
      [other.linkId],
    );
    await expect(read(other)).rejects.toMatchObject(refused);
    const { shareLinks } = await listShareLinks({ ctx: owner, input: {} });
    const states = new Map(shareLinks.map(({ id, state }) => [id, state]));
    expect([states.get(link.linkId), states.get(other.linkId)]).toEqual(['revoked', 'expired']);
  });

  test('opens with its own token only', async () => {
    const [one, other] = [await makeLink(), await makeLink()];
    for (const token of [other.token, '', 'x', randomBytes(32).toString('base64url'), `${one.token}=`]) {
      await expect(read({ linkId: one.linkId, token })).rejects.toMatchObject(refused);
    }
    for (const linkId of [randomUUID(), 'x', "' OR 1=1 --"])
      await expect(read({ linkId, token: one.token })).rejects.toMatchObject(refused);
  });

  test('is made and revoked in the audit', async () => {
    const { linkId } = await makeLink();
    await revokeShareLink({ ctx: owner, input: { routingId: routing.routingId, linkId } });
    const events = await database.db.auditEvent.findMany({
      where: { action: { startsWith: 'share-link.' }, detail: { path: ['linkId'], equals: linkId } },
      orderBy: { id: 'asc' },
    });
    const by = `user:${owner.actor.userId}`;
    expect(events.map(({ action, actor }) => [action, actor])).toEqual([
      ['share-link.create', by],
      ['share-link.revoke', by],
    ]);
  });

  test.each(['admin', 'technical_services', 'ops', 'customer_viewer'] as const)(
    'is made, listed and revoked by no %s',
    async (role) => {
      const ctx = await people.ctxOf(role, routing.tenant);
      const { linkId } = await makeLink();
      const { routingId } = routing;
      const forbidden = { code: 'FORBIDDEN' };
      await expect(createShareLink({ ctx, input: { routingId }, origin: ORIGIN })).rejects.toMatchObject(
        forbidden,
      );
      await expect(listShareLinks({ ctx, input: {} })).rejects.toMatchObject(forbidden);
      await expect(revokeShareLink({ ctx, input: { routingId, linkId } })).rejects.toMatchObject(forbidden);
    },
  );

  test('of another organization’s routing is neither made nor seen nor revoked', async () => {
    const ctx = await people.ctxOf('customer_admin', await createTenant(database.sql));
    const { linkId } = await makeLink();
    const { routingId } = routing;
    const missing = { code: 'NOT_FOUND' };
    await expect(createShareLink({ ctx, input: { routingId }, origin: ORIGIN })).rejects.toMatchObject(
      missing,
    );
    await expect(listShareLinks({ ctx, input: { routingId } })).rejects.toMatchObject(missing);
    await expect(revokeShareLink({ ctx, input: { routingId, linkId } })).rejects.toMatchObject(missing);
    expect(await listShareLinks({ ctx, input: {} })).toEqual({ shareLinks: [] });
  });
});

describe('guessing and hammering', () => {
  test('one address tries sixty times in a quarter of an hour', async () => {
    const link = await makeLink();
    const guess = { linkId: link.linkId, token: randomBytes(32).toString('base64url') };
    const subject = 'share-link:address:192.0.2.1';
    const almost = { subject, windowSeconds: SHARE_WINDOW_SECONDS, hits: SHARE_TRIES_PER_WINDOW - 1 };
    await fillRateLimit(database.sql, almost);
    await expect(open(guess, '192.0.2.1')).rejects.toMatchObject(refused);
    await fillRateLimit(database.sql, { ...almost, hits: SHARE_TRIES_PER_WINDOW });
    await expect(open(guess, '192.0.2.1')).rejects.toMatchObject({ code: 'LIMIT' });
    await expect(open(link, '192.0.2.2')).resolves.toMatchObject({});
  });

  test('one link is read so often in a minute, and others go on', async () => {
    const [link, other] = [await makeLink(), await makeLink()];
    const subject = `share-link:read:${link.linkId}`;
    await fillRateLimit(database.sql, { subject, windowSeconds: 60, hits: SHARE_READS_PER_MINUTE });
    await expect(read(link)).rejects.toMatchObject({ code: 'LIMIT' });
    await expect(read(other)).resolves.toMatchObject({ label: 'blocked' });
  });

  test('of one routing only so many links work at once', async () => {
    const busy = await createTestRouting({
      sql: database.sql,
      tenant: routing.tenant,
      store: {
        endpoint: '',
        bucket: BUCKET,
        region: 'eu-west-1',
        accessKeyId: KEY_ID,
        secretAccessKey: TEST_SECRET,
      },
    });
    for (let count = 0; count < SHARE_LINKS_MAX; count += 1) await makeLink(busy);
    await expect(makeLink(busy)).rejects.toMatchObject({ code: 'LIMIT' });
  });
});
