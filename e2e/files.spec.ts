import type { Locator, Page } from '@playwright/test';
import { sendEvents } from './collector';
import { expectAccessible } from './expect-accessible';
import { expect, makeKey, makeRouting, makeTenant, open, start, test } from './fixtures';

function grid(page: Page): Locator {
  return page.getByRole('grid');
}

/** Walks on with Tab until something in the grid has the focus. */
async function tabIntoGrid(page: Page): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    if ((await grid(page).locator('a:focus').count()) === 1) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab never reached the calendar');
}

test('the hour of a real delivery is opened with the keyboard, adds up, and shows its file', async ({
  page,
  request,
}) => {
  test.setTimeout(150_000);
  const tenant = await makeTenant(page);
  const key = await makeKey(page, tenant);
  const routingId = await makeRouting(page, tenant);
  await open(page, `/routings/${routingId}/files`);
  await expect(page.getByText('This routing has not been started')).toBeVisible();
  await expectAccessible(page, 'not started');

  await open(page, `/routings/${routingId}`);
  await start(page);
  await sendEvents(request, key, 25);
  await expect(page.getByTestId('status')).toHaveText('Delivering', { timeout: 45_000 });

  await page.getByRole('link', { name: 'Files', exact: true }).click();
  await expect(grid(page)).toBeVisible();
  await tabIntoGrid(page);
  const first = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await page.keyboard.press('Home');
  await expect(grid(page).locator('a:focus')).toHaveAttribute('aria-label', /00:00 UTC/);
  await page.keyboard.press('End');
  await expect(grid(page).locator('a:focus')).toHaveAttribute('aria-label', first ?? '');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/hour=\d{4}-\d\d-\d\dT\d\d/);
  const receipt = page.getByTestId('receipt');
  await expect(receipt).toHaveText(/accepted 25 = delivered 25 \+ pending 0 \+ set aside 0 \+ gap 0/);
  await expect(page.getByText('adds up', { exact: true })).toBeVisible();
  await expectAccessible(page, 'an hour');

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Receipt' }).click();
  expect((await download).suggestedFilename()).toMatch(/^receipt-events-.*\.json$/);

  await page.getByRole('table', { name: 'Files' }).getByRole('link').first().click();
  const panel = page.getByRole('dialog');
  await expect(panel.getByRole('table', { name: 'Tries' })).toContainText('written · 200');
  await expectAccessible(page, 'a file beside its list');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(page).not.toHaveURL(/file=/);
});

test('T shows the calendar as a table and back', async ({ page }) => {
  // A month of hours is a thousand elements to look at, twice.
  test.setTimeout(240_000);
  const tenant = await makeTenant(page);
  const routingId = await makeRouting(page, tenant);
  await start(page);
  await open(page, `/routings/${routingId}/files`);
  await tabIntoGrid(page);
  await page.keyboard.press('t');
  await expect(grid(page)).toBeHidden();
  await expect(page.getByRole('columnheader', { name: 'Accepted' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Table' })).toBeFocused();
  await expectAccessible(page, 'the table of hours');
  await page.keyboard.press('t');
  await expect(grid(page)).toBeVisible();
});
