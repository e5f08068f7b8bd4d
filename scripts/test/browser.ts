import type { Instance } from '@/scripts/instance/start-instance';
import { withPrivateInstance } from '@/scripts/instance/with-private-instance';
import { runSteps } from '@/scripts/verify/steps';
import { findChromium } from './chromium';
import { searchInstance } from './secrets/search-instance';
import { needleOf } from './secrets/secret-forms';

/**
 * Runs Playwright against the built product, started for it alone, then looks for secrets in all that it has stored
 * and logged meanwhile. False when a test failed or a secret was found.
 */
export async function runBrowserTests(reportFile: string): Promise<boolean> {
  const executable = findChromium();
  return withPrivateInstance(async (instance) => {
    const hasPassed = await runSteps([
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
          SLUICE_E2E_MAIL_DIRECTORY: instance.mailDirectory,
          SLUICE_E2E_LOGINS: JSON.stringify(instance.secrets.logins),
        },
      },
    ]);
    return (await holdsNoSecret(instance)) && hasPassed;
  });
}

async function holdsNoSecret({ secrets, databaseUrl, logDirectory }: Instance): Promise<boolean> {
  const needles = [
    needleOf('the customer’s secret access key', secrets.objectStore.secretAccessKey),
    needleOf('the other customer’s secret access key', secrets.borealis.secretAccessKey),
    needleOf('the secret of our AWS identity', secrets.identity.secretAccessKey),
    needleOf('the key that signs sessions', secrets.sessionSecret),
    ...secrets.logins.map(({ email, password }) => needleOf(`the password of ${email}`, password)),
  ];
  const { found, tables, rows, logLines } = await searchInstance({ databaseUrl, logDirectory }, needles);
  for (const place of found) console.error(`A secret lies open: ${place}`);
  const isClean = found.length === 0;
  console.log(`${isClean ? '✓' : '✕'} secrets: ${tables} tables, ${rows} rows, ${logLines} log lines read`);
  return isClean;
}
