import { randomBytes, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  LOOK_LINES_MAX,
  LOOK_UNPACKED_BYTES_MAX,
  LOOK_WINDOW_SECONDS,
  LOOKS_PER_WINDOW,
} from '@/lib/domain/event-look/limits';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createLogger } from '@/lib/platform/logger';
import { createStartReader } from '@/lib/platform/object-store/start-reader';
import type { Ctx } from '@/lib/services/context';
import { createDeliveryLedger } from '@/lib/services/delivery/create-delivery-ledger';
import { forgetEventLooks } from '@/lib/services/event-look/forget';
import { readEventLook } from '@/lib/services/event-look/read';
import { requestEventLook } from '@/lib/services/event-look/request';
import { type CtxFactory, createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { makeDeliveredFiles } from '@/lib/testing/delivered-files';
import { fillRateLimit } from '@/lib/testing/fill-rate-limit';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { createTestRouting, type TestRouting } from '@/lib/testing/routing';
import { createTenant } from '@/lib/testing/tenant';
import { lookRound } from './create-event-look-service';

let database: TestDatabase;
let store: TestObjectStore;
let people: CtxFactory;
let routing: TestRouting;
let customer: Ctx;
const reader = createStartReader();
beforeAll(async () => {
  database = await createTestDatabase();
  store = await startTestObjectStore();
  people = createCtxFactory(database);
  routing = await createTestRouting({ sql: database.sql, store });
  customer = await people.ctxOf('customer_viewer', routing.tenant);
});
afterAll(async () => {
  reader.close();
  await store.close();
  await database.close();
});

/** A delivered file with these bytes in the bucket. */
async function fileOf(body: Buffer): Promise<{ fileId: string; key: string }> {
  const { sql } = database;
  const log = createPostgresEventLog({ sql });
  const hourMs = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  const [file] = await makeDeliveredFiles({ sql, log, store, routing }, { count: 1, hourMs });
  if (file === undefined) throw new Error('No file was made');
  await store.client.send(new PutObjectCommand({ Bucket: store.bucket, Key: file.key, Body: body }));
  return file;
}

function round(): Promise<void> {
  const { sql } = database;
  return lookRound({
    ...{ sql, reader, ledger: createDeliveryLedger(sql), logger: createLogger('worker', 'silent') },
    openCredential: (row) => people.opener.openCredential(row),
    roles: { forget: () => undefined },
  });
}

async function look(body: Buffer, ctx = customer) {
  const { fileId, key } = await fileOf(body);
  const { lookId } = await requestEventLook({ ctx, input: { fileId } });
  await round();
  return { fileId, key, lookId, view: await readEventLook({ ctx, input: { lookId } }) };
}

const lines = (count: number) => Array.from({ length: count }, (_, at) => JSON.stringify({ at }));
const packed = (texts: readonly string[]) => gzipSync(`${texts.join('\n')}\n`);

describe('the first lines of a file', () => {
  test('come from the customer’s bucket, all of them when there are few', async () => {
    expect((await look(packed(lines(3)))).view).toEqual({ state: 'read', lines: lines(3), isCut: false });
  });

  test('are never more than twenty, out of one request for 64 KiB', async () => {
    const noise = Array.from({ length: 5_000 }, () =>
      JSON.stringify({ noise: randomBytes(30).toString('hex') }),
    );
    const body = packed(noise);
    expect(body.length).toBeGreaterThan(64 * 1_024);
    const { view, key } = await look(body);
    expect(view).toEqual({ state: 'read', lines: noise.slice(0, LOOK_LINES_MAX), isCut: true });
    const seen = store.control.seenRequests.list({ key, operation: 'GetObject' });
    expect(seen).toHaveLength(1);
  });

  test('of a file that unpacks without end are cut at 256 KiB, and said to be', async () => {
    const { view } = await look(gzipSync(Buffer.alloc(40 * 1_024 * 1_024, 'a')));
    if (view.state !== 'read') throw new Error(view.state);
    expect([view.lines.length, view.lines[0]?.length, view.isCut]).toEqual([
      1,
      LOOK_UNPACKED_BYTES_MAX,
      true,
    ]);
  });

  test.each([
    ['no gzip', Buffer.from('<script>alert(1)</script>'), 'NotGzip'],
    ['gzip that breaks off in its head', gzipSync('x').subarray(0, 5), null],
  ])('of %s are no lines', async (_, body, code) => {
    const { view } = await look(body);
    if (code === null) expect(view).toMatchObject({ state: 'read', lines: [''] });
    else expect(view).toMatchObject({ state: 'refused', code });
  });

  test('that AWS refuses are told with its words and without a key', async () => {
    const { fileId, key } = await fileOf(packed(lines(1)));
    await store.control.deny({
      accessKeyId: store.accessKeyId,
      action: 's3:GetObject',
      bucket: store.bucket,
      prefix: key,
    });
    const { lookId } = await requestEventLook({ ctx: customer, input: { fileId } });
    await round();
    const view = await readEventLook({ ctx: customer, input: { lookId } });
    expect(view).toMatchObject({ state: 'refused', code: 'AccessDenied' });
    expect(JSON.stringify(view)).not.toContain(store.secretAccessKey);
  });
});

describe('event lines are for the customer’s own people', () => {
  test.each(['admin', 'technical_services', 'ops'] as const)(
    '%s may not ask, and nothing is read',
    async (role) => {
      const { fileId } = await fileOf(packed(lines(1)));
      const ctx = await people.ctxOf(role);
      await expect(requestEventLook({ ctx, input: { fileId } })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      const { lookId } = await requestEventLook({ ctx: customer, input: { fileId } });
      await expect(readEventLook({ ctx, input: { lookId } })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    },
  );

  test('another organization’s people find neither the file nor what was read of it', async () => {
    const stranger = await people.ctxOf('customer_admin', await createTenant(database.sql));
    const { fileId, lookId } = await look(packed(lines(1)));
    await expect(requestEventLook({ ctx: stranger, input: { fileId } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(readEventLook({ ctx: stranger, input: { lookId } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('what one of them asked for, a colleague does not see', async () => {
    const colleague = await people.ctxOf('customer_admin', routing.tenant);
    const { lookId } = await look(packed(lines(1)));
    await expect(readEventLook({ ctx: colleague, input: { lookId } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('who asked stands in the audit before anything is read', async () => {
    const { fileId, key } = await fileOf(packed(lines(1)));
    await requestEventLook({ ctx: customer, input: { fileId } });
    const [event] = await database.db.auditEvent.findMany({
      where: { action: 'routing.read_lines', target: `routing:${routing.routingId}` },
      orderBy: { id: 'desc' },
      take: 1,
    });
    expect(event).toMatchObject({ actor: `user:${customer.actor.userId}`, detail: { fileId, key } });
  });

  test('it is gone within five minutes, from the page at once and from the table with the next turn', async () => {
    const { lookId } = await look(packed(lines(1)));
    const { sql } = database;
    const { rows } = await sql.query<{ life: number }>(
      'SELECT extract(epoch FROM expires_at - requested_at)::int AS life FROM event_look WHERE id = $1',
      [lookId],
    );
    expect(rows[0]?.life).toBeLessThanOrEqual(300);
    const past = `UPDATE event_look SET requested_at = now() - interval '5 minutes', expires_at = now() - interval '1 second' WHERE id = $1`;
    await sql.query(past, [lookId]);
    await expect(readEventLook({ ctx: customer, input: { lookId } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await forgetEventLooks(sql)).toBeGreaterThan(0);
    expect((await sql.query('SELECT 1 FROM event_look WHERE id = $1', [lookId])).rows).toEqual([]);
  });

  test('event lines lie in no write-ahead log', async () => {
    const { rows } = await database.sql.query<{ kept: string }>(
      `SELECT relpersistence::text AS kept FROM pg_class WHERE oid = 'event_look'::regclass`,
    );
    expect(rows).toEqual([{ kept: 'u' }]);
  });

  test('one person looks thirty times in five minutes and not more often', async () => {
    const greedy = await people.ctxOf('customer_viewer', routing.tenant);
    const asking = { ctx: greedy, input: { fileId: randomUUID() } };
    const subject = `event-look:${greedy.actor.userId}`;
    const almost = { subject, windowSeconds: LOOK_WINDOW_SECONDS, hits: LOOKS_PER_WINDOW - 1 };
    await fillRateLimit(database.sql, almost);
    await expect(requestEventLook(asking)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await fillRateLimit(database.sql, { ...almost, hits: LOOKS_PER_WINDOW });
    await expect(requestEventLook(asking)).rejects.toMatchObject({ code: 'LIMIT' });
  });
});
