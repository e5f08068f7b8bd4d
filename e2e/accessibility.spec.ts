import type { Page } from '@playwright/test';
import { sendEvents } from './collector';
import { expectAccessible } from './expect-accessible';
import { expect, makeKey, makeRouting, makeTenant, open, start, test } from './fixtures';

async function visit(page: Page, path: string): Promise<void> {
  await open(page, path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page, path);
}

test('every page of a delivering routing meets WCAG 2.2 AA in both themes', async ({ page, request }) => {
  test.setTimeout(180_000);
  const tenant = await makeTenant(page);
  const key = await makeKey(page, tenant);
  await expectAccessible(page, 'organization with a key');
  const routingId = await makeRouting(page, tenant);
  await expectAccessible(page, 'ready to start');
  await start(page);
  await expectAccessible(page, 'starting');
  await sendEvents(request, key, 3);
  await expect(page.getByTestId('status')).toHaveText('Delivering', { timeout: 45_000 });
  await expectAccessible(page, 'delivering');
  const files = page.getByRole('table', { name: 'Files' });
  const file = await files.getByRole('link').first().getAttribute('href');
  for (const path of ['/files', '/query', '/connection', '/activity', '/settings'])
    await visit(page, `/routings/${routingId}${path}`);
  await visit(page, file ?? '');
});

test('every other page meets WCAG 2.2 AA in both themes', async ({ page, browser, baseURL }) => {
  test.setTimeout(180_000);
  const paths = ['/routings', '/routings?q=nothing', '/routings/new', '/organizations', '/account', '/x'];
  for (const path of paths) await visit(page, path);
  const stranger = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
  await visit(await stranger.newPage(), '/sign-in');
  await stranger.close();
});

test('refused forms, dialogs and menus meet WCAG 2.2 AA in both themes', async ({ page }) => {
  await open(page, '/routings/new');
  await page.getByRole('button', { name: 'Create and copy link' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await expectAccessible(page, 'refused form');
  await page.getByRole('button', { name: 'New organization' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page, 'dialog');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Theme' }).click();
  await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toBeVisible();
  await expectAccessible(page, 'menu');
});
