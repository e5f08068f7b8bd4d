import type { IncomingHttpHeaders } from 'node:http';
import { apiKeyKind } from '@/lib/platform/api-key';
import type { CollectionKey } from '@/lib/services/collection/find-collection-key';
import { CollectionError, orOverloaded } from './collection-error';
import type { KeyCache } from './key-cache';

interface Presented {
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
}

/** The key that a request presents in X-API-Key or `k`. */
export async function authenticate(keys: KeyCache, presented: Presented): Promise<CollectionKey> {
  const header = presented.headers['x-api-key'];
  const inHeader = typeof header === 'string' && header !== '';
  const text = inHeader ? header : (presented.query.get('k') ?? '');
  if (text === '')
    throw new CollectionError(401, 2004, {
      message: 'The resource requires authentication, which was not supplied with the request.',
    });
  const claimed = apiKeyKind(text);
  if (claimed === null) throw badKey();
  if (claimed === 'server' && !inHeader)
    throw insufficientKey('A server key is secret: it travels in the X-API-Key header only.');
  const key = await orOverloaded('The key cannot be checked at the moment.', keys.get(text));
  if (key === null) throw badKey();
  return key;
}

function badKey(): CollectionError {
  return new CollectionError(401, 2000, {
    message: 'The API key provided is invalid.',
    reason: 'This key does not exist, was revoked, or its workspace was deleted.',
  });
}

export function insufficientKey(reason: string): CollectionError {
  return new CollectionError(403, 2001, {
    message: 'The API key provided does not provide access to the requested operation or resource.',
    reason,
  });
}
