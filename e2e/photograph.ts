import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/**
 * Keeps the whole page as PNGs in both themes below SLUICE_E2E_PICTURES, to be looked at; does nothing where that is
 * not set.
 */
export async function photograph(page: Page, name: string): Promise<void> {
  const directory = process.env.SLUICE_E2E_PICTURES;
  if (directory === undefined || directory === '') return;
  mkdirSync(directory, { recursive: true });
  const root = page.locator('html');
  const before = await root.getAttribute('data-theme');
  for (const theme of ['light', 'dark']) {
    await root.evaluate((element, value) => element.setAttribute('data-theme', value), theme);
    await page.screenshot({ path: join(directory, `${name}-${theme}.png`), fullPage: true });
  }
  if (before !== null)
    await root.evaluate((element, value) => element.setAttribute('data-theme', value), before);
}
