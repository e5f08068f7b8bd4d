import type { APIRequestContext, Browser, Page } from '@playwright/test';
import { z } from 'zod';
import { sendEvents } from './collector';
import { expectAccessible } from './expect-accessible';
import {
  expect as impatient,
  loginOf,
  makeKey,
  makeTenant,
  open,
  signIn,
  site,
  type Tenant,
  test,
} from './fixtures';
import { mailTo } from './mails';
import { controlStore, hasObject } from './object-store';
import { photograph } from './photograph';

// Many hands take part, each at its own pace: what is asserted is that it comes, not how fast.
const expect = impatient.configure({ timeout: 90_000 });
const keySchema = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });
const denialSchema = z.object({ denialId: z.string() });
const CUSTOMER_ACCOUNT = '123456789012';

/** What belongs to one customer: its names at AWS and the mailboxes of its people. */
function customerOf({ organizationId }: Tenant) {
  const id = organizationId.slice(0, 8);
  return {
    prefix: `story/${organizationId}/`,
    kmsKeyArn: `arn:aws:kms:${site.SLUICE_E2E_S3_REGION}:${CUSTOMER_ACCOUNT}:key/${organizationId}`,
    roleArn: `arn:aws:iam::${CUSTOMER_ACCOUNT}:role/sluice-${id}`,
    awsAdmin: `iam-${id}@aurora.example`,
    live: `data-${id}@aurora.example`,
  };
}
type Customer = ReturnType<typeof customerOf>;

/** Technical services: where to, who gives access, who is told. Ends on the connection of the new routing. */
async function createRouting(page: Page, tenant: Tenant, customer: Customer): Promise<string> {
  await open(page, `/routings/new?organization=${tenant.organizationId}`);
  await page.getByLabel('Name of the routing').fill('Aurora to the data lake');
  await page.getByLabel('Served by').selectOption(site.SLUICE_E2E_S3_ENDPOINT);
  await page.getByLabel('Bucket', { exact: true }).fill(site.SLUICE_E2E_S3_BUCKET);
  await page.getByLabel('Region').fill(site.SLUICE_E2E_S3_REGION);
  await page.getByRole('textbox', { name: 'Prefix' }).fill(customer.prefix);
  await page.getByLabel('KMS key').fill(customer.kmsKeyArn);
  await page.getByLabel('Own values').click();
  await page.getByLabel('Promise, in seconds').fill('60');
  await page.getByLabel('A file about every, in seconds').fill('5');
  await page.getByLabel('AWS admin of the customer').fill(customer.awsAdmin);
  await page.getByLabel('Tell when it is live').fill(customer.live);
  await page.getByRole('button', { name: 'Create and mail link' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Aurora to the data lake' })).toBeVisible();
  await expect(page).not.toHaveURL(/\/routings\/new/);
  const routingId = new URL(page.url()).pathname.split('/')[2] ?? '';
  await open(page, `/routings/${routingId}/connection`);
  return routingId;
}

/** The link travels by mail alone: nobody copies it. */
async function mailedLink(customer: Customer): Promise<string> {
  const { text } = await mailTo(customer.awsAdmin, '/h/');
  const [address = ''] = /https?:\/\/\S+\/h\/[0-9a-f-]{36}#[\w-]{43}/.exec(text) ?? [];
  expect(address).not.toBe('');
  return address;
}

interface Act {
  readonly customer: Page;
  readonly names: Customer;
  readonly request: APIRequestContext;
}

const WAYS = {
  keys: {
    identity: /arn:aws:iam::\d{12}:user\/\w+/,
    /** At AWS a user and its key are made; here the key is entered. */
    async enter({ customer, request }: Act) {
      const key = keySchema.parse(await controlStore(request, 'create-key', {}));
      await customer.getByRole('radio', { name: 'Access keys' }).click();
      await customer.getByLabel('Access key ID').fill(key.accessKeyId);
      await customer.getByLabel('Secret access key').fill(key.secretAccessKey);
    },
  },
  role: {
    identity: /arn:aws:sts::\d{12}:assumed-role\/sluice-[\w-]+\/sluice/,
    /** At AWS a role is made that asks for the external id of the page; here its ARN is entered. */
    async enter({ customer, names, request }: Act) {
      const externalId = (await customer.locator('pre').first().innerText()).trim();
      await controlStore(request, 'put-role', { roleArn: names.roleArn, externalId });
      await customer.getByLabel('Role ARN').fill(names.roleArn);
    },
  },
} as const;

/** The customer's AWS admin, on a phone, signed in nowhere. */
async function phone(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    permissions: ['clipboard-write'],
    storageState: { cookies: [], origins: [] },
  });
  return context.newPage();
}

/** Technical services at their desk. */
async function desk(browser: Browser, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext({
    ...(baseURL === undefined ? {} : { baseURL }),
    viewport: { width: 1440, height: 900 },
    storageState: { cookies: [], origins: [] },
  });
  const page = await context.newPage();
  await signIn(page, '/sign-in', 'technical_services');
  return page;
}

test.describe.configure({ mode: 'parallel' });

for (const way of ['keys', 'role'] as const) {
  test(`from a new routing to the mail that it is live, with access by ${way}`, async ({
    browser,
    baseURL,
    request,
  }) => {
    test.setTimeout(600_000);
    const page = await desk(browser, baseURL);
    const tenant = await makeTenant(page);
    const key = await makeKey(page, tenant);
    const names = customerOf(tenant);
    // The key's own policy does not know us yet.
    const denial = denialSchema.parse(
      await controlStore(request, 'deny', {
        ...{ action: 'kms:GenerateDataKey', bucket: site.SLUICE_E2E_S3_BUCKET },
        ...{ prefix: names.prefix, by: 'resource' },
      }),
    );
    const routingId = await createRouting(page, tenant, names);
    const section = (name: string) =>
      page.locator('section').filter({ has: page.getByRole('heading', { name }) });
    const links = section('Hand-over link');
    const address = await mailedLink(names);
    await expect(links).toContainText(names.awsAdmin);
    await photograph(page, `${way}-1-link-made`);

    const customer = await phone(browser);
    const check = customer.getByRole('region', { name: 'Check' });
    const row = check.getByRole('listitem').filter({ hasText: 'Write a test file' });
    await test.step('the customer begins and gives access on a phone', async () => {
      await open(customer, address);
      await photograph(customer, `${way}-2-before-begin`);
      await customer.getByRole('button', { name: 'Begin' }).click();
      await expect(customer.getByRole('link', { name: loginOf('technical_services').email })).toBeVisible();
      await WAYS[way].enter({ customer, names, request });
      await photograph(customer, `${way}-3-access`);
      await customer.getByRole('button', { name: 'Hand over and check' }).click();
    });
    await test.step('the check names the key whose policy is missing us, and what to paste', async () => {
      await expect(row).toContainText('failed');
      await expect(row).toContainText(`not use the key ${tenant.organizationId}`);
      await expect(row).toContainText('the key’s policy does not let it');
      await expect(row).toContainText('Your move.');
      await expect(row).toContainText('"kms:GenerateDataKey"');
      await expectAccessible(customer, 'refused by the key');
      await expect(links).toContainText(`Access entered (${way})`);
      await expect(links).toContainText('Check failed');
      await photograph(customer, `${way}-4-refused`);
      await photograph(page, `${way}-5-refused-seen`);
    });
    await test.step('once the fix was copied and applied, the row turns green without a click', async () => {
      await row.getByRole('button', { name: 'Copy fix' }).click();
      await expect(check).toContainText('AWS needs up to a minute');
      await photograph(customer, `${way}-6-waiting`);
      await controlStore(request, 'allow', denial);
      await expect(row).toContainText('passed');
      await expect(
        customer.getByRole('heading', { name: 'Done: nothing is left for you to do' }),
      ).toBeVisible();
      await expectAccessible(customer, 'handed over');
      await photograph(customer, `${way}-7-done`);
    });
    await test.step('technical services see it, look at bucket and account, and start', async () => {
      await expect(links).toContainText('Check passed, handed over');
      await mailTo(loginOf('technical_services').email, names.prefix);
      await open(page, `/routings/${routingId}`);
      await expect(page.getByTestId('status')).toHaveText('Ready to start');
      await page.getByRole('button', { name: 'Start' }).click();
      const dialog = page.getByRole('dialog', { name: 'Confirm the destination and start' });
      await expect(dialog).toContainText(`s3://${site.SLUICE_E2E_S3_BUCKET}/${names.prefix}`);
      await expect(dialog).toContainText('1234-5678-9012');
      await expect(dialog).toContainText(WAYS[way].identity);
      await photograph(page, `${way}-8-start`);
      await dialog.getByRole('button', { name: 'Confirm and start' }).click();
      await expect(customer.getByText('the delivery was started')).toBeVisible();
    });
    await test.step('events become the first file, and the customer is told how to look at it', async () => {
      await sendEvents(request, key, 12);
      await expect(page.getByTestId('status')).toHaveText('Delivering');
      const { text, headers } = await mailTo(names.live, 'CREATE EXTERNAL TABLE');
      expect(headers.subject).toContain('Your data is arriving');
      expect(text).toContain('read_json');
      const [, firstKey = ''] = /First file: s3:\/\/[^/]+\/(\S+)/.exec(text) ?? [];
      expect(firstKey).toContain(`${names.prefix}type=events/year=`);
      expect(await hasObject(firstKey)).toBe(true);
      await open(page, `/routings/${routingId}/connection`);
      await expect(section('Who was told')).toContainText(names.live);
      await photograph(page, `${way}-9-live`);
    });
    await customer.context().close();
    await page.context().close();
  });
}
