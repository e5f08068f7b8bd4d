import { randomBytes, randomUUID } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { contentPolicy } from '@/lib/auth/content-policy';
import { isLoopbackAlias } from '@/lib/auth/loopback-alias';
import { NONCE_HEADER, PATH_HEADER, REQUEST_ID_HEADER } from '@/lib/auth/request-headers';
import { isTrustedOrigin } from '@/lib/auth/trusted-origin';
import { type WebAddress, webAddress } from '@/lib/auth/web-address';
import { parseEnv } from '@/lib/platform/env';

interface ProxySettings {
  readonly address: WebAddress;
  readonly isDevelopment: boolean;
}

let settings: ProxySettings | null = null;

/**
 * In front of every page, action and route: request id, Origin check, script policy. Who may do what is not
 * decided here but by every page and verb.
 */
export function proxy(request: NextRequest): NextResponse {
  settings ??= readSettings();
  const { address, isDevelopment } = settings;
  const path = request.nextUrl.pathname;
  const requestId = randomUUID();
  const isApi = path.startsWith('/api/');
  if (!isApi && isLoopbackAlias(request.headers.get('host'), address.host)) {
    return leadTo(Object.assign(new URL(address.origin), { pathname: path, search: request.nextUrl.search }));
  }
  // Bearer tokens are not sent by browsers on their own, so /api/v1 needs no Origin.
  if (!path.startsWith('/api/v1/') && !isTrustedOrigin(request, address.origin)) {
    return refuseOrigin(address.origin, requestId);
  }
  const nonce = randomBytes(16).toString('base64');
  const policy = contentPolicy({ nonce, isSecure: address.isSecure, isDevelopment });
  const headers = new Headers(request.headers);
  headers.set(REQUEST_ID_HEADER, requestId);
  headers.set(PATH_HEADER, path + request.nextUrl.search);
  headers.set(NONCE_HEADER, nonce);
  // Next reads the nonce for its own scripts from the policy on the request.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set(REQUEST_ID_HEADER, requestId);
  if (address.isSecure) response.headers.set('strict-transport-security', 'max-age=31536000');
  return response;
}

function readSettings(): ProxySettings {
  const { NEXTAUTH_URL, NODE_ENV } = parseEnv();
  if (NEXTAUTH_URL === undefined) throw new Error('NEXTAUTH_URL is not set: web does not work without it.');
  return { address: webAddress(NEXTAUTH_URL), isDevelopment: NODE_ENV === 'development' };
}

// Next takes every loopback name for localhost, so a Location header between two of them would lead back here.
function leadTo(url: URL): NextResponse {
  const headers = { refresh: `0;url=${url}`, 'cache-control': 'no-store' };
  return new NextResponse(`Sluice is at ${url.origin}\n`, { headers });
}

function refuseOrigin(origin: string, requestId: string): NextResponse {
  const body = {
    type: 'urn:sluice:problem:forbidden',
    title: 'Not allowed',
    status: 403,
    detail: `This request does not come from the dashboard. Open it at ${origin} and try again.`,
    code: 'FORBIDDEN',
    requestId,
  };
  const headers = { 'content-type': 'application/problem+json', [REQUEST_ID_HEADER]: requestId };
  return NextResponse.json(body, { status: 403, headers });
}

export const config = { matcher: ['/((?!_next/static|_next/image|icon|favicon).*)'] };
