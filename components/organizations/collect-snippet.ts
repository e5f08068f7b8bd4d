import type { ApiKeyKind } from '@/lib/domain/access/api-key';

const EXAMPLE_USER = '7c0e7f0e-1c1a-4c5e-9d38-0d4c0a1d2e3f';

/** A command that sends one event with this key; a server key travels in the header, never in the address. */
export function collectSnippet(options: { collectorUrl: string; kind: ApiKeyKind; key: string }): string {
  const { collectorUrl, kind, key } = options;
  const address = `${collectorUrl.replace(/\/+$/, '')}/v2.0/events`;
  const lines = [
    kind === 'browser' ? `curl -X POST '${address}?k=${key}'` : `curl -X POST '${address}'`,
    ...(kind === 'browser' ? [] : [`  -H 'X-API-Key: ${key}'`]),
    `  -H 'Content-Type: application/json'`,
    `  -d '{"name":"Pageview","user_id":"${EXAMPLE_USER}","properties":{"client":{"title":"Hello"}}}'`,
  ];
  return lines.join(' \\\n');
}
