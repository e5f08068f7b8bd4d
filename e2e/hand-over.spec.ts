import type { Browser, Page } from '@playwright/test';
import { expectAccessible } from './expect-accessible';
import { expect, fillAccess, makeTenant, open, reload, site, test } from './fixtures';

/** A routing that waits for its customer; ends on its connection. */
async function makeWaitingRouting(page: Page): Promise<string> {
  const tenant = await makeTenant(page);
  await open(page, `/routings/new?organization=${tenant.organizationId}`);
  await page.getByLabel('Name of the routing').fill('To be handed over');
  await page.getByLabel('Served by').selectOption(site.SLUICE_E2E_S3_ENDPOINT);
  await page.getByLabel('Bucket', { exact: true }).fill(site.SLUICE_E2E_S3_BUCKET);
  await page.getByLabel('Region').fill(site.SLUICE_E2E_S3_REGION);
  await page.getByRole('textbox', { name: 'Prefix' }).fill(`e2e/${tenant.organizationId}/`);
  await page.getByRole('button', { name: 'Create and copy link' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'To be handed over' })).toBeVisible();
  const routingId = new URL(page.url()).pathname.split('/')[2] ?? '';
  await open(page, `/routings/${routingId}/connection`);
  return routingId;
}

/** A new link of the routing on whose connection we are. */
async function makeLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'New hand-over link' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail of who runs AWS there').fill('iam@aurora.example');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  await expect(dialog.getByRole('heading', { name: 'Copy the link now' })).toBeVisible();
  const address = (await dialog.locator('pre').first().innerText()).trim();
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  return address;
}

/** The customer's AWS admin, on a phone, signed in nowhere. */
async function customerPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    storageState: { cookies: [], origins: [] },
  });
  return context.newPage();
}

test('a customer hands over access by a link, on a phone and without an account', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  const routingId = await makeWaitingRouting(page);
  const address = await makeLink(page);
  const links = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Hand-over link' }) });
  await expect(links).toContainText('Not opened yet');

  const customer = await customerPage(browser);
  await test.step('what fetches the address learns nothing and changes nothing', async () => {
    const answer = await customer.request.get(address);
    expect(await answer.text()).not.toContain('To be handed over');
    expect(answer.headers()).toMatchObject({
      'cache-control': expect.stringContaining('no-store'),
      'referrer-policy': 'no-referrer',
      'x-robots-tag': expect.stringContaining('noindex'),
    });
    expect(await customer.context().cookies()).toEqual([]);
    await reload(page);
    await expect(links).toContainText('Not opened yet');
  });
  await test.step('Begin exchanges the token for a cookie of this page alone', async () => {
    await open(customer, address);
    await expectAccessible(customer, 'before Begin');
    await customer.getByRole('button', { name: 'Begin' }).click();
    await expect(customer.getByText('Asked by Ada Admin')).toBeVisible();
    expect(new URL(customer.url()).hash).toBe('');
    expect(await customer.context().cookies()).toMatchObject([
      { path: new URL(address).pathname, httpOnly: true, sameSite: 'Strict' },
    ]);
    await expectAccessible(customer, 'access asked for');
    await expect(links).toContainText('Opened');
  });
  await test.step('access is handed over, its check runs by itself, and everybody sees that it passed', async () => {
    await customer.getByRole('radio', { name: 'Access keys' }).click();
    await fillAccess(customer);
    await customer.getByRole('button', { name: 'Hand over and check' }).click();
    await expect(customer.getByText('Access key that ends in')).toBeVisible();
    const steps = customer.getByRole('region', { name: 'Check' });
    await expect(steps.getByRole('listitem').filter({ hasText: 'Write a test file: passed' })).toBeVisible({
      timeout: 60_000,
    });
    await expect(
      customer.getByRole('heading', { name: 'Done: nothing is left for you to do' }),
    ).toBeVisible();
    await expect(customer.getByRole('button', { name: 'Hand over and check' })).toHaveCount(0);
    await expectAccessible(customer, 'handed over');
    await expect(links).toContainText('Check passed, handed over');
    await expectAccessible(page, 'connection with a link');
  });
  await test.step('the start is confirmed by somebody who is signed in and sees whose bucket it is', async () => {
    await open(page, `/routings/${routingId}`);
    await expect(page.getByTestId('status')).toHaveText('Ready to start');
    await page.getByRole('button', { name: 'Start' }).click();
    const dialog = page.getByRole('dialog', { name: 'Confirm the destination and start' });
    await expect(dialog).toContainText(`s3://${site.SLUICE_E2E_S3_BUCKET}/`);
    await expect(dialog).toContainText('required checks passed');
    await expectAccessible(page, 'confirm and start');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });
  await test.step('a new link ends the page of the one before', async () => {
    await open(page, `/routings/${routingId}/connection`);
    await makeLink(page);
    await expect(customer.getByText('This link does not work')).toBeVisible();
  });
  await customer.context().close();
});
