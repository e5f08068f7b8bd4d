import type { Page } from '@playwright/test';
import { expectAccessible } from './expect-accessible';
import {
  createWithKeys,
  expect,
  expectReady,
  fillRouting,
  makeTenant,
  open,
  reload,
  signIn,
  type Tenant,
  test,
} from './fixtures';

/** Two routings of one organization that are ready to start; returns the address of the list of just these, by name. */
async function makeTwo(page: Page): Promise<{ tenant: Tenant; address: string }> {
  const tenant = await makeTenant(page);
  for (const name of ['Alpha site', 'Beta site']) {
    await fillRouting(page, tenant, name);
    // A place that is proven belongs to one routing.
    await page
      .getByRole('textbox', { name: 'Prefix' })
      .fill(`e2e/${tenant.organizationId}/${name.split(' ')[0]}/`);
    await createWithKeys(page);
    await expectReady(page);
  }
  return { tenant, address: `/routings?view=all&organization=${tenant.organizationId}&sort=name` };
}

const rowLink = (page: Page, name: string) =>
  page.getByRole('table', { name: 'Routings' }).getByRole('link', { name });

test('the panel opens, walks and closes with the keyboard alone, and the address goes along', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { address } = await makeTwo(page);
  await open(page, address);
  await rowLink(page, 'Alpha site').focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog');
  await expect(panel.getByText('Alpha site')).toBeVisible();
  await expect(panel.getByText('Last attempts')).toBeVisible();
  await expect(page).toHaveURL(/peek=/);
  const first = page.url();

  await page.keyboard.press('ArrowDown');
  await expect(panel.getByText('Beta site')).toBeVisible();
  expect(page.url()).not.toBe(first);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(panel.getByText('Alpha site')).toBeVisible();
  expect(page.url()).toBe(first);
  await expect(panel.getByText('Last attempts')).toBeVisible();
  await expectAccessible(page, 'list with its panel');

  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(rowLink(page, 'Alpha site')).toBeFocused();
  await expect(page).not.toHaveURL(/peek=/);

  await open(page, first);
  await expect(page.getByRole('dialog').getByText('Alpha site')).toBeVisible();
});

test('search, order and views live in the address and survive a reload', async ({ page }) => {
  test.setTimeout(180_000);
  const { tenant, address } = await makeTwo(page);
  await open(page, address);
  const names = page.getByRole('table', { name: 'Routings' }).getByRole('link', { name: /site$/ });
  await expect(names).toHaveText([/Alpha site/, /Beta site/]);
  await page.getByRole('link', { name: 'Organization · routing' }).click();
  await expect(names).toHaveText([/Beta site/, /Alpha site/]);
  await expect(page.getByRole('columnheader', { name: 'Organization · routing' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );

  await page.getByRole('searchbox').fill('beta');
  await page.keyboard.press('Enter');
  await expect(names).toHaveText([/Beta site/]);
  await reload(page);
  await expect(names).toHaveText([/Beta site/]);
  await expect(page.getByRole('searchbox')).toHaveValue('beta');
  await expect(page).toHaveURL(new RegExp(`organization=${tenant.organizationId}`));

  await page.getByRole('searchbox').fill('nobody is called so');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No routing in this view matches “nobody is called so”.')).toBeVisible();
  await page.getByRole('searchbox').fill('');
  await page.keyboard.press('Enter');
  await expect(names).toHaveCount(2);
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Onboarding' }).click();
  await expect(page).toHaveURL(/view=onboarding/);
  await expect(names).toHaveCount(2);
  await page.getByRole('link', { name: 'Clear' }).click();
  await expect(page).not.toHaveURL(/organization=/);
});

test('a customer finds only their own in list, counts and panel', async ({ page, browser, baseURL }) => {
  test.setTimeout(180_000);
  const { address } = await makeTwo(page);
  await open(page, address);
  await rowLink(page, 'Alpha site').click();
  await expect(page).toHaveURL(/peek=/);
  const foreignId = new URL(page.url()).searchParams.get('peek');

  const context = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
  const theirs = await context.newPage();
  await signIn(theirs, '/sign-in', 'customer_viewer');
  await expect(theirs).toHaveURL(/\/routings(\/[0-9a-f-]{36}$|\?view=all$)/);
  await open(theirs, `/routings?view=all&q=Alpha+site&peek=${foreignId}`);
  await expect(rowLink(theirs, 'Alpha site')).toHaveCount(0);
  await expect(theirs.getByRole('dialog').getByText('There is no such routing.')).toBeVisible();
  await context.close();
});
