import {
  expect,
  expectReady,
  fillAccess,
  fillRouting,
  makeRouting,
  makeTenant,
  open,
  reload,
  signIn,
  site,
  start,
  type Tenant,
  test,
} from './fixtures';

const SIGNATURE = 'f'.repeat(64);
const PRESIGNED = `https://aurora-events.s3.eu-west-1.amazonaws.com/permutive/x.gz?X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260101%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Signature=${SIGNATURE}`;

test('a routing is made from a pasted address, waits for its customer, gets its access and starts', async ({
  page,
}) => {
  const tenant = await makeTenant(page);
  await open(page, `/routings/new?organization=${tenant.organizationId}`);
  await page.getByLabel('Name of the routing').fill('From a paste');
  const pasted = `${site.SLUICE_E2E_S3_ENDPOINT}/${site.SLUICE_E2E_S3_BUCKET}/e2e/${tenant.organizationId}/type=events/year=2026/`;
  await page.getByLabel('Paste anything').fill(pasted);
  await page.getByLabel('Paste anything').press('Enter');
  await expect(page.getByLabel('Served by')).toHaveValue(site.SLUICE_E2E_S3_ENDPOINT);
  await expect(page.getByLabel('Bucket')).toHaveValue(site.SLUICE_E2E_S3_BUCKET);
  await expect(page.getByLabel('Prefix')).toHaveValue(`e2e/${tenant.organizationId}/`);
  await expect(page.getByText('The address does not say the region: choose it below.')).toBeVisible();
  await page.getByLabel('Region').fill(site.SLUICE_E2E_S3_REGION);
  await expect(page.getByTestId('estimate')).toContainText('up to 2,881 files a day');
  await page.getByLabel('1 minute a file about every 15 s').click();
  await expect(page.getByTestId('estimate')).toContainText('up to 11,521 files a day');
  await page.getByLabel('The customer gives access later').click();
  await page.getByRole('button', { name: 'Create routing' }).click();

  await expect(page).toHaveURL(/\/connection$/);
  const status = page.getByTestId('status');
  await expect(status).toHaveText('Waiting for customer');
  await expect(page.locator('pre').first()).toContainText(
    `arn:aws:s3:::${site.SLUICE_E2E_S3_BUCKET}/e2e/${tenant.organizationId}/type=*`,
  );
  await page.getByRole('button', { name: 'Store access' }).click();
  await expect(page.getByLabel('Access key ID')).toBeFocused();
  await fillAccess(page);
  await page.getByRole('button', { name: 'Store access' }).click();
  await expect(page.getByText('Access stored')).toBeVisible();
  await expectReady(page);
  await expect(page.getByText(`ends in ${site.SLUICE_E2E_S3_ACCESS_KEY_ID.slice(-4)}`).first()).toBeVisible();

  await page.getByRole('link', { name: 'Activity', exact: true }).click();
  await expect(page.getByText('Entered access keys')).toBeVisible();
  await expect(page.getByText('Created without access keys')).toBeVisible();
  await page.getByRole('navigation', { name: 'Show' }).getByRole('link', { name: 'Status' }).click();
  await expect(page.getByText('Created without access keys')).toBeHidden();
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await start(page);
});

test('what is pasted never overwrites in silence, and a secret does not stay', async ({ page }) => {
  const tenant = await makeTenant(page);
  await open(page, `/routings/new?organization=${tenant.organizationId}`);
  const paste = page.getByLabel('Paste anything');
  await page.getByLabel('Bucket').fill('borealis');
  await page.getByLabel('Prefix').fill('old/');
  await paste.fill('s3://aurora-events/permutive/');
  await paste.press('Enter');
  await expect(page.getByText('Replaced bucket borealis, prefix old/.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByLabel('Bucket')).toHaveValue('borealis');
  await expect(page.getByLabel('Prefix')).toHaveValue('old/');

  await paste.fill('arn:aws:s3:eu-west-1:123456789012:accesspoint/aurora');
  await paste.press('Enter');
  await expect(page.getByText('This is the ARN of an access point')).toBeVisible();
  await expect(page.getByLabel('Bucket')).toHaveValue('borealis');

  await paste.fill('');
  await paste.evaluate((field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', text);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, PRESIGNED);
  await expect(page.getByText('This was a presigned address')).toBeVisible();
  await expect(paste).toHaveValue('s3://aurora-events/permutive/');
  await expect(page.getByLabel('Region')).toHaveValue('eu-west-1');
  expect(await page.content()).not.toContain(SIGNATURE);
});

test('what was typed survives a reload of the tab, except the keys, until one starts over', async ({
  page,
}) => {
  const tenant = await makeTenant(page);
  await fillRouting(page, tenant, 'Kept');
  await page.getByLabel('Only events of these names').fill('Pageview');
  await reload(page);
  await expect(page.getByText('What you had typed in this tab is here again')).toBeVisible();
  await expect(page.getByLabel('Name of the routing')).toHaveValue('Kept');
  await expect(page.getByLabel('Only events of these names')).toHaveValue('Pageview');
  await expect(page.getByLabel('Served by')).toHaveValue(site.SLUICE_E2E_S3_ENDPOINT);
  await expect(page.getByLabel('A file about every, in seconds')).toHaveValue('5');
  await expect(page.getByLabel('Access key ID')).toHaveValue('');
  await expect(page.getByLabel('Secret access key')).toHaveValue('');
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(page.getByLabel('Name of the routing')).toHaveValue('');
});

test('who may not change a routing sees its connection and nothing to change it with', async ({
  page,
  browser,
  baseURL,
}) => {
  await open(page, '/organizations');
  const href = await page.getByRole('link', { name: 'Aurora News' }).first().getAttribute('href');
  const tenant: Tenant = {
    organizationId: (href ?? '').split('/').at(-1) ?? '',
    organizationName: 'Aurora News',
  };
  const routingId = await makeRouting(page, tenant);
  for (const role of ['customer_viewer', 'ops'] as const) {
    const context = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
    const reader = await context.newPage();
    await signIn(reader, '/sign-in', role);
    await open(reader, `/routings/${routingId}/connection`);
    await expect(reader.getByRole('heading', { name: 'What AWS must allow' })).toBeVisible();
    for (const name of ['Change destination', 'Rotate access keys']) {
      await expect(reader.getByRole('button', { name })).toHaveCount(0);
    }
    await expect(reader.getByRole('link', { name: 'Settings', exact: true })).toHaveCount(0);
    await open(reader, `/routings/${routingId}/settings`);
    await expect(reader.getByText('Your role sees this routing and does not change it.')).toBeVisible();
    await open(reader, '/routings/new');
    await expect(reader.getByText('Routings are created by the people who onboard customers.')).toBeVisible();
    await context.close();
  }
});
