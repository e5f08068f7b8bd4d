import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword } from '@/lib/platform/password';
import { checkSession } from '@/lib/services/session/check';
import { revokeOtherSessions } from '@/lib/services/session/revoke-others';
import { signIn } from '@/lib/services/session/sign-in';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { waitUntil } from '@/lib/testing/wait-until';
import { changePassword } from './change-password';
import { getTimeZone } from './get-time-zone';
import { setTimeZone } from './set-time-zone';

const OLD = 'correct horse battery';
const NEW = 'staple in the stable';
let database: TestDatabase;
let people: CtxFactory;
let passwordHash: string;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  passwordHash = await hashPassword(OLD);
});
afterAll(() => database.close());

async function makePerson() {
  const ctx = await people.ctxOf('ops');
  await database.db.user.update({ where: { id: ctx.actor.userId }, data: { passwordHash } });
  const enter = async (password: string) => {
    const input = { email: ctx.actor.email, password, userAgent: 'Test' };
    return (await signIn({ ctx: database, input })).sessionId;
  };
  const change = (input: Partial<Parameters<typeof changePassword>[0]['input']>) =>
    changePassword({
      ctx,
      input: { currentPassword: OLD, newPassword: NEW, sessionId: randomUUID(), ...input },
    });
  return { ctx, enter, change };
}

const works = async (sessionId: string) =>
  (await checkSession({ ctx: database, input: { sessionId } })) !== null;

describe('changing the password', () => {
  test('lets the new one in, keeps the old one out and ends every other session, recorded once', async () => {
    const { ctx, enter, change } = await makePerson();
    const [mine, other, third] = [await enter(OLD), await enter(OLD), await enter(OLD)];
    expect(await change({ sessionId: mine })).toEqual({ endedSessions: 2 });
    expect([await works(mine), await works(other), await works(third)]).toEqual([true, false, false]);
    expect(await codeOf(enter(OLD))).toBe('UNAUTHENTICATED');
    expect(await works(await enter(NEW))).toBe(true);
    const audit = await database.db.auditEvent.findMany({ where: { action: 'user.change-password' } });
    expect(audit).toMatchObject([{ target: `user:${ctx.actor.userId}`, detail: { endedSessions: 2 } }]);
    expect(JSON.stringify(audit.map(({ detail }) => detail))).not.toContain(NEW);
  });

  test('needs the current one, and names the field', async () => {
    const { enter, change } = await makePerson();
    await expect(change({ currentPassword: 'wrong' })).rejects.toMatchObject({
      code: 'VALIDATION',
      issues: [{ field: 'currentPassword' }],
    });
    expect(await works(await enter(OLD))).toBe(true);
  });

  test('refuses the e-mail address and what is too short', async () => {
    const { ctx, change } = await makePerson();
    const issueOf = (newPassword: string) =>
      expect(change({ newPassword })).rejects.toMatchObject({ issues: [{ field: 'newPassword' }] });
    await issueOf(ctx.actor.email.toUpperCase());
    await issueOf('short');
  });

  test('is stopped after ten wrong tries, also with the right one', async () => {
    const { change } = await makePerson();
    for (let tries = 0; tries < 10; tries += 1)
      expect(await codeOf(change({ currentPassword: 'wrong' }))).toBe('VALIDATION');
    expect(await codeOf(change({}))).toBe('LIMIT');
  });

  test('is won by one of two at the same moment', async () => {
    const { change } = await makePerson();
    const codes = await Promise.all([codeOf(change({})), codeOf(change({ newPassword: `${NEW} 2` }))]);
    expect(codes.filter((code) => code === 'none')).toHaveLength(1);
  });

  test('lets no sign-in with the old one slip through while it is under way', async () => {
    const { ctx, enter } = await makePerson();
    const change = await database.sql.connect();
    try {
      await change.query('BEGIN');
      await change.query(`UPDATE "user" SET password_hash = 'another' WHERE id = $1`, [ctx.actor.userId]);
      const code = codeOf(enter(OLD));
      await waitUntil('the sign-in waits for the change', async () => {
        const { rows } = await database.sql.query(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return rows.length > 0;
      });
      await change.query('COMMIT');
      expect(await code).toBe('UNAUTHENTICATED');
    } finally {
      change.release();
    }
  });

  test('is not for tokens', async () => {
    const { ctx } = await makePerson();
    const asToken = { ...ctx, actor: { ...ctx.actor, kind: 'api_token' as const } };
    const input = { currentPassword: OLD, newPassword: NEW, sessionId: randomUUID() };
    expect(await codeOf(changePassword({ ctx: asToken, input }))).toBe('FORBIDDEN');
    expect(await codeOf(setTimeZone({ ctx: asToken, input: { timeZone: 'UTC' } }))).toBe('FORBIDDEN');
  });
});

test('all other sessions end together, those of other people go on', async () => {
  const [me, neighbour] = [await makePerson(), await makePerson()];
  const [mine, other, theirs] = [await me.enter(OLD), await me.enter(OLD), await neighbour.enter(OLD)];
  expect(await revokeOtherSessions({ ctx: me.ctx, input: { sessionId: mine } })).toEqual({
    endedSessions: 1,
  });
  expect([await works(mine), await works(other), await works(theirs)]).toEqual([true, false, true]);
});

test('a time zone is chosen, kept and recorded; one that does not exist is refused', async () => {
  const { ctx } = await makePerson();
  expect(await getTimeZone({ ctx })).toBe('UTC');
  await setTimeZone({ ctx, input: { timeZone: 'Europe/Berlin' } });
  expect(await getTimeZone({ ctx })).toBe('Europe/Berlin');
  expect(await codeOf(setTimeZone({ ctx, input: { timeZone: 'Middle/Earth' } }))).toBe('VALIDATION');
  expect(await database.db.auditEvent.count({ where: { action: 'user.set-time-zone' } })).toBe(1);
});
