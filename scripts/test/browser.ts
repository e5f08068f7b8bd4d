import { withPrivateInstance } from '@/scripts/instance/with-private-instance';
import { runSteps } from '@/scripts/verify/steps';
import { findChromium } from './chromium';

/** Runs Playwright against the built product, started for it alone. False when a test failed. */
export async function runBrowserTests(reportFile: string): Promise<boolean> {
  const executable = findChromium();
  return withPrivateInstance(async (instance) => {
    return await runSteps([
      {
        name: 'browser tests',
        program: 'node_modules/@playwright/test/cli.js',
        args: ['test', '--reporter=list,json'],
        env: {
          PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile,
          SLUICE_E2E_CHROMIUM: executable,
          SLUICE_E2E_URL: instance.webUrl,
          SLUICE_E2E_COLLECTOR_URL: instance.collectorUrl,
          SLUICE_E2E_S3_ENDPOINT: instance.objectStore.endpoint,
          SLUICE_E2E_S3_BUCKET: instance.objectStore.bucket,
          SLUICE_E2E_S3_REGION: instance.objectStore.region,
          SLUICE_E2E_S3_ACCESS_KEY_ID: instance.secrets.objectStore.accessKeyId,
          SLUICE_E2E_S3_SECRET: instance.secrets.objectStore.secretAccessKey,
          SLUICE_E2E_S3_CONTROL_TOKEN: instance.secrets.objectStore.controlToken,
          SLUICE_E2E_LOGINS: JSON.stringify(instance.secrets.logins),
        },
      },
    ]);
  });
}
