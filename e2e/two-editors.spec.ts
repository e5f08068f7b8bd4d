import { expect, makeRouting, makeTenant, open, test } from './fixtures';

test('of two people who edit one routing the slower one is told, keeps what was typed and decides', async ({
  page,
  context,
}) => {
  const tenant = await makeTenant(page);
  const routingId = await makeRouting(page, tenant);
  const slow = await context.newPage();
  await open(slow, `/routings/${routingId}/settings`);
  await open(page, `/routings/${routingId}/settings`);

  await page.getByLabel('Prefix').fill('quick/');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByText('Settings saved')).toBeVisible();

  await slow.getByLabel('Name of the routing').fill('Typed slowly');
  await slow.getByRole('button', { name: 'Save settings' }).click();
  const conflict = slow.getByRole('main').getByRole('alert');
  await expect(conflict).toContainText('saved this routing at');
  await expect(conflict).toContainText(`was e2e/${tenant.organizationId}/, is now quick/`);
  await expect(conflict).toBeFocused();
  await expect(slow.getByLabel('Name of the routing')).toHaveValue('Typed slowly');

  await slow.getByRole('button', { name: 'Save mine over theirs' }).click();
  await expect(slow.getByText('Settings saved')).toBeVisible();
  await expect(conflict).toBeHidden();
  await slow.reload();
  await expect(slow.getByLabel('Name of the routing')).toHaveValue('Typed slowly');
  await expect(slow.getByLabel('Prefix')).toHaveValue(`e2e/${tenant.organizationId}/`);

  await page.getByLabel('Prefix').fill('late/');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await page.getByRole('button', { name: 'Drop mine, show theirs' }).click();
  await expect(page.getByLabel('Name of the routing')).toHaveValue('Typed slowly');
  await expect(page.getByLabel('Prefix')).toHaveValue(`e2e/${tenant.organizationId}/`);
});

test('an edit keeps the stored keys unless new ones are given, and never shows them', async ({ page }) => {
  const tenant = await makeTenant(page);
  const routingId = await makeRouting(page, tenant);
  await open(page, `/routings/${routingId}/settings`);
  await expect(page.getByLabel('Access key ID')).toHaveValue('');
  await expect(page.getByLabel('Secret access key')).toHaveValue('');
  await page.getByLabel('Access key ID').fill('AKIAANOTHERKEY000001');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByLabel('Secret access key')).toHaveAccessibleDescription(/Enter the secret/);
  await page.getByLabel('Access key ID').fill('');
  await page.getByLabel('Name of the routing').fill('Renamed');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByText('Settings saved')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Renamed' })).toBeVisible();
});
