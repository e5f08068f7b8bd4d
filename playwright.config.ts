import { defineConfig } from '@playwright/test';
import { findChromium } from '@/scripts/test/chromium';

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'e2e',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // A flaky test is a bug with an owner.
  retries: 0,
  workers: 2,
  forbidOnly: true,
  reporter: 'list',
  use: {
    baseURL: process.env.SLUICE_E2E_URL,
    launchOptions: {
      executablePath: process.env.SLUICE_E2E_CHROMIUM || findChromium(),
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
    screenshot: 'only-on-failure',
  },
});
