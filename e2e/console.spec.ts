import type { Browser, Page } from '@playwright/test';
import type { Role } from '@/lib/domain/access/actor';
import { expectAccessible } from './expect-accessible';
import { expect, loginOf, makeKey, makeTenant, open, reload, signIn, site, test } from './fixtures';

const RAILS: Readonly<Record<Role, string>> = {
  admin: 'Routings · Organizations · Audit · System · Account',
  technical_services: 'Routings · Organizations · Account',
  ops: 'Routings · System · Audit · Account',
  customer_admin: 'Routings · Organization · Audit · Account',
  customer_viewer: 'Routings · Account',
};
/** Pages that the role has no place on, by what they say. */
const FORBIDDEN: Readonly<Record<Role, readonly string[]>> = {
  admin: [],
  technical_services: ['/system'],
  ops: ['/organizations', '/routings/new'],
  customer_admin: ['/system', '/routings/new'],
  customer_viewer: ['/system', '/audit', '/organizations', '/routings/new'],
};

async function as(browser: Browser, role: Role): Promise<Page> {
  const context = await browser.newContext({
    baseURL: site.SLUICE_E2E_URL,
    storageState: { cookies: [], origins: [] },
  });
  const page = await context.newPage();
  await signIn(page, '/sign-in', role);
  return page;
}

for (const role of Object.keys(RAILS) as Role[]) {
  test(`${role} finds the own rail, and on pages of others a sentence`, async ({ browser }) => {
    const page = await as(browser, role);
    await open(page, '/account');
    const rail = page.getByRole('navigation', { name: 'Main' });
    const labels = await rail.getByRole('link').allInnerTexts();
    expect(labels.map((label) => label.trim()).join(' · ')).toBe(RAILS[role]);
    for (const path of FORBIDDEN[role]) {
      await open(page, path);
      await expect(page.getByRole('link', { name: 'Back to the routings' })).toBeVisible();
    }
    const file = await page.request.get('/audit/export');
    expect(file.status()).toBe(role === 'customer_viewer' ? 403 : 200);
    for (const path of await hrefsOf(page)) {
      await open(page, path);
      await expect(page.getByRole('link', { name: 'Back to the routings' })).toHaveCount(0);
    }
    await page.context().close();
  });
}

async function hrefsOf(page: Page): Promise<string[]> {
  const links = await page.getByRole('navigation', { name: 'Main' }).getByRole('link').all();
  return Promise.all(links.map(async (link) => (await link.getAttribute('href')) ?? ''));
}

test('an organization that is not there answers 404, another customer’s too', async ({ page, browser }) => {
  const tenant = await makeTenant(page);
  const customer = await as(browser, 'customer_admin');
  const statusOf = async (of: Page, id: string) => (await of.goto(`/organizations/${id}`))?.status();
  expect(await statusOf(page, tenant.organizationId)).toBe(200);
  expect(await statusOf(page, '7c0e7f0e-1c1a-4c5e-9d38-0d4c0a1d2e3f')).toBe(404);
  expect(await statusOf(customer, tenant.organizationId)).toBe(404);
  await expect(customer.getByText('There is nothing here')).toBeVisible();
  await customer.context().close();
});

test('a changed password lets in, the old one does not, and the other device is out', async ({ browser }) => {
  const { email, password } = loginOf('customer_viewer');
  const next = `${password} and more`;
  const [mine, other] = [await as(browser, 'customer_viewer'), await as(browser, 'customer_viewer')];
  const change = async (from: string, to: string) => {
    await open(mine, '/account');
    await mine.getByLabel('Current password').fill(from);
    await mine.getByLabel('New password').fill(to);
    await mine.getByRole('button', { name: 'Change password' }).click();
  };
  await change('wrong', next);
  await expect(mine.getByLabel('Current password')).toHaveAccessibleDescription(/not your current password/);
  await change(password, email);
  await expect(mine.getByLabel('New password')).toHaveAccessibleDescription(
    /first thing that others would try/,
  );
  await change(password, next);
  await expect(mine.getByText(/The password is changed/)).toBeVisible();
  await open(other, '/account');
  await expect(other).toHaveURL(/\/sign-in/);
  await open(mine, '/account');
  await expect(mine.getByRole('heading', { name: 'Password' })).toBeVisible();
  // Back, for whoever signs in next.
  await change(next, password);
  await expect(mine.getByText(/The password is changed/)).toBeVisible();
  for (const page of [mine, other]) await page.context().close();
});

test('times follow the chosen zone and the switch in the top bar, and keep UTC in sight', async ({
  browser,
}) => {
  const page = await as(browser, 'technical_services');
  await open(page, '/account');
  const since = page
    .getByText(/^signed in/)
    .first()
    .locator('time')
    .first();
  await expect(since).toHaveText(/ UTC$/);
  await page.getByLabel('Zone').selectOption('Asia/Kolkata');
  await page.getByRole('button', { name: 'Save time zone' }).click();
  await expect(since).toHaveText(/ UTC\+5:30$/);
  await expect(since).toHaveAttribute('title', /UTC\+5:30 · .* UTC$/);
  await reload(page);
  await expect(since).toHaveText(/ UTC\+5:30$/);
  await page.getByRole('button', { name: 'Times in Kolkata' }).click();
  await page.getByRole('menuitemradio', { name: 'UTC' }).click();
  await expect(since).toHaveText(/ UTC$/);
  await open(page, '/organizations');
  await expect(page.getByRole('button', { name: 'Times in UTC' })).toBeVisible();
  await page.context().close();
});

test('what collection refuses stands on the organization’s page by its reason', async ({ page, request }) => {
  const tenant = await makeTenant(page);
  const key = await makeKey(page, tenant);
  const headers = { 'x-api-key': key };
  const data = [
    { name: 'Pageview' },
    { name: 'Pageview' },
    { user_id: '7c0e7f0e-1c1a-4c5e-9d38-0d4c0a1d2e3f' },
  ];
  await request.post(`${site.SLUICE_E2E_COLLECTOR_URL}/v2.0/batch/events`, { headers, data });
  const rows = page.getByRole('table', { name: 'Rejected events of Main site' }).getByRole('row');
  await expect(async () => {
    await open(page, `/organizations/${tenant.organizationId}`);
    await expect(rows.filter({ hasText: 'names no user' })).toContainText('2', { timeout: 2_000 });
  }).toPass();
  await expect(rows.filter({ hasText: 'name is required' })).toContainText('1');
  await expect(page.getByText('about 3 rejected')).toBeVisible();
});

test('the audit tells who made an organization, by filter and as a file; the system names its processes', async ({
  page,
}) => {
  const tenant = await makeTenant(page);
  await open(page, '/audit');
  await page.getByLabel('Organization').selectOption(tenant.organizationId);
  await page.getByLabel('What').selectOption('workspace');
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page).toHaveURL(new RegExp(`organization=${tenant.organizationId}`));
  const recorded = page.getByRole('list', { name: 'Recorded actions' }).getByRole('listitem');
  await expect(recorded).toHaveCount(1);
  await expect(recorded).toContainText('created the workspace “Main site”');
  const loading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV' }).click();
  expect((await loading).suggestedFilename()).toMatch(/^sluice-audit-\d{4}-\d\d-\d\d\.csv$/);

  await open(page, '/system');
  const processes = page.getByRole('table', { name: 'Processes' });
  for (const kind of ['web-', 'collector-', 'worker-'])
    await expect(
      processes.getByRole('row').filter({ hasText: kind }).filter({ hasText: 'Ready' }),
    ).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Everything runs');
});

test('the console’s pages meet WCAG 2.2 AA in both themes', async ({ page }) => {
  test.setTimeout(180_000);
  for (const path of [
    '/organizations?q=nothing-is-called-this',
    '/audit',
    '/audit?who=nobody-at-all',
    '/system',
  ]) {
    await open(page, path);
    if (path === '/audit') await page.getByRole('listitem').locator('summary').first().click();
    await expectAccessible(page, path);
  }
});
