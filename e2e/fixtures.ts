import { test as base, expect, type Page } from '@playwright/test';
import type { Role } from '@/lib/domain/access/actor';
import { readSite } from './site';

export const site = readSite();

type StorageState = Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>;

/**
 * Pages start signed in as the admin, with one sign-in per worker process. A page that logs an error to the console,
 * such as one the content policy refused, fails its test.
 */
export const test = base.extend<{ quietConsole: undefined }, { session: StorageState }>({
  session: [
    async ({ browser }, use) => {
      const context = await browser.newContext({ baseURL: site.SLUICE_E2E_URL });
      await signIn(await context.newPage());
      const state = await context.storageState();
      await context.close();
      await use(state);
    },
    { scope: 'worker' },
  ],
  storageState: async ({ session }, use) => use(session),
  quietConsole: [
    async ({ context }, use) => {
      const errors: string[] = [];
      context.on('weberror', (error) => errors.push(error.error().message));
      context.on('console', (message) => {
        // A refused request is an answer that a test may ask for on purpose.
        const isAnswer = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !isAnswer) errors.push(message.text());
      });
      await use(undefined);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Opens a page and waits until it answers to clicks: a click on what only looks ready would be lost. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await untilItAnswers(page);
}

/** Loads the page anew and waits until it answers to clicks. */
export async function reload(page: Page): Promise<void> {
  await page.reload();
  await untilItAnswers(page);
}

async function untilItAnswers(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const main = document.querySelector('main');
    return main !== null && Object.keys(main).some((key) => key.startsWith('__reactFiber'));
  });
}

/** The e-mail and password of the instance's login for this role. */
export function loginOf(role: Role): { readonly email: string; readonly password: string } {
  const login = site.SLUICE_E2E_LOGINS.find((candidate) => candidate.role === role);
  if (login === undefined) throw new Error(`The instance has no login for ${role}`);
  return login;
}

export async function signIn(page: Page, path = '/sign-in', role: Role = 'admin'): Promise<void> {
  const { email, password } = loginOf(role);
  await open(page, path);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).not.toHaveURL(/\/sign-in/);
}

let count = 0;

/** A name that no other test has. */
export function uniqueName(what: string): string {
  count += 1;
  return `${what} ${process.pid}-${Date.now().toString(36)}-${count}`;
}

export interface Tenant {
  readonly organizationId: string;
  readonly organizationName: string;
}

/** An organization of the test's own, with the workspace "Main site"; ends on its page. */
export async function makeTenant(page: Page): Promise<Tenant> {
  const organizationName = uniqueName('Organization');
  await open(page, '/organizations');
  await page.getByRole('button', { name: 'New organization' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(organizationName);
  await page.getByRole('button', { name: 'Create organization' }).click();
  await expect(page.getByRole('heading', { level: 1, name: organizationName })).toBeVisible();
  const organizationId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await page.getByRole('button', { name: 'New workspace' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Main site');
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Main site' })).toBeVisible();
  return { organizationId, organizationName };
}

/** A server key of the tenant's workspace, read off the one dialog that ever shows it. */
export async function makeKey(page: Page, tenant: Tenant, name = 'Test'): Promise<string> {
  await open(page, `/organizations/${tenant.organizationId}`);
  await page.getByRole('button', { name: 'New key for Main site' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await expect(dialog.getByRole('heading', { name: 'Copy the key now' })).toBeVisible();
  const key = (await dialog.locator('pre').first().innerText()).trim();
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  return key;
}

/** Fills the form of a new routing with what works, into a prefix of its own; does not send it. */
export async function fillRouting(page: Page, tenant: Tenant, name: string): Promise<void> {
  await open(page, `/routings/new?organization=${tenant.organizationId}`);
  await page.getByLabel('Name of the routing').fill(name);
  await page.getByLabel('Served by').selectOption(site.SLUICE_E2E_S3_ENDPOINT);
  await page.getByLabel('Bucket', { exact: true }).fill(site.SLUICE_E2E_S3_BUCKET);
  await page.getByLabel('Region').fill(site.SLUICE_E2E_S3_REGION);
  await page.getByRole('textbox', { name: 'Prefix' }).fill(`e2e/${tenant.organizationId}/`);
  await page.getByLabel('KMS key').fill('');
  await page.getByLabel('Own values').click();
  await page.getByLabel('Promise, in seconds').fill('60');
  await page.getByLabel('A file about every, in seconds').fill('5');
}

/** Creates the routing whose form is filled with access keys that work, or others; ends on its page, returns its id. */
export async function createWithKeys(
  page: Page,
  access = {
    accessKeyId: site.SLUICE_E2E_S3_ACCESS_KEY_ID,
    secretAccessKey: site.SLUICE_E2E_S3_SECRET,
  },
): Promise<string> {
  await page.getByRole('button', { name: 'I have the keys already…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Access key ID').fill(access.accessKeyId);
  await dialog.getByLabel('Secret access key').fill(access.secretAccessKey);
  await dialog.getByLabel('Reason').fill('Handed over for the tests');
  await dialog.getByRole('button', { name: 'Create with these keys' }).click();
  await expect(page).toHaveURL(/\/connection$/);
  const routingId = new URL(page.url()).pathname.split('/')[2] ?? '';
  await open(page, `/routings/${routingId}`);
  return routingId;
}

export async function fillAccess(page: Page): Promise<void> {
  await page.getByLabel('Access key ID').fill(site.SLUICE_E2E_S3_ACCESS_KEY_ID);
  await page.getByLabel('Secret access key').fill(site.SLUICE_E2E_S3_SECRET);
}

/** A routing of the tenant whose access has passed its check; ends on its page. */
export async function makeRouting(page: Page, tenant: Tenant): Promise<string> {
  await fillRouting(page, tenant, 'To the test bucket');
  const routingId = await createWithKeys(page);
  await expectReady(page);
  return routingId;
}

/** Waits until the check of the access of the routing on whose page we are has passed. */
export async function expectReady(page: Page): Promise<void> {
  await expect(page.getByTestId('status')).toHaveText('Ready to start', { timeout: 60_000 });
}

/** Starts the routing on whose page we are; from here on its events are delivered. */
export async function start(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('button', { name: 'Confirm and start' }).click();
  // The word changes with the click; the button changes with the answer.
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeEnabled();
  await expect(page.getByTestId('status')).toHaveText('Starting…');
}
