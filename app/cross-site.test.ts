import { NextRequest } from 'next/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proxy } from '@/proxy';

const OWN = 'https://sluice.vendor.example';
const SETTINGS = {
  DATABASE_URL: 'postgresql://sluice@127.0.0.1:1/none',
  NEXTAUTH_URL: OWN,
  NODE_ENV: 'production',
};

const before: Readonly<Record<string, string | undefined>> = { ...process.env };
beforeAll(() => {
  Object.assign(process.env, SETTINGS);
});
afterAll(() => {
  for (const name of Object.keys(SETTINGS)) {
    const value = before[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

/** Everything that changes something and may carry a cookie. */
const DOORS = [
  { what: 'an action of a page', path: '/routings', headers: { 'next-action': '7f00' } },
  { what: 'a form that posts to a page', path: '/account', headers: {} },
  { what: 'the sign-in', path: '/api/auth/callback/credentials', headers: {} },
  { what: 'the sign-out', path: '/api/auth/signout', headers: {} },
  { what: 'Begin of a hand-over link', path: '/h/6f9619ff', headers: { 'next-action': '7f01' } },
  { what: 'the opening of a share link', path: '/s/6f9619ff', headers: { 'next-action': '7f02' } },
] as const;

const ORIGINS: readonly (readonly [what: string, origin: string | null])[] = [
  ['absent', null],
  ['null', 'null'],
  ['empty', ''],
  ['foreign', 'https://evil.example'],
  ['a sub-domain', 'https://evil.sluice.vendor.example'],
  ['the parent domain', 'https://vendor.example'],
  ['one that begins like the own', `${OWN}.evil.example`],
  ['of another scheme', 'http://sluice.vendor.example'],
  ['of another port', `${OWN}:8443`],
  ['with a path', `${OWN}/routings`],
  ['two in one', `${OWN}, https://evil.example`],
];

/** What an attacker may add in the hope that it is believed over the configured address. */
const CLAIMS: Readonly<Record<string, string>> = {
  host: 'evil.example',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  forwarded: 'host=evil.example;proto=https',
  'x-original-host': 'evil.example',
};

function knock(path: string, method: string, headers: Readonly<Record<string, string>>): Response {
  return proxy(new NextRequest(`${OWN}${path}`, { method, headers }));
}

describe.each(DOORS)('$what', ({ path, headers }) => {
  test.each(ORIGINS)('is shut to an Origin that is %s, whatever else is claimed', (_, origin) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const sent = { ...headers, ...(origin === null ? {} : { origin }) };
      expect(knock(path, method, sent).status).toBe(403);
      expect(knock(path, method, { ...sent, ...CLAIMS }).status).toBe(403);
    }
  });

  test('opens to the own page', () => {
    expect(knock(path, 'POST', { ...headers, origin: OWN }).status).toBe(200);
  });
});

test.each(['/api/live', '/audit/export', '/routings/6f9619ff/latency.csv', '/h/6f9619ff/state', '/routings'])(
  'what %s answers is never given to a page of another site',
  (path) => {
    const response = knock(path, 'GET', { origin: 'https://evil.example' });
    const names = [...response.headers.keys()];
    expect(names.filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  },
);

test('the API takes no cookie, so it needs no Origin', () => {
  expect(knock('/api/v1/routings', 'POST', { origin: 'https://evil.example' }).status).toBe(200);
});
