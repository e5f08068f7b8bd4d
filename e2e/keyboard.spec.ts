import type { Locator, Page } from '@playwright/test';
import { expect, expectReady, makeTenant, open, site, test } from './fixtures';

/** Walks on with Tab until the control has the focus; fails when it never gets it. */
async function walkTo(page: Page, control: Locator): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${control}`);
}

const tabTo = (page: Page, label: string) => walkTo(page, page.getByLabel(label, { exact: true }));
const tabToButton = (page: Page, name: string) => walkTo(page, page.getByRole('button', { name }));

test('a routing is created with the keyboard alone', async ({ page }) => {
  const tenant = await makeTenant(page);
  await open(page, `/routings/new?organization=${tenant.organizationId}`);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');

  await tabTo(page, 'Name of the routing');
  await page.keyboard.type('By keyboard');
  await tabTo(page, 'sync_aliases which ids belong to the same person');
  await page.keyboard.press('Space');
  await tabTo(page, 'Served by');
  await page.keyboard.press('End');
  await expect(page.getByLabel('Served by')).toHaveValue(site.SLUICE_E2E_S3_ENDPOINT);
  await tabTo(page, 'Bucket');
  await page.keyboard.type(site.SLUICE_E2E_S3_BUCKET);
  await tabTo(page, 'Region');
  await page.keyboard.type(site.SLUICE_E2E_S3_REGION);
  await tabToButton(page, 'I have the keys already…');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Access key ID');
  await page.keyboard.type(site.SLUICE_E2E_S3_ACCESS_KEY_ID);
  await tabTo(page, 'Secret access key');
  await page.keyboard.type(site.SLUICE_E2E_S3_SECRET);
  await tabTo(page, 'Reason');
  await page.keyboard.type('Read out on the phone');
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(/\/connection$/);
  await expect(page.getByRole('heading', { level: 1, name: 'By keyboard' })).toBeVisible();
  await expectReady(page);
  await page.getByRole('link', { name: 'Overview', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Start' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Confirm and start' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('status')).toHaveText('Starting…');
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeFocused();
});
