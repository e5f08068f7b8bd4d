import { statusOfOneEvent } from './collector';
import { expect, makeKey, makeTenant, open, signIn, site, test, uniqueName } from './fixtures';

test('a collection key is shown once, works at the collector and stops when it is revoked', async ({
  page,
  request,
}) => {
  const tenant = await makeTenant(page);
  const key = await makeKey(page, tenant, 'Web shop');
  await expect(page.getByText(key)).toHaveCount(0);
  expect(await statusOfOneEvent(request, key)).toBe(201);

  await page.getByRole('button', { name: 'Revoke Web shop' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Web shop' })).toContainText('revoked');
  await expect.poll(() => statusOfOneEvent(request, key), { timeout: 30_000 }).toBe(401);
});

test('the ready command of a new key sends an event as it stands', async ({ page, request }) => {
  const tenant = await makeTenant(page);
  await open(page, `/organizations/${tenant.organizationId}`);
  await page.getByRole('button', { name: 'New key for Main site' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Browser');
  await dialog.getByLabel('Browser', { exact: false }).last().click();
  await dialog.getByRole('button', { name: 'Create key' }).click();
  const command = await dialog.locator('pre').last().innerText();
  const address = /curl -X POST '([^']+)'/.exec(command)?.[1] ?? '';
  const data: unknown = JSON.parse(/-d '([^']+)'/.exec(command)?.[1] ?? '');
  expect(address).toContain(site.SLUICE_E2E_COLLECTOR_URL);
  expect((await request.post(address, { data })).status()).toBe(201);
});

test('an API token is shown once, works as its owner and stops when it is revoked', async ({
  page,
  request,
}) => {
  const name = uniqueName('Token');
  await open(page, '/account');
  await page.getByRole('button', { name: 'New token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Create token' }).click();
  const token = (await dialog.locator('pre').first().innerText()).trim();
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByText(token)).toHaveCount(0);

  const ask = async () => {
    const headers = { authorization: `Bearer ${token}` };
    return (await request.get(`${site.SLUICE_E2E_URL}/api/v1/routings`, { headers })).status();
  };
  expect(await ask()).toBe(200);
  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('revoked');
  expect(await ask()).toBe(401);
});

test('another device is signed out from here', async ({ page, browser }) => {
  const userAgent = `Firefox/999 ${uniqueName('device')}`;
  const other = await browser.newContext({
    baseURL: site.SLUICE_E2E_URL,
    storageState: { cookies: [], origins: [] },
    userAgent: `Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 ${userAgent}`,
  });
  const theirs = await other.newPage();
  await signIn(theirs);
  await open(page, '/account');
  const devices = page.getByRole('listitem').filter({ hasText: 'Firefox on Windows' });
  await devices.first().getByRole('button', { name: 'Sign out Firefox on Windows' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('Firefox on Windows is signed out')).toBeVisible();
  await open(theirs, '/account');
  await expect(theirs).toHaveURL(/\/sign-in/);
  await other.close();
});
