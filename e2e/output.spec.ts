import { randomUUID } from 'node:crypto';
import type { APIResponse, Browser, Page } from '@playwright/test';
import type { Role } from '@/lib/domain/access/actor';
import { expectAccessible } from './expect-accessible';
import { expect, loginOf, makeTenant, open, signIn, site, test, uniqueName } from './fixtures';

const HOSTILE = `</script><img src=x onerror="window.pwned=1">`;

async function as(browser: Browser, role: Role | null): Promise<Page> {
  const storageState = { cookies: [], origins: [] };
  const page = await (await browser.newContext({ baseURL: site.SLUICE_E2E_URL, storageState })).newPage();
  if (role !== null) await signIn(page, '/sign-in', role);
  return page;
}

/** What every page says to the browser, so that nothing but its own scripts runs and nobody frames it. */
function expectPolicy(answer: APIResponse, path: string): void {
  const headers = answer.headers();
  const policy = headers['content-security-policy'] ?? '';
  const scripts = policy.split('; ').find((part) => part.startsWith('script-src')) ?? '';
  expect(scripts, path).toMatch(/^script-src 'self' 'nonce-[A-Za-z0-9+/=]{22,}' 'strict-dynamic'$/);
  for (const part of ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
    expect(policy.split('; '), path).toContain(part);
  expect(headers, path).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': expect.stringMatching(/^(same-origin|no-referrer)$/),
  });
}

test('every page forbids foreign scripts, sniffing and framing', async ({ page }) => {
  const pages = ['/routings', '/routings/new', '/organizations', '/audit', '/system', '/account', '/nowhere'];
  const nonces = new Set<string>();
  for (const path of [...pages, '/sign-in', `/h/${randomUUID()}`, `/s/${randomUUID()}`, '/api/v1/routings']) {
    const answer = await page.request.get(path);
    expectPolicy(answer, path);
    nonces.add(/'nonce-([^']+)'/.exec(answer.headers()['content-security-policy'] ?? '')?.[1] ?? '');
  }
  expect(nonces.size).toBe(pages.length + 4);
});

test('names that are markup are text on every page that shows them', async ({ page }) => {
  test.setTimeout(120_000);
  const tenant = await makeTenant(page);
  const name = `${uniqueName('R')} ${HOSTILE}`;
  await open(page, `/routings/new?organization=${tenant.organizationId}`);
  await page.getByLabel('Name of the routing').fill(name);
  await page.getByLabel('Served by').selectOption(site.SLUICE_E2E_S3_ENDPOINT);
  await page.getByLabel('Bucket', { exact: true }).fill(site.SLUICE_E2E_S3_BUCKET);
  await page.getByLabel('Region').fill(site.SLUICE_E2E_S3_REGION);
  await page.getByRole('textbox', { name: 'Prefix' }).fill(`e2e/${tenant.organizationId}/`);
  await page.getByRole('button', { name: 'Create and copy link' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  const routing = `/routings/${new URL(page.url()).pathname.split('/')[2]}`;
  const below = ['', '/files', '/query', '/connection', '/activity', '/settings'].map(
    (part) => routing + part,
  );
  for (const path of [
    ...below,
    `/routings?view=all&q=${encodeURIComponent(tenant.organizationName)}`,
    '/audit',
  ]) {
    await open(page, path);
    await expect(page.getByText(HOSTILE).first(), path).toBeVisible();
    expect(await page.evaluate(() => 'pwned' in window), path).toBe(false);
  }
});

test('an administrator shares the status of a routing; whoever has the link sees that much until it is revoked', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const owner = await as(browser, 'customer_admin');
  await owner.getByRole('link', { name: 'Organization', exact: true }).first().click();
  await expect(owner.getByRole('heading', { name: 'Share links' })).toBeVisible();
  await owner.getByRole('button', { name: 'New share link' }).click();
  const dialog = owner.getByRole('dialog');
  const routings = dialog.getByLabel('Routing');
  const routing = (await routings.locator('option:not([disabled])').first().textContent()) ?? '';
  await routings.selectOption({ label: routing });
  await dialog.getByLabel('Works for').selectOption({ label: '2 days' });
  await dialog.getByRole('button', { name: 'Create link' }).click();
  await expect(dialog.getByRole('heading', { name: 'Copy the link now' })).toBeVisible();
  const address = (await dialog.locator('pre').first().innerText()).trim();
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await expectAccessible(owner, 'the organization with a share link');

  const guest = await as(browser, null);
  await test.step('what fetches the address learns nothing', async () => {
    const answer = await guest.request.get(address);
    expect(await answer.text()).not.toContain(routing);
    expect(answer.headers()).toMatchObject({
      'cache-control': expect.stringContaining('no-store'),
      'referrer-policy': 'no-referrer',
      'x-robots-tag': expect.stringContaining('noindex'),
    });
  });
  await test.step('the link shows the status, and neither bucket nor region', async () => {
    await open(guest, address);
    await guest.getByRole('button', { name: 'Show status' }).click();
    await expect(guest.getByRole('heading', { level: 1, name: routing })).toBeVisible();
    await expect(guest.getByText('Within promise, 24 h')).toBeVisible();
    expect(new URL(guest.url()).hash).toBe('');
    const whole = await (await guest.context().request.get(guest.url())).text();
    for (const text of ['s3://', 'aurora-sluice', 'eu-west-1', 'AKIA', loginOf('customer_admin').email])
      expect(whole).not.toContain(text);
    await expectAccessible(guest, 'a shared status');
    await guest.setViewportSize({ width: 390, height: 844 });
    const overflow = await guest.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
  await test.step('revoked, it shows nothing more', async () => {
    await owner
      .getByRole('button', { name: `Revoke the link to ${routing}` })
      .first()
      .click();
    await owner.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await expect(owner.getByRole('table', { name: 'Share links' })).toContainText('revoked');
    await open(guest, new URL(address).pathname);
    await expect(guest.getByText('This link does not work')).toBeVisible();
  });
});
