import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { hashPassword } from '@/lib/platform/password';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { checkSession } from './check';
import { deleteExpiredSessions } from './delete-expired';
import { listSessions } from './list';
import { revokeSession } from './revoke';
import { signIn } from './sign-in';

const PASSWORD = 'correct horse battery';
let database: TestDatabase;
let people: CtxFactory;
let passwordHash: string;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  passwordHash = await hashPassword(PASSWORD);
});
afterAll(() => database.close());

async function makePerson() {
  const ctx = await people.ctxOf('ops');
  await database.db.user.update({ where: { id: ctx.actor.userId }, data: { passwordHash } });
  const attempt = (password: string, address = `192.0.2.${Math.random()}`) =>
    signIn({ ctx: database, input: { email: ctx.actor.email, password, address, userAgent: 'Test' } });
  return { ctx, attempt };
}

describe('signing in', () => {
  test('with the right password opens a session that names the person, and is recorded', async () => {
    const { ctx, attempt } = await makePerson();
    const { sessionId } = await attempt(PASSWORD);
    expect(await checkSession({ ctx: database, input: { sessionId } })).toEqual(ctx.actor);
    const { sessions } = await listSessions({ ctx });
    expect(sessions).toMatchObject([{ id: sessionId, userAgent: 'Test' }]);
    const audit = await database.db.auditEvent.findMany({ where: { target: `user:${ctx.actor.userId}` } });
    expect(audit.map(({ action }) => action)).toEqual(['session.sign-in']);
  });

  test('takes the address in any case and with spaces around it', async () => {
    const { ctx } = await makePerson();
    const input = { email: ` ${ctx.actor.email.toUpperCase()} `, password: PASSWORD };
    expect((await signIn({ ctx: database, input })).actor.userId).toBe(ctx.actor.userId);
  });

  test('answers a wrong password, an unknown and a disabled account with the same sentence', async () => {
    const { attempt } = await makePerson();
    const disabled = await makePerson();
    await database.db.user.update({
      where: { id: disabled.ctx.actor.userId },
      data: { disabledAt: new Date() },
    });
    const unknown = { email: 'nobody@example.test', password: PASSWORD };
    const answers = await Promise.allSettled([
      attempt('wrong'),
      disabled.attempt(PASSWORD),
      signIn({ ctx: database, input: unknown }),
    ]);
    const sentences = answers.map((answer) =>
      answer.status === 'rejected' ? String(answer.reason) : 'signed in',
    );
    expect(new Set(sentences).size).toBe(1);
    expect(sentences[0]).toContain('not right');
  });

  test('of one account is limited, also for parallel tries and the right password, and says how long to wait', async () => {
    const { attempt } = await makePerson();
    const codes = await Promise.all(Array.from({ length: 14 }, () => codeOf(attempt('wrong'))));
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(10);
    expect(codes.filter((code) => code === 'LIMIT')).toHaveLength(4);
    const error = await attempt(PASSWORD).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).retryAfterSeconds).toBeGreaterThan(0);
    await database.sql.query(`UPDATE rate_limit SET window_start = window_start - interval '15 minutes'`);
    expect(await codeOf(attempt(PASSWORD))).toBe('none');
  });

  test('from one address is limited over all accounts', async () => {
    const address = '198.51.100.7';
    const attempt = () =>
      signIn({ ctx: database, input: { email: `${randomUUID()}@example.test`, password: 'x', address } });
    await database.sql.query(
      `INSERT INTO rate_limit VALUES ($1, to_timestamp(floor(extract(epoch FROM now()) / 900) * 900), 99)`,
      [`sign-in:address:${address}`],
    );
    expect([await codeOf(attempt()), await codeOf(attempt())]).toEqual(['UNAUTHENTICATED', 'LIMIT']);
  });

  test('that succeeds forgives the tries before it', async () => {
    const { attempt } = await makePerson();
    for (let n = 0; n < 9; n += 1) await codeOf(attempt('wrong'));
    expect(await codeOf(attempt(PASSWORD))).toBe('none');
    expect(await codeOf(attempt('wrong'))).toBe('UNAUTHENTICATED');
  });
});

describe('a session', () => {
  async function openSession() {
    const person = await makePerson();
    const { sessionId } = await person.attempt(PASSWORD);
    const check = () => checkSession({ ctx: database, input: { sessionId } });
    expect(await check()).not.toBeNull();
    return { ...person, sessionId, check };
  }

  test.each([
    ['an hour without a request', `last_seen_at = now() - interval '60 minutes'`],
    ['twelve hours', 'expires_at = now()'],
    ['its revocation', 'revoked_at = now()'],
  ])('ends after %s', async (_, change) => {
    const { sessionId, check, ctx } = await openSession();
    await database.sql.query(`UPDATE session SET ${change} WHERE jti = $1`, [sessionId]);
    expect(await check()).toBeNull();
    expect((await listSessions({ ctx })).sessions).toEqual([]);
  });

  test('lives for twelve hours from the sign-in, however busy it is', async () => {
    const { sessionId, check } = await openSession();
    await database.sql.query(
      `UPDATE session SET last_seen_at = now() - interval '59 minutes' WHERE jti = $1`,
      [sessionId],
    );
    expect(await check()).not.toBeNull();
    const { rows } = await database.sql.query<{ seen: boolean; hours: number }>(
      `SELECT last_seen_at > now() - interval '1 minute' AS seen,
        extract(epoch FROM expires_at - created_at)::float8 / 3600 AS hours FROM session WHERE jti = $1`,
      [sessionId],
    );
    expect(rows[0]?.seen).toBe(true);
    expect(rows[0]?.hours).toBeCloseTo(12, 3);
  });

  test('is not kept alive by an answer that goes on by itself', async () => {
    const { sessionId } = await openSession();
    const setSeen = `UPDATE session SET last_seen_at = now() - interval '59 minutes' WHERE jti = $1`;
    await database.sql.query(setSeen, [sessionId]);
    expect(await checkSession({ ctx: database, input: { sessionId, isRequest: false } })).not.toBeNull();
    const { rows } = await database.sql.query<{ seen: boolean }>(
      `SELECT last_seen_at > now() - interval '58 minutes' AS seen FROM session WHERE jti = $1`,
      [sessionId],
    );
    expect(rows).toEqual([{ seen: false }]);
  });

  test('of a disabled account ends at once, and a demotion shows with the next request', async () => {
    const { ctx, check } = await openSession();
    const where = { id: ctx.actor.userId };
    await database.db.user.update({ where, data: { role: 'technical_services' } });
    expect((await check())?.role).toBe('technical_services');
    await database.db.user.update({ where, data: { disabledAt: new Date() } });
    expect(await check()).toBeNull();
  });

  test('can be revoked by its owner only, once, and the revocation is recorded', async () => {
    const { ctx, sessionId, check } = await openSession();
    const stranger = await people.ctxOf('admin');
    expect(await codeOf(revokeSession({ ctx: stranger, input: { sessionId } }))).toBe('NOT_FOUND');
    expect(await check()).not.toBeNull();
    await revokeSession({ ctx, input: { sessionId } });
    expect(await check()).toBeNull();
    expect(await codeOf(revokeSession({ ctx, input: { sessionId } }))).toBe('NOT_FOUND');
    const audit = await database.db.auditEvent.findMany({ where: { target: `user:${ctx.actor.userId}` } });
    expect(audit.map(({ action }) => action).sort()).toEqual(['session.revoke', 'session.sign-in']);
  });

  test('is deleted once it has expired, revoked or not, and not before', async () => {
    const [first, second, third] = [await openSession(), await openSession(), await openSession()];
    await revokeSession({ ctx: second.ctx, input: { sessionId: second.sessionId } });
    const expire = `UPDATE session SET expires_at = now() - interval '1 second' WHERE jti = ANY ($1)`;
    await database.sql.query(expire, [[first.sessionId]]);
    const ids = [first, second, third].map(({ sessionId }) => sessionId);
    const left = async () => (await database.db.session.findMany({ where: { jti: { in: ids } } })).length;
    await deleteExpiredSessions(database.sql);
    expect(await left()).toBe(2);
    await database.sql.query(expire, [[second.sessionId]]);
    await deleteExpiredSessions(database.sql);
    expect(await left()).toBe(1);
    expect(await third.check()).not.toBeNull();
  });
});
