import { randomUUID } from 'node:crypto';
import { type APIRequestContext, expect } from '@playwright/test';
import { site } from './fixtures';

/** Sends events and expects the collector to have them on disk. */
export async function sendEvents(request: APIRequestContext, key: string, count: number): Promise<void> {
  const data = Array.from({ length: count }, () => ({
    name: 'Pageview',
    user_id: randomUUID(),
    properties: { client: { title: 'Browser test' } },
  }));
  const answer = await request.post(`${site.SLUICE_E2E_COLLECTOR_URL}/v2.0/batch/events`, {
    headers: { 'X-API-Key': key },
    data,
  });
  expect(answer.status()).toBe(200);
}

/** The status with which the collector answers one event sent with this key. */
export async function statusOfOneEvent(request: APIRequestContext, key: string): Promise<number> {
  const answer = await request.post(`${site.SLUICE_E2E_COLLECTOR_URL}/v2.0/events`, {
    headers: { 'X-API-Key': key },
    data: { name: 'Pageview', user_id: randomUUID() },
  });
  return answer.status();
}
