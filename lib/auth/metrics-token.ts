import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a request carries the operator's token as `Authorization: Bearer`; never without a configured one. */
export function mayReadMetrics(request: Pick<Request, 'headers'>, token: string | null): boolean {
  const sent = /^Bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  return token !== null && sent !== undefined && timingSafeEqual(digest(sent), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
