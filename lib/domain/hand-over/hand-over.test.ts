import { expect, test } from 'vitest';
import { handOverAddress } from './address';
import {
  beginHandOverSchema,
  createHandOverLinkSchema,
  handOverAccessSchema,
  passOnHandOverSchema,
} from './input';
import { handOverLinkState } from './state';

const ID = '0B9C5B0E-6B0E-4F44-9E7A-2F0C1D9F5A10';
const TOKEN = 'x'.repeat(43);

test('the token of an address stands in its fragment, which no browser sends', () => {
  const url = new URL(handOverAddress('https://sluice.example', { id: ID, token: TOKEN }));
  expect([url.pathname, url.search, url.hash]).toEqual([`/h/${ID}`, '', `#${TOKEN}`]);
});

test.each([
  [{}, 'open'],
  [{ expiresAt: new Date(0) }, 'expired'],
  [{ revokedAt: new Date(1) }, 'revoked'],
  [{ submittedAt: new Date(1), expiresAt: new Date(0) }, 'submitted'],
  [{ submittedAt: new Date(1), revokedAt: new Date(2) }, 'submitted'],
  [{ declinedAt: new Date(1), revokedAt: new Date(1) }, 'declined'],
] as const)('a link with %o is %s', (facts, state) => {
  const link = { submittedAt: null, declinedAt: null, revokedAt: null, expiresAt: new Date(10), ...facts };
  expect(handOverLinkState(link, new Date(5))).toBe(state);
});

test('a link ends at its moment, not after it', () => {
  const at = new Date(10);
  const link = { submittedAt: null, declinedAt: null, revokedAt: null, expiresAt: at };
  expect(handOverLinkState(link, at)).toBe('expired');
});

test.each([
  [{ linkId: ID, token: TOKEN }, true],
  [{ linkId: ID, token: '' }, false],
  [{ linkId: ID, token: `${TOKEN}x` }, false],
  [{ linkId: ID, token: `${TOKEN.slice(1)}=` }, false],
  [{ linkId: 'x', token: TOKEN }, false],
])('Begin takes %o: %s', (input, is) => {
  expect(beginHandOverSchema.safeParse(input).success).toBe(is);
});

test('a recipient may be left out, unless the link is to be mailed or passed on', () => {
  const create = (input: object) => createHandOverLinkSchema.safeParse({ routingId: ID, ...input });
  expect(create({}).data).toMatchObject({ recipient: null, isMailed: false });
  expect(create({ recipient: ' ' }).data?.recipient).toBeNull();
  expect(create({ recipient: ' iam@aurora.example ' }).data?.recipient).toBe('iam@aurora.example');
  expect(create({ isMailed: true }).error?.issues[0]?.path).toEqual(['recipient']);
  expect(create({ recipient: 'iam' }).success).toBe(false);
  expect(passOnHandOverSchema.safeParse({ recipient: '' }).success).toBe(false);
});

test.each([
  ['', null],
  ['123456789012', '123456789012'],
  [' 1234-5678 9012', '123456789012'],
  ['12345678901', undefined],
  ['arn:aws:iam::123456789012:root', undefined],
])('an owner account written “%s” is read as %s', (ownerAccountId, read) => {
  const input = { destinationVersion: 1, ownerAccountId, accessKeyId: 'AKIA', secretAccessKey: 'x' };
  expect(handOverAccessSchema.safeParse(input).data?.ownerAccountId).toBe(read);
});
