import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HandOverAccessInput } from '@/lib/domain/hand-over/input';
import { LINK_ACCESSES_MAX, LINK_CHECKS_PER_HOUR, LINK_PASSED_ON_MAX } from '@/lib/domain/hand-over/limits';
import { noticeSchema } from '@/lib/domain/notice/notice';
import type { Ctx } from '@/lib/services/context';
import { archiveRouting } from '@/lib/services/routing/archive';
import { createRouting } from '@/lib/services/routing/create';
import { startRouting } from '@/lib/services/routing/start';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory, routingInput, TEST_SECRET } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { beginHandOver } from './begin';
import { checkHandOverAgain } from './check-again';
import { createHandOverLink } from './create';
import { declineHandOver } from './decline';
import { giveHandOverAccess } from './give-access';
import { listHandOverLinks } from './list';
import { noteHandOverFixCopied } from './note-fix-copied';
import { passOnHandOver } from './pass-on';
import { readHandOverPage } from './read-page';
import { retestHandOverRow } from './retest-row';
import { revokeHandOverLink } from './revoke';

const ORIGIN = 'https://sluice.example';
const KEY_IDS = ['AKIAFIRSTFIRSTFIRST0', 'AKIASECONDSECOND0000', 'AKIATHIRDTHIRDTHIRD0'];

let database: TestDatabase;
let people: CtxFactory;
let tenant: TestTenant;
let designer: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  tenant = await createTenant(database.sql);
  designer = await people.ctxOf('technical_services');
});
afterAll(() => database.close());

const ROLE = 'arn:aws:iam::444455556666:role/sluice-delivery';
const withIdentity = () => ({
  ...anonymous(),
  roleWay: { principalArn: 'arn:aws:iam::111122223333:role/sluice-worker', servesOwnStores: true },
});
const anonymous = () => ({ db: database.db, sealer: designer.sealer });

async function makeRouting(): Promise<string> {
  const { accessKeyId, secretAccessKey, ...input } = routingInput(tenant);
  return (await createRouting({ ctx: designer, input })).routing.id;
}

/** A link as whoever got it holds it. */
function read(address: string) {
  const url = new URL(address);
  return { linkId: url.pathname.split('/').at(-1) ?? '', token: url.hash.slice(1), url };
}

async function makeLink(routingId?: string, recipient = 'iam@aurora.example') {
  const id = routingId ?? (await makeRouting());
  const input = { routingId: id, recipient };
  const made = await createHandOverLink({ ctx: designer, input, origin: ORIGIN });
  return { routingId: id, ...read(made.address), view: made.handOverLink };
}

async function begin({ linkId, token }: { linkId: string; token: string }) {
  const { session } = await beginHandOver({ ctx: anonymous(), input: { linkId, token } });
  return { linkId, session };
}

const keys = (accessKeyId: string | undefined, destinationVersion = 1): HandOverAccessInput => ({
  destinationVersion,
  accessKeyId: accessKeyId ?? '',
  secretAccessKey: TEST_SECRET,
});
const give = (page: { linkId: string; session: string }, input = keys(KEY_IDS[0])) =>
  giveHandOverAccess({ ctx: anonymous(), page, input });
const look = (page: { linkId: string; session: string }) => readHandOverPage({ ctx: anonymous(), page });
/** What a check that passes does to the destination it was about. */
const pass = (routingId: string, version: number) =>
  database.db.destination.update({
    where: { routingId_version: { routingId, version } },
    data: { verifiedAt: new Date() },
  });
const passOn = (page: { linkId: string; session: string }, recipient = 'root@aurora.example') =>
  passOnHandOver({ ctx: anonymous(), page, input: { recipient }, origin: ORIGIN });

describe('a new link', () => {
  test('has 256 bits in the fragment of its address and nowhere else, and ends after seven days', async () => {
    const link = await makeLink();
    expect(link.url.origin + link.url.pathname + link.url.search).toBe(`${ORIGIN}/h/${link.linkId}`);
    expect(Buffer.from(link.token, 'base64url')).toHaveLength(32);
    const row = await database.db.handOverLink.findUniqueOrThrow({ where: { id: link.linkId } });
    const hash = createHash('sha256').update(link.token).digest();
    expect(Buffer.from(row.tokenHash).equals(hash)).toBe(true);
    expect(row.expiresAt.getTime() - row.createdAt.getTime()).toBe(7 * 86_400_000);
    const audit = await database.db.auditEvent.findMany({ where: { target: `routing:${link.routingId}` } });
    expect(JSON.stringify([link.view, audit.map(({ detail }) => detail)])).not.toContain(link.token);
    expect(link.view).toMatchObject({ state: 'open', recipient: 'iam@aurora.example', openedAt: null });
  });

  test('ends the one before: a routing has one that is open', async () => {
    const first = await makeLink();
    const page = await begin(first);
    await makeLink(first.routingId);
    expect(await codeOf(look(page))).toBe('NOT_FOUND');
    const { handOverLinks } = await listHandOverLinks({
      ctx: designer,
      input: { routingId: first.routingId },
    });
    expect(handOverLinks.map(({ state }) => state)).toEqual(['open', 'revoked']);
  });

  test('is not made for a routing that was started, nor for what is no address', async () => {
    const { routing } = await createRouting({ ctx: designer, input: routingInput(tenant) });
    const input = { routingId: routing.id };
    expect(
      await codeOf(
        createHandOverLink({ ctx: designer, input: { ...input, recipient: 'iam' }, origin: ORIGIN }),
      ),
    ).toBe('VALIDATION');
    await startRouting({ ctx: designer, input: { ...input, withoutCheck: true } });
    expect(await codeOf(createHandOverLink({ ctx: designer, input, origin: ORIGIN }))).toBe('PRECONDITION');
  });
});

describe('Begin', () => {
  test('refuses in the same words whatever is wrong, and changes nothing then', async () => {
    const [link, other, revoked, expired] = [
      await makeLink(),
      await makeLink(),
      await makeLink(),
      await makeLink(),
    ];
    const { routingId, linkId } = revoked;
    await revokeHandOverLink({ ctx: designer, input: { routingId, linkId } });
    await database.sql.query(
      `UPDATE hand_over_link SET created_at = now() - interval '8 days', expires_at = now() WHERE id = $1`,
      [expired.linkId],
    );
    const tries = [
      { linkId: link.linkId, token: other.token },
      { linkId: link.linkId, token: '' },
      { linkId: randomUUID(), token: link.token },
      { linkId: 'no id', token: link.token },
      revoked,
      expired,
    ];
    const refusals = await Promise.all(
      tries.map((one) => begin(one).catch((error: { code: string; message: string }) => error)),
    );
    expect(new Set(refusals.map((one) => ('code' in one ? `${one.code} ${one.message}` : 'let in')))).toEqual(
      new Set([expect.stringContaining('NOT_FOUND This link does not work')]),
    );
    const row = await database.db.handOverLink.findUniqueOrThrow({ where: { id: link.linkId } });
    expect(row).toMatchObject({ openedAt: null, sessionHash: null });
  });

  test('shows the page to its cookie alone; beginning anew elsewhere ends the page before', async () => {
    const link = await makeLink();
    const page = await begin(link);
    expect(await look(page)).toMatchObject({
      workspaceName: 'Main site',
      place: { bucket: 'aurora-events', prefix: 'sluice/', destinationVersion: 1 },
      externalId: expect.stringMatching(/^slx-[0-9a-f]{48}$/),
      access: null,
      submittedAt: null,
    });
    const again = await begin(link);
    expect(await codeOf(look(page))).toBe('NOT_FOUND');
    expect((await look(again)).linkId).toBe(link.linkId);
    expect(await codeOf(look({ linkId: link.linkId, session: link.token }))).toBe('NOT_FOUND');
  });

  test('counts tries by the address they come from', async () => {
    const link = await makeLink();
    const from = { linkId: link.linkId, token: 'x', address: '192.0.2.7' };
    const codes = new Set<string>();
    for (let i = 0; i < 61; i += 1) {
      codes.add((await codeOf(beginHandOver({ ctx: anonymous(), input: from }))) ?? 'let in');
    }
    expect([...codes]).toEqual(['NOT_FOUND', 'LIMIT']);
    const elsewhere = { ...from, token: link.token, address: '192.0.2.8' };
    expect((await beginHandOver({ ctx: anonymous(), input: elsewhere })).session).toHaveLength(43);
  });
});

test('the cookie of one link opens, changes and ends no other', async () => {
  const [own, foreign] = [await makeLink(), await makeLink()];
  const page = { linkId: foreign.linkId, session: (await begin(own)).session };
  await begin(foreign);
  expect([
    await codeOf(look(page)),
    await codeOf(give(page)),
    await codeOf(passOn(page)),
    await codeOf(declineHandOver({ ctx: anonymous(), page })),
  ]).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
  const row = await database.db.handOverLink.findUniqueOrThrow({ where: { id: foreign.linkId } });
  expect(row).toMatchObject({ accessGivenAt: null, revokedAt: null, declinedAt: null });
});

describe('access that is given', () => {
  test('is sealed, recorded as the link’s doing, names the owner, and starts nothing', async () => {
    const link = await makeLink();
    const page = await begin(link);
    const { notices } = await give(page, {
      ...keys(` ${KEY_IDS[0]}\n`),
      ownerAccountId: '1234-5678 9012',
    });
    expect(notices).toHaveLength(1);
    const view = await look(page);
    expect(view).toMatchObject({
      access: { kind: 'keys', accessKeyIdLast4: 'RST0' },
      place: { ownerAccountId: '123456789012', destinationVersion: 2 },
      isStarted: false,
      submittedAt: null,
    });
    const routing = await database.db.routing.findUniqueOrThrow({ where: { id: link.routingId } });
    expect(routing.lifecycle).toBe('verifying');
    const audit = await database.db.auditEvent.findMany({
      where: { target: `routing:${link.routingId}`, actor: `hand_over_link:${link.linkId}` },
      orderBy: { id: 'asc' },
    });
    expect(audit.map(({ action }) => action)).toEqual(['hand-over.begin', 'routing.enter_access']);
    const told = JSON.stringify([view, notices, audit.map(({ detail }) => detail)]);
    for (const secret of [KEY_IDS[0]!, TEST_SECRET, link.token, page.session])
      expect(told).not.toContain(secret);
  });

  test('wins over what another page sends at the same moment', async () => {
    const link = await makeLink();
    const page = await begin(link);
    const codes = await Promise.all([
      codeOf(give(page, keys(KEY_IDS[0]))),
      codeOf(give(page, keys(KEY_IDS[1]))),
    ]);
    expect(codes.filter((code) => code === 'CONFLICT')).toHaveLength(1);
    expect(await database.db.credential.count({ where: { routingId: link.routingId } })).toBe(1);
  });

  test('is refused with the fault of each field, and that does not count as a key', async () => {
    const link = await makeLink();
    const page = await begin(link);
    const wrong = { ...keys('ASIAIOSFODNN7EXAMPLE'), secretAccessKey: 'short', ownerAccountId: '12' };
    expect(await codeOf(give(page, wrong))).toBe('VALIDATION');
    expect(await codeOf(give(page, { ...wrong, ownerAccountId: '' }))).toBe('VALIDATION');
    const row = await database.db.handOverLink.findUniqueOrThrow({ where: { id: link.linkId } });
    expect(row.triedKeyHashes).toEqual([]);
  });

  test(`may be corrected with ${LINK_ACCESSES_MAX} keys or roles at most, also by who it was passed on to`, async () => {
    const link = await makeLink();
    const page = await begin(link);
    const child = await begin(read((await passOn(page)).address));
    await give(page, keys(KEY_IDS[0], 1));
    await give(page, keys(KEY_IDS[0], 2));
    await give(child, keys(KEY_IDS[1], 3));
    const asRole = { destinationVersion: 4, kind: 'role', roleArn: ROLE } as const;
    await giveHandOverAccess({ ctx: withIdentity(), page: child, input: asRole });
    expect(await codeOf(give(page, keys(KEY_IDS[2], 5)))).toBe('LIMIT');
    await give(page, keys(KEY_IDS[1], 5));
  });

  test('is refused once the routing was started', async () => {
    const link = await makeLink();
    const page = await begin(link);
    await give(page);
    await database.sql.query(`UPDATE routing SET lifecycle = 'verified' WHERE id = $1`, [link.routingId]);
    await startRouting({ ctx: designer, input: { routingId: link.routingId, withoutCheck: true } });
    expect(await codeOf(give(page, keys(KEY_IDS[1], 2)))).toBe('PRECONDITION');
    expect((await look(page)).isStarted).toBe(true);
  });
});

describe('the check', () => {
  test('begins with the access, in the name of the link, and its rows can be tried again from the page', async () => {
    const link = await makeLink();
    const page = await begin(link);
    expect(await codeOf(checkHandOverAgain({ ctx: anonymous(), page }))).toBe('PRECONDITION');
    await give(page);
    const { check } = await look(page);
    expect(check).toMatchObject({
      destinationVersion: 2,
      state: 'running',
      requestedBy: `hand_over_link:${link.linkId}`,
    });
    const checkId = check?.id ?? '';
    await retestHandOverRow({ ctx: anonymous(), page, input: { checkId, step: 'write' } });
    await noteHandOverFixCopied({ ctx: anonymous(), page, input: { checkId } });
    const other = await begin(await makeLink());
    const ofOther = { ctx: anonymous(), page: other, input: { checkId, step: 'write' as const } };
    expect([await codeOf(retestHandOverRow(ofOther)), await codeOf(noteHandOverFixCopied(ofOther))]).toEqual([
      'NOT_FOUND',
      'NOT_FOUND',
    ]);
  });

  test(`is asked for ${LINK_CHECKS_PER_HOUR} times an hour at most, by all who share the link`, async () => {
    const page = await begin(await makeLink());
    const child = await begin(read((await passOn(page)).address));
    await give(page);
    for (let i = 1; i < LINK_CHECKS_PER_HOUR; i += 1) {
      await checkHandOverAgain({ ctx: anonymous(), page: i % 2 === 0 ? page : child });
    }
    const input = { checkId: (await look(page)).check?.id ?? '', step: 'write' as const };
    expect([
      await codeOf(checkHandOverAgain({ ctx: anonymous(), page })),
      await codeOf(retestHandOverRow({ ctx: anonymous(), page: child, input })),
      await codeOf(give(page, keys(KEY_IDS[0], 2))),
    ]).toEqual(['LIMIT', 'LIMIT', 'LIMIT']);
    await noteHandOverFixCopied({ ctx: anonymous(), page, input });
  });
});

describe('mail', () => {
  const told = (routingId: string) =>
    database.db.notice.findMany({
      where: { routingId },
      orderBy: [{ createdAt: 'asc' }, { recipient: 'asc' }],
    });

  test('of a link holds its address sealed, and nowhere else', async () => {
    const routingId = await makeRouting();
    const input = { routingId, recipient: 'iam@aurora.example', isMailed: true };
    const { address } = await createHandOverLink({ ctx: designer, input, origin: ORIGIN });
    const page = await begin(read(address));
    const passedOn = await passOnHandOver({
      ctx: anonymous(),
      page,
      input: { recipient: 'root@aurora.example', isMailed: true },
      origin: ORIGIN,
    });
    const notices = await told(routingId);
    expect(notices.map(({ kind, recipient }) => [kind, recipient])).toEqual([
      ['hand_over_link', 'iam@aurora.example'],
      ['hand_over_link', 'root@aurora.example'],
    ]);
    expect(notices.every(({ payloadSealed }) => payloadSealed !== null)).toBe(true);
    const facts = JSON.stringify(notices.map((notice) => [notice.facts, notice.recipient]));
    for (const one of [address, passedOn.address]) expect(facts).not.toContain(read(one).token);
    expect(
      await codeOf(
        createHandOverLink({ ctx: designer, input: { routingId, isMailed: true }, origin: ORIGIN }),
      ),
    ).toBe('VALIDATION');
  });

  test('tells every contact and who asked that access was handed over, each once', async () => {
    const link = await makeLink();
    await database.sql.query(
      `INSERT INTO contact (organization_id, routing_id, role, email) VALUES
         ($1, $2, 'aws_admin', 'iam@aurora.example'), ($1, $2, 'live', 'IAM@aurora.example'), ($1, $2, 'live', 'data@aurora.example')`,
      [tenant.organizationId, link.routingId],
    );
    await give(await begin(link));
    await pass(link.routingId, 2);
    const notices = await told(link.routingId);
    expect(notices.map(({ recipient }) => recipient.toLowerCase()).sort()).toEqual(
      ['data@aurora.example', 'iam@aurora.example', designer.actor.email].sort(),
    );
    for (const notice of notices) {
      const parsed = noticeSchema.parse({ kind: notice.kind, facts: notice.facts });
      expect(parsed).toMatchObject({
        kind: 'access_submitted',
        facts: { bucket: 'aurora-events', submittedBy: 'iam@aurora.example' },
      });
    }
  });

  test('tells who asked that somebody did not expect the link', async () => {
    const link = await makeLink();
    await declineHandOver({ ctx: anonymous(), page: await begin(link) });
    const [notice, ...others] = await told(link.routingId);
    expect(others).toEqual([]);
    expect(notice).toMatchObject({ kind: 'hand_over_declined', recipient: designer.actor.email });
    expect(notice?.facts).toMatchObject({ declinedBy: 'iam@aurora.example', routingName: 'Main site' });
  });
});

describe('access whose check passed', () => {
  test('is the one submission of the link and of all it was passed on to', async () => {
    const link = await makeLink();
    const page = await begin(link);
    const child = await begin(read((await passOn(page)).address));
    await give(child);
    await pass(link.routingId, 2);
    await pass(link.routingId, 2);
    const [ownView, childView] = [await look(page), await look(child)];
    expect(ownView.submittedAt).not.toBeNull();
    expect(childView.submittedAt).toBe(ownView.submittedAt);
    expect([
      await codeOf(give(page, keys(KEY_IDS[1], 2))),
      await codeOf(give(child, keys(KEY_IDS[1], 2))),
      await codeOf(passOn(page)),
      await codeOf(declineHandOver({ ctx: anonymous(), page })),
    ]).toEqual(['PRECONDITION', 'PRECONDITION', 'PRECONDITION', 'PRECONDITION']);
    const audit = await database.db.auditEvent.findMany({
      where: { target: `routing:${link.routingId}`, action: 'hand-over.submit' },
    });
    expect(audit.map(({ actor }) => actor)).toEqual([`hand_over_link:${child.linkId}`]);
  });

  test('of two checks that end at once is submitted once', async () => {
    const link = await makeLink();
    await give(await begin(link));
    await Promise.all([pass(link.routingId, 2), pass(link.routingId, 2)]);
    const audit = { target: `routing:${link.routingId}`, action: 'hand-over.submit' };
    expect(await database.db.auditEvent.count({ where: audit })).toBe(1);
  });

  test('submits nothing when the access came otherwise, was replaced, or the link was revoked', async () => {
    const link = await makeLink();
    const page = await begin(link);
    await pass(link.routingId, 1);
    await give(page, keys(KEY_IDS[0], 1));
    await give(page, keys(KEY_IDS[1], 2));
    await pass(link.routingId, 2);
    expect((await look(page)).submittedAt).toBeNull();
    const { routingId, linkId } = link;
    const revoked = await revokeHandOverLink({ ctx: designer, input: { routingId, linkId } });
    await pass(link.routingId, 3);
    expect(revoked).toMatchObject({ state: 'revoked', submittedAt: null });
    const row = await database.db.handOverLink.findUniqueOrThrow({ where: { id: linkId } });
    expect(row.submittedAt).toBeNull();
  });
});

describe('a link ends', () => {
  test('with everything it was passed on to when it is revoked; what was given stays', async () => {
    const link = await makeLink();
    const page = await begin(link);
    const passedOn = await passOn(page);
    const child = await begin(read(passedOn.address));
    await give(child);
    const { routingId, linkId } = link;
    await revokeHandOverLink({ ctx: designer, input: { routingId, linkId } });
    expect([await codeOf(look(page)), await codeOf(look(child)), await codeOf(begin(link))]).toEqual([
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
    ]);
    expect(await codeOf(begin(read(passedOn.address)))).toBe('NOT_FOUND');
    expect(await database.db.credential.count({ where: { routingId } })).toBe(1);
    const again = await revokeHandOverLink({ ctx: designer, input: { routingId, linkId } });
    expect(again.state).toBe('revoked');
    const audit = { target: `routing:${routingId}`, action: 'hand-over.revoke' };
    expect(await database.db.auditEvent.count({ where: audit })).toBe(1);
  });

  test('with its routing, which is archived: nobody hands over access to what is gone', async () => {
    const link = await makeLink();
    const page = await begin(link);
    const child = await begin(read((await passOn(page)).address));
    const input = { routingId: link.routingId, name: 'Main site', reason: 'Not wanted any more' };
    await archiveRouting({ ctx: await people.ctxOf('admin'), input });
    expect([await codeOf(look(page)), await codeOf(look(child)), await codeOf(begin(link))]).toEqual([
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
    ]);
    const [view] = (await listHandOverLinks({ ctx: designer, input: { routingId: link.routingId } }))
      .handOverLinks;
    expect(view).toMatchObject({ state: 'revoked' });
  });

  test('for who did not expect it, and not for who passed it on to them', async () => {
    const link = await makeLink();
    const page = await begin(link);
    const child = await begin(read((await passOn(page)).address));
    await declineHandOver({ ctx: anonymous(), page: child });
    expect(await codeOf(look(child))).toBe('NOT_FOUND');
    expect((await look(page)).passedOn).toMatchObject([
      { recipient: 'root@aurora.example', state: 'declined' },
    ]);
  });

  test('at its time, also where it was passed on later', async () => {
    const link = await makeLink();
    const page = await begin(link);
    const { linkId } = read((await passOn(page)).address);
    const rows = await database.db.handOverLink.findMany({ where: { id: { in: [link.linkId, linkId] } } });
    expect(new Set(rows.map(({ expiresAt }) => expiresAt.getTime())).size).toBe(1);
    await database.sql.query(
      `UPDATE hand_over_link SET created_at = now() - interval '8 days', expires_at = now() WHERE root_id = $1`,
      [link.linkId],
    );
    expect([await codeOf(look(page)), await codeOf(give(page))]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  });
});

test(`a link can be passed on ${LINK_PASSED_ON_MAX} times in all`, async () => {
  const link = await makeLink();
  const page = await begin(link);
  for (let i = 0; i < LINK_PASSED_ON_MAX; i += 1) await passOn(page, `person-${i}@aurora.example`);
  expect(await codeOf(passOn(page))).toBe('LIMIT');
  expect(await codeOf(passOn(page, 'nobody'))).toBe('VALIDATION');
});

test('people of another organization neither see, make nor revoke a link; viewers and ops may not', async () => {
  const link = await makeLink();
  const { routingId, linkId } = link;
  const stranger = await people.ctxOf('customer_admin', await createTenant(database.sql));
  const own = await people.ctxOf('customer_admin', tenant);
  const codes = [];
  for (const ctx of [stranger, await people.ctxOf('ops'), await people.ctxOf('customer_viewer', tenant)]) {
    codes.push(
      await codeOf(listHandOverLinks({ ctx, input: { routingId } })),
      await codeOf(createHandOverLink({ ctx, input: { routingId }, origin: ORIGIN })),
      await codeOf(revokeHandOverLink({ ctx, input: { routingId, linkId } })),
    );
  }
  expect(codes).toEqual([...Array(3).fill('NOT_FOUND'), ...Array(6).fill('FORBIDDEN')]);
  expect((await listHandOverLinks({ ctx: own, input: { routingId } })).handOverLinks).toHaveLength(1);
});
