import { z } from 'zod';
import { sendEvents } from './collector';
import { expectAccessible } from './expect-accessible';
import {
  createWithKeys,
  expect,
  expectReady,
  fillRouting,
  makeKey,
  makeTenant,
  open,
  signIn,
  start,
  test,
} from './fixtures';
import { controlStore } from './object-store';

const keySchema = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });

test('a revoked key shows as blocked on the page, in the list and its panel, holds what comes, and drains once restored', async ({
  page,
  request,
}) => {
  test.setTimeout(240_000);
  const tenant = await makeTenant(page);
  const key = await makeKey(page, tenant);
  const access = keySchema.parse(await controlStore(request, 'create-key', {}));
  await fillRouting(page, tenant, 'To be blocked');
  await createWithKeys(page, access);
  const status = page.getByTestId('status');
  await expectReady(page);
  const address = page.url();
  await start(page);
  await sendEvents(request, key, 11);
  await expect(status).toHaveText('Delivering', { timeout: 45_000 });

  const { accessKeyId } = access;
  await controlStore(request, 'revoke-key', { accessKeyId });
  await sendEvents(request, key, 13);
  await expect(status).toHaveText('Blocked', { timeout: 60_000 });
  await test.step('the page says what happened, whose move it is and that nothing is lost', async () => {
    const card = page.getByRole('region', { name: 'What stands in the way' });
    await expect(card).toContainText('AWS does not know the access key ID.');
    await expect(card).toContainText('403');
    await expect(card.getByRole('link', { name: 'Open the connection' })).toBeVisible();
    await expect(page.getByText(/Nothing is lost: 13 events \(.+\) held until/)).toBeVisible();
    await expectAccessible(page, 'blocked');
  });
  await test.step('so do its row in the list and the panel beside it', async () => {
    await open(page, `/routings?view=blocked&q=${encodeURIComponent(tenant.organizationName)}`);
    const row = page.getByRole('row').filter({ hasText: tenant.organizationName });
    await expect(row).toContainText('Blocked');
    await row.getByRole('link').first().click();
    const panel = page.getByRole('dialog');
    await expect(panel).toContainText('AWS does not know the access key ID.');
    await expectAccessible(page, 'panel of a blocked routing');
  });

  await controlStore(request, 'restore-key', { accessKeyId });
  await open(page, address);
  await expect(status).toHaveText('Delivering', { timeout: 90_000 });
  const files = page.getByRole('table', { name: 'Files' });
  await expect(
    files.getByRole('row').filter({ has: page.getByRole('cell', { name: '13', exact: true }) }),
  ).toHaveCount(1);
});

test('a customer sees the routings of their own organization only, in the list and by address', async ({
  page,
  browser,
  baseURL,
}) => {
  const tenant = await makeTenant(page);
  await fillRouting(page, tenant, 'Of somebody else');
  await createWithKeys(page);
  await expectReady(page);
  const foreign = new URL(page.url()).pathname;

  const context = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
  const customer = await context.newPage();
  await signIn(customer, '/sign-in', 'customer_admin');
  await open(customer, '/routings?view=all');
  await expect(customer.getByRole('row').filter({ hasText: 'Aurora events' })).toBeVisible();
  const rows = await customer.getByRole('row').allInnerTexts();
  expect(rows.slice(1).every((row) => row.includes('Aurora News'))).toBe(true);
  for (const tab of ['', '/files', '/connection', '/activity', '/settings', '/latency.csv']) {
    const answer = await context.request.get(`${foreign}${tab}`);
    expect([tab, answer.status()]).toEqual([tab, 404]);
  }
  await context.close();
});
