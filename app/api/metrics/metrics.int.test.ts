import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { serveWebFrom } from '@/lib/testing/web-process';
import { GET } from './route';

const TOKEN = 't'.repeat(32);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  delete process.env.SLUICE_METRICS_TOKEN;
  await serveWebFrom(database);
  await database.close();
});

function scrape(authorization?: string): Promise<Response> {
  const headers = new Headers(authorization === undefined ? [] : [['authorization', authorization]]);
  return GET(new Request('http://127.0.0.1:3000/api/metrics', { headers }));
}

test('without a configured token there is no such address, whatever is sent', async () => {
  delete process.env.SLUICE_METRICS_TOKEN;
  await serveWebFrom(database);
  for (const sent of [undefined, 'Bearer ', 'Bearer null', `Bearer ${TOKEN}`])
    expect((await scrape(sent)).status).toBe(404);
});

test('Prometheus reads the whole installation with the token, and nobody without it', async () => {
  process.env.SLUICE_METRICS_TOKEN = TOKEN;
  await serveWebFrom(database);
  for (const sent of [undefined, `Basic ${TOKEN}`, `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, TOKEN])
    expect((await scrape(sent)).status).toBe(404);
  const response = await scrape(`Bearer ${TOKEN}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  const lines = (await response.text()).split('\n');
  expect(lines).toContain('sluice_freshness_seconds 0');
  expect(lines).toContain('# TYPE sluice_freshness_seconds gauge');
  expect(lines).toContain('sluice_system_part_read{part="log"} 1');
});
