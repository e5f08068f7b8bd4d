import { expectAccessible } from './expect-accessible';
import {
  expect,
  expectReady,
  fillAccess,
  fillRouting,
  makeRouting,
  makeTenant,
  open,
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
  await expect(page.getByLabel('Bucket', { exact: true })).toHaveValue(site.SLUICE_E2E_S3_BUCKET);
  await expect(page.getByRole('textbox', { name: 'Prefix' })).toHaveValue(`e2e/${tenant.organizationId}/`);
  await expect(page.getByText('The address does not say the region: choose it below.')).toBeVisible();
  await page.getByLabel('Region').fill(site.SLUICE_E2E_S3_REGION);
  await expect(page.getByTestId('estimate')).toContainText('up to 2,881 files a day');
  await page.getByLabel('1 minute a file about every 15 s').click();
  await expect(page.getByTestId('estimate')).toContainText('up to 11,521 files a day');
  await page.getByRole('button', { name: 'Create and copy link' }).click();
  await expect(page.getByRole('dialog').locator('pre')).toContainText('/h/');
  await page.getByRole('dialog').getByRole('button', { name: 'I have copied it' }).click();

  await expect(page).toHaveURL(/\/connection$/);
  const status = page.getByTestId('status');
  await expect(status).toHaveText('Waiting for customer');
  await page
    .getByRole('radiogroup', { name: 'Texts for' })
    .getByRole('radio', { name: 'Access keys' })
    .click();
  await expect(page.locator('pre').first()).toContainText(
    `arn:aws:s3:::${site.SLUICE_E2E_S3_BUCKET}/e2e/${tenant.organizationId}/type=*`,
  );
  await page.getByRole('form', { name: 'Access' }).getByRole('radio', { name: 'Access keys' }).click();
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
  await page.getByLabel('Bucket', { exact: true }).fill('borealis');
  await page.getByRole('textbox', { name: 'Prefix' }).fill('old/');
  await paste.fill('s3://aurora-events/permutive/');
  await paste.press('Enter');
  await expect(page.getByText('Replaced bucket borealis, prefix old/.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByLabel('Bucket', { exact: true })).toHaveValue('borealis');
  await expect(page.getByRole('textbox', { name: 'Prefix' })).toHaveValue('old/');

  await paste.fill('arn:aws:s3:eu-west-1:123456789012:accesspoint/aurora');
  await paste.press('Enter');
  await expect(page.getByText('This is the ARN of an access point')).toBeVisible();
  await expect(page.getByLabel('Bucket', { exact: true })).toHaveValue('borealis');

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

test('a page saves itself: another browser goes on with it, of two editors one is told, and it can be thrown away', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const tenant = await makeTenant(page);
  await fillRouting(page, tenant, 'Kept');
  await page.getByLabel('Only events of these names').fill('Pageview');
  await page.getByLabel('Region').fill('nowhere');
  await expect(page).toHaveURL(/\/routings\/new\?draft=/);
  await expect(page.getByText('The draft is saved without the region')).toBeVisible();
  await page.getByLabel('Region').fill(site.SLUICE_E2E_S3_REGION);
  await expect(page.getByText('The draft is saved without the region')).toBeHidden();
  await expect(page.getByTestId('draft-stamp')).toContainText('your move');

  const context = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
  const colleague = await context.newPage();
  await signIn(colleague, '/sign-in', 'technical_services');
  await open(colleague, '/routings?view=onboarding');
  await expect(colleague.getByRole('region', { name: 'Drafts' })).toContainText('Draft');
  await colleague.getByRole('link', { name: `${tenant.organizationName} · Kept` }).click();
  await expect(colleague.getByLabel('Name of the routing')).toHaveValue('Kept');
  await expect(colleague.getByLabel('Only events of these names')).toHaveValue('Pageview');
  await expect(colleague.getByLabel('Served by')).toHaveValue(site.SLUICE_E2E_S3_ENDPOINT);
  await expect(colleague.getByLabel('A file about every, in seconds')).toHaveValue('5');
  const stamp = colleague.getByTestId('draft-stamp').locator('time');
  const before = await stamp.getAttribute('datetime');
  await colleague.getByLabel('Name of the routing').fill('Named by a colleague');
  await expect(stamp).not.toHaveAttribute('datetime', before ?? '');

  await page.getByRole('textbox', { name: 'Prefix' }).fill(`e2e/${tenant.organizationId}/mine/`);
  const conflict = page.getByRole('main').getByRole('alert');
  await expect(conflict).toContainText('was Kept, is now Named by a colleague');
  await expectAccessible(page, 'two editors of a draft');
  await conflict.getByRole('button', { name: 'Drop mine, show theirs' }).click();
  await expect(page.getByLabel('Name of the routing')).toHaveValue('Named by a colleague');
  await expect(page.getByRole('textbox', { name: 'Prefix' })).toHaveValue(`e2e/${tenant.organizationId}/`);

  await page.getByRole('button', { name: 'Discard draft' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard draft' }).click();
  await expect(page.getByText('The draft has been discarded')).toBeVisible();
  await expect(page.getByLabel('Name of the routing')).toHaveValue('');
  await open(colleague, '/routings?view=onboarding');
  await expect(colleague.getByRole('link', { name: 'Named by a colleague' })).toHaveCount(0);
  await context.close();
});

test('a customer may be left to name the bucket, and is shown so beforehand', async ({ page, browser }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  const tenant = await makeTenant(page);
  await open(page, `/routings/new?organization=${tenant.organizationId}`);
  const preview = page.getByRole('complementary', { name: 'What the customer will see' });
  await expect(preview).toContainText(tenant.organizationName);
  await page.getByLabel('Bucket', { exact: true }).fill('aurora-events');
  await expect(preview).toContainText('s3://aurora-events/');
  await page.getByLabel('The customer will tell us').click();
  await expect(preview).toContainText('They name bucket, region and prefix here.');
  await page.getByLabel('Served by').selectOption(site.SLUICE_E2E_S3_ENDPOINT);
  await page.getByLabel('Keys only').click();
  await page.getByRole('button', { name: 'Create and copy link' }).click();
  const dialog = page.getByRole('dialog');
  const address = (await dialog.locator('pre').innerText()).trim();
  await expectAccessible(page, 'a new link');
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await expect(page).toHaveURL(/\/connection$/);
  await expect(page.getByTestId('status')).toHaveText('Waiting for customer');
  await expectAccessible(page, 'a connection without a place');

  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    storageState: { cookies: [], origins: [] },
  });
  const customer = await context.newPage();
  await open(customer, address);
  await customer.getByRole('button', { name: 'Begin' }).click();
  await customer.getByRole('button', { name: 'Use this bucket' }).click();
  const form = customer.getByRole('form', { name: 'Bucket' });
  await expect(form.getByLabel('Bucket', { exact: true })).toBeFocused();
  await expectAccessible(customer, 'a bucket to name');
  await form.getByLabel('Bucket', { exact: true }).fill(site.SLUICE_E2E_S3_BUCKET);
  await form.getByLabel('Region').fill(site.SLUICE_E2E_S3_REGION);
  await form.getByRole('textbox', { name: 'Prefix' }).fill(`e2e/${tenant.organizationId}/`);
  await form.getByRole('button', { name: 'Use this bucket' }).click();
  await expect(customer.getByRole('radio', { name: 'Role' })).toHaveCount(0);
  await fillAccess(customer);
  await customer.getByRole('button', { name: 'Hand over and check' }).click();
  await expect(customer.getByRole('heading', { name: 'Done: nothing is left for you to do' })).toBeVisible({
    timeout: 60_000,
  });
  await context.close();
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
