import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

const PREFLIGHT: OutgoingHttpHeaders = {
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'Content-Type, Content-Encoding, X-API-Key, Idempotency-Key',
  'access-control-max-age': '86400',
};

/**
 * Headers that let a page of any origin read the answer. The origin is named instead of `*` because existing
 * client code sends its requests with credentials; no cookie means anything here.
 */
export function corsHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const { origin } = headers;
  if (origin === undefined) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'Retry-After, X-Request-Id, Idempotency-Replayed',
  };
}

export function preflightHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return { ...corsHeaders(headers), ...PREFLIGHT };
}
