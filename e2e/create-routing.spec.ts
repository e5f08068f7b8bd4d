import type { Page } from '@playwright/test';
import { expect, expectReady, fillAccess, fillRouting, makeTenant, open, site, test } from './fixtures';

const KEY_ELSEWHERE = 'arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f';

/** The option that a list stands on. */
function chosen(page: Page, label: string) {
  return page.getByLabel(label, { exact: true }).locator('option:checked');
}

/** The field whose label begins so; some say that they are optional after it. */
function labelled(page: Page, label: string) {
  return page.getByLabel(new RegExp(`^${label}`));
}

/** Each round is one attempt to save: what is typed, and what each field answers. */
const ROUNDS: ReadonlyArray<Record<string, readonly [typed: string, answer: RegExp]>> = [
  {
    'Name of the routing': ['', /Enter a name/],
    Bucket: ['s3://aurora-events', /without s3:\/\//],
    Region: ['eu', /not one region/],
    Prefix: ['/sluice', /slash at the beginning/],
    'KMS key': ['alias/mine', /not an alias/],
  },
  {
    Bucket: ['aurora/events', /no slash/],
    Region: ['eu-west-9', /not a region Sluice knows/],
    Prefix: ['a/../b', /“\.\.”/],
    'KMS key': [KEY_ELSEWHERE.replace('key/', 'alias/'), /not an alias/],
  },
  { Bucket: ['Aurora-Events', /capital letters/], Prefix: ['a//b', /double slash/] },
  { Bucket: ['aurora--x-s3', /ordinary buckets/] },
  {
    Prefix: [`${site.SLUICE_E2E_S3_BUCKET}/x`, /Remove the bucket's name/],
    'KMS key': [KEY_ELSEWHERE, /lies in us-east-1/],
    'Promise, in seconds': ['soon', /between 60 seconds and one day/],
  },
  { 'A file about every, in seconds': ['59', /at least every 30 s/] },
];

test('every bad input gets its answer under its field, and what was typed stays', async ({ page }) => {
  const tenant = await makeTenant(page);
  for (const round of ROUNDS) {
    await fillRouting(page, tenant, 'A routing');
    for (const [label, [typed]] of Object.entries(round)) await labelled(page, label).fill(typed);
    await page.getByRole('button', { name: 'Create and copy link' }).click();
    for (const [label, [typed, answer]] of Object.entries(round)) {
      const field = labelled(page, label);
      await expect(field).toHaveAttribute('aria-invalid', 'true');
      await expect(field).toHaveAccessibleDescription(answer);
      await expect(field).toHaveValue(typed);
    }
    await expect(page.locator('[aria-invalid=true]')).toHaveCount(Object.keys(round).length);
    await expect(page.locator('[aria-invalid=true]').first()).toBeFocused();
    await expect(page).toHaveURL(/\/routings\/new/);
  }
});

test('an empty form names every field it needs and moves to the first', async ({ page }) => {
  await open(page, '/routings/new');
  await page.getByRole('button', { name: 'Create and mail link' }).click();
  await expect(page.getByLabel('AWS admin of the customer (optional)')).toBeFocused();
  await page.getByRole('button', { name: 'Create and copy link' }).click();
  await expect(page.getByLabel('Organization', { exact: true })).toBeFocused();
  for (const label of ['Organization', 'Workspace', 'Name of the routing', 'Bucket', 'Region']) {
    await expect(page.getByLabel(label, { exact: true })).toHaveAttribute('aria-invalid', 'true');
  }
  await expect(page.getByRole('main').getByRole('alert')).toContainText(
    'Nothing was saved: 5 fields need attention',
  );
});

test('organization and workspace are made in place, and a pasted secret is trimmed and said so', async ({
  page,
}) => {
  const tenant = await makeTenant(page);
  await fillRouting(page, tenant, 'In place');
  await page.getByRole('button', { name: 'New organization' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(`${tenant.organizationName} second`);
  await page.getByRole('button', { name: 'Create organization' }).click();
  await expect(chosen(page, 'Organization')).toHaveText(`${tenant.organizationName} second`);
  await expect(page.getByLabel('Name of the routing')).toHaveValue('In place');
  await page.getByRole('button', { name: 'New organization' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(tenant.organizationName.toUpperCase());
  await page.getByRole('button', { name: 'Create organization' }).click();
  await expect(page.getByRole('dialog').getByLabel('Name')).toHaveAccessibleDescription(
    /There is an organization “.*” already/,
  );
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'New workspace' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('App');
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await expect(chosen(page, 'Workspace')).toHaveText('App');
  await page.getByRole('button', { name: 'I have the keys already…' }).click();
  const dialog = page.getByRole('dialog');
  await fillAccess(page);
  await dialog.getByLabel('Secret access key').fill(` "${site.SLUICE_E2E_S3_SECRET}" `);
  await dialog.getByRole('button', { name: 'Create with these keys' }).click();
  await expect(dialog.getByLabel('Reason')).toHaveAccessibleDescription(/Give a reason/);
  await expect(dialog.getByLabel('Secret access key')).toHaveValue('');
  await dialog.getByLabel('Secret access key').fill(` "${site.SLUICE_E2E_S3_SECRET}" `);
  await dialog.getByLabel('Reason').fill('Read out on the phone');
  await dialog.getByRole('button', { name: 'Create with these keys' }).click();
  await expect(page.getByText(/We removed .* secret/)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'In place' })).toBeVisible();
  await expectReady(page);
});
