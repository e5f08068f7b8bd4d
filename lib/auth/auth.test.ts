import { encode } from 'next-auth/jwt';
import { describe, expect, test } from 'vitest';
import { clientAddress } from './client-address';
import { contentPolicy } from './content-policy';
import { isLoopbackAlias } from './loopback-alias';
import { readSessionToken } from './session-token';
import { isTrustedOrigin } from './trusted-origin';
import { webAddress } from './web-address';

describe('the configured address', () => {
  test('names cookies by port, so that two instances on one host do not share them', () => {
    const [first, second] = [webAddress('http://127.0.0.1:3000'), webAddress('http://127.0.0.1:3100')];
    expect(first.cookies.session).toBe('sluice-3000.session');
    expect(second.cookies.session).not.toBe(first.cookies.session);
  });

  test('over https binds cookies to it', () => {
    const { cookies, isSecure, origin } = webAddress('https://sluice.example/');
    expect([isSecure, origin]).toEqual([true, 'https://sluice.example']);
    expect(cookies).toEqual({
      session: '__Host-sluice-443.session',
      csrf: '__Host-sluice-443.csrf',
      callback: '__Host-sluice-443.callback',
      handOver: '__Secure-sluice-443.hand-over',
      share: '__Secure-sluice-443.share',
    });
  });
});

describe('the Origin check', () => {
  const check = (method: string, origin?: string) =>
    isTrustedOrigin(
      { method, headers: new Headers(origin === undefined ? {} : { origin }) },
      'http://127.0.0.1:3000',
    );

  test('lets reading through, and changing from the own address only', () => {
    expect([check('GET'), check('HEAD'), check('GET', 'http://evil.example')]).toEqual([true, true, true]);
    expect(check('POST', 'http://127.0.0.1:3000')).toBe(true);
    for (const origin of [
      'http://evil.example',
      'http://127.0.0.1:3001',
      'https://127.0.0.1:3000',
      'null',
      undefined,
    ]) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect(check(method, origin)).toBe(false);
    }
  });

  test('sends a browser that came by another name of this machine to the configured one', () => {
    expect(isLoopbackAlias('localhost:3000', '127.0.0.1:3000')).toBe(true);
    expect(isLoopbackAlias('[::1]:3000', 'localhost:3000')).toBe(true);
    expect(isLoopbackAlias('127.0.0.1:3000', '127.0.0.1:3000')).toBe(false);
    expect(isLoopbackAlias('localhost:3001', '127.0.0.1:3000')).toBe(false);
    expect(isLoopbackAlias('10.0.0.7:3000', 'sluice.example')).toBe(false);
    expect(isLoopbackAlias(null, '127.0.0.1:3000')).toBe(false);
  });
});

describe('a session token', () => {
  const secret = 's'.repeat(32);
  const sessionId = '3fdcd1cb-3a5c-4d2f-9d6c-0f3c8a3b1a11';

  test('yields its session id to the secret that made it, and to no other', async () => {
    const token = await encode({ token: { sessionId }, secret });
    expect(await readSessionToken(token, secret)).toBe(sessionId);
    expect(await readSessionToken(token, 'x'.repeat(32))).toBeNull();
    expect(await readSessionToken(`${token}x`, secret)).toBeNull();
  });

  test('that is missing, empty, outdated or without a session id yields nothing', async () => {
    expect(await readSessionToken(undefined, secret)).toBeNull();
    expect(await readSessionToken('', secret)).toBeNull();
    expect(
      await readSessionToken(await encode({ token: { sessionId }, secret, maxAge: -60 }), secret),
    ).toBeNull();
    expect(await readSessionToken(await encode({ token: { name: 'x' }, secret }), secret)).toBeNull();
  });
});

test('the script policy runs scripts by nonce, evaluates nothing in production and frames nowhere', () => {
  const policy = contentPolicy({ nonce: 'abc', isSecure: true, isDevelopment: false });
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain('upgrade-insecure-requests');
  const local = contentPolicy({ nonce: 'abc', isSecure: false, isDevelopment: true });
  expect(local).toContain("'unsafe-eval'");
  expect(local).not.toContain('upgrade-insecure-requests');
});

test('the client is who the nearest proxy saw, whatever the client claimed in front', () => {
  expect(clientAddress('10.9.9.9, 192.0.2.1')).toBe('192.0.2.1');
  expect(clientAddress('192.0.2.1')).toBe('192.0.2.1');
  expect(clientAddress(undefined)).toBe('');
});
