import { expect, makeRouting, makeTenant, open, reload, test } from './fixtures';

test('of two people who edit one routing the slower one is told, keeps what was typed and decides', async ({
  page,
  context,
}) => {
  const tenant = await makeTenant(page);
  const routingId = await makeRouting(page, tenant);
  const slow = await context.newPage();
  await open(slow, `/routings/${routingId}/settings`);
  await open(page, `/routings/${routingId}/connection`);

  await page.getByRole('button', { name: 'Change destination' }).click();
  await page.getByRole('textbox', { name: 'Prefix' }).fill('quick/');
  await page.getByRole('button', { name: 'Save destination' }).click();
  await expect(page.getByText('Destination saved')).toBeVisible();

  await slow.getByLabel('Name of the routing').fill('Typed slowly');
  await slow.getByRole('button', { name: 'Save settings' }).click();
  const conflict = slow.getByRole('main').getByRole('alert');
  await expect(conflict).toContainText('saved this routing at');
  await expect(conflict).toContainText(`was e2e/${tenant.organizationId}/, is now quick/`);
  await expect(conflict).toBeFocused();
  await expect(slow.getByLabel('Name of the routing')).toHaveValue('Typed slowly');

  // The page of the quick one learns of what the slow one saves: its form keeps the version that was seen.
  await page.getByRole('button', { name: 'Pause refreshing' }).click();
  await page.getByRole('button', { name: 'Change destination' }).click();
  await slow.getByRole('button', { name: 'Save mine over theirs' }).click();
  await expect(slow.getByText('Settings saved')).toBeVisible();
  await expect(conflict).toBeHidden();
  await reload(slow);
  await expect(slow.getByLabel('Name of the routing')).toHaveValue('Typed slowly');

  await page.getByRole('textbox', { name: 'Prefix' }).fill('late/');
  await page.getByRole('button', { name: 'Save destination' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('is now Typed slowly');
  await page.getByRole('button', { name: 'Drop mine, show theirs' }).click();
  await expect(page.getByRole('textbox', { name: 'Prefix' })).toHaveValue('quick/');
});

test('an edit keeps the stored keys; new ones come in pairs, and no key is ever shown', async ({ page }) => {
  const tenant = await makeTenant(page);
  const routingId = await makeRouting(page, tenant);
  await open(page, `/routings/${routingId}/connection`);
  await page.getByRole('button', { name: 'Rotate access keys' }).click();
  await expect(page.getByLabel('Access key ID')).toHaveValue('');
  await expect(page.getByLabel('Secret access key')).toHaveValue('');
  await page.getByLabel('Access key ID').fill('AKIAANOTHERKEY000001');
  await page.getByRole('button', { name: 'Replace access' }).click();
  await expect(page.getByLabel('Secret access key')).toHaveAccessibleDescription(/Enter the secret/);

  await open(page, `/routings/${routingId}/settings`);
  await page.getByLabel('Name of the routing').fill('Renamed');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByText('Settings saved')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Renamed' })).toBeVisible();
  await open(page, `/routings/${routingId}/connection`);
  await expect(page.getByRole('table', { name: 'Versions of the destination' }).getByRole('row')).toHaveCount(
    2,
  );
});
