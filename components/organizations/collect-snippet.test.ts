import { describe, expect, it } from 'vitest';
import { collectSnippet } from './collect-snippet';

const collectorUrl = 'http://127.0.0.1:4100/';

describe('collectSnippet', () => {
  it('sends a server key in the header and keeps it out of the address', () => {
    const snippet = collectSnippet({ collectorUrl, kind: 'server', key: 'sls_abc' });
    expect(snippet).toContain("curl -X POST 'http://127.0.0.1:4100/v2.0/events'");
    expect(snippet).toContain("-H 'X-API-Key: sls_abc'");
  });

  it('sends a browser key as the collection API expects it', () => {
    const snippet = collectSnippet({ collectorUrl, kind: 'browser', key: 'slb_abc' });
    expect(snippet).toContain('/v2.0/events?k=slb_abc');
    expect(snippet).not.toContain('X-API-Key');
  });

  it('carries a body that is JSON', () => {
    const body = /-d '(.*)'$/.exec(collectSnippet({ collectorUrl, kind: 'server', key: 'k' }))?.[1];
    expect(JSON.parse(body ?? '')).toMatchObject({ name: 'Pageview' });
  });
});
