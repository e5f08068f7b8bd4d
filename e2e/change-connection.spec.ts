import { z } from 'zod';
import { sendEvents } from './collector';
import { expectAccessible } from './expect-accessible';
import { expect, makeKey, makeRouting, makeTenant, open, start, test } from './fixtures';
import { controlStore } from './object-store';
import { photograph } from './photograph';

const keySchema = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });

test('new access is checked beside the one that delivers, and used by itself once the check has passed', async ({
  page,
  request,
}) => {
  test.setTimeout(240_000);
  const tenant = await makeTenant(page);
  const key = await makeKey(page, tenant);
  const routingId = await makeRouting(page, tenant);
  await start(page);
  await sendEvents(request, key, 7);
  await expect(page.getByTestId('status')).toHaveText('Delivering', { timeout: 60_000 });

  const access = keySchema.parse(await controlStore(request, 'create-key', {}));
  const denied = { accessKeyId: access.accessKeyId, action: 's3:PutObject' };
  const { denialId } = z.object({ denialId: z.string() }).parse(await controlStore(request, 'deny', denied));
  await open(page, `/routings/${routingId}/connection`);
  await page.getByRole('button', { name: 'Rotate access keys' }).click();
  await page.getByLabel('Access key ID').fill(access.accessKeyId);
  await page.getByLabel('Secret access key').fill(access.secretAccessKey);
  await page.getByRole('button', { name: 'Replace access' }).click();
  const change = page.getByRole('region', { name: 'Change on its way' });
  await expect(change).toContainText('Version 2 has not passed its check. Version 1 goes on delivering.', {
    timeout: 60_000,
  });
  await expect(page.getByTestId('status')).toHaveText('Delivering');
  await expectAccessible(page, 'connection with a change on its way');
  await photograph(page, 'change-failed');

  await controlStore(request, 'allow', { denialId });
  const versions = page.getByRole('table', { name: 'Versions of the destination' });
  const second = versions
    .getByRole('row')
    .filter({ has: page.getByRole('cell', { name: '2', exact: true }) });
  await expect(second).toContainText('In use', { timeout: 90_000 });
  await expect(change).toBeHidden();
  await sendEvents(request, key, 5);

  await test.step('the version before can come back, until its access is compromised', async () => {
    await page.getByRole('button', { name: 'Use version 1 again' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Use again' }).click();
    const third = versions
      .getByRole('row')
      .filter({ has: page.getByRole('cell', { name: '3', exact: true }) });
    await expect(third).toContainText('In use', { timeout: 90_000 });
    await page.getByRole('button', { name: 'Mark the access of version 2 as compromised' }).click();
    await page.getByLabel('Reason').fill('Found in a public repository');
    await photograph(page, 'compromised-dialog');
    await page.getByRole('dialog').getByRole('button', { name: 'Mark as compromised' }).click();
    await expect(second).toContainText('Compromised');
    await expect(page.getByRole('button', { name: 'Use version 2 again' })).toBeHidden();
    await photograph(page, 'versions');
  });
});
