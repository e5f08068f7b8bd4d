import { type APIRequestContext, expect } from '@playwright/test';
import { site } from './fixtures';

/** A command at the stand-in's control door, for example `revoke-key`; see dev/s3-stand-in/README.md. */
export async function controlStore(
  request: APIRequestContext,
  command: string,
  data: object,
): Promise<unknown> {
  const answer = await request.post(`${site.SLUICE_E2E_S3_ENDPOINT}/_control/${command}`, {
    headers: { Authorization: `Bearer ${site.SLUICE_E2E_S3_CONTROL_TOKEN}` },
    data,
  });
  expect(answer.status()).toBe(200);
  return answer.json();
}
