import { sendEvents } from './collector';
import { expect, makeKey, makeRouting, makeTenant, open, site, start, test } from './fixtures';

test('events reach the bucket after a start, wait during a pause, arrive after it, and before an end', async ({
  page,
  request,
}) => {
  const tenant = await makeTenant(page);
  const key = await makeKey(page, tenant);
  const routingId = await makeRouting(page, tenant);
  const status = page.getByTestId('status');

  await start(page);
  await sendEvents(request, key, 25);
  await expect(status).toHaveText('Delivering', { timeout: 45_000 });
  const files = page.getByRole('table', { name: 'Files' });
  await expect(files.getByRole('row').filter({ hasText: '25' })).toBeVisible();

  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(status).toHaveText('Paused');
  await sendEvents(request, key, 7);
  await expect(page.getByText(/Nothing is lost: 7 events \(.+\) held until .+ UTC\./)).toBeVisible();

  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(status).toHaveText('Delivering', { timeout: 45_000 });
  await page.getByRole('link', { name: 'Files', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/routings/${routingId}/files$`));
  const second = files.getByRole('row').filter({ has: page.getByRole('cell', { name: '7', exact: true }) });
  await expect(second).toBeVisible({ timeout: 45_000 });

  await second.getByRole('link').click();
  const address = `s3://${site.SLUICE_E2E_S3_BUCKET}/e2e/${tenant.organizationId}/type=events/year=`;
  await expect(page.locator('pre')).toContainText(address);
  await expect(page.getByRole('table', { name: 'Tries' })).toContainText('written · 200');

  await sendEvents(request, key, 3);
  await open(page, `/routings/${routingId}/settings`);
  await page.getByRole('button', { name: 'Disable…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Disable', exact: true }).click();
  await expect(dialog.getByText('Give a reason')).toBeVisible();
  await dialog.getByLabel('Reason').fill('The customer has left');
  await dialog.getByRole('button', { name: 'Disable', exact: true }).click();
  const archive = page.getByRole('button', { name: 'Archive…' });
  await expect(archive).toBeVisible({ timeout: 45_000 });
  await archive.click();
  await dialog.getByLabel('Name of the routing').fill('To the test bucket');
  await dialog.getByLabel('Reason').fill('Nobody asks for it');
  await dialog.getByRole('button', { name: 'Archive', exact: true }).click();
  await expect(page.getByText('its credentials are destroyed', { exact: false })).toBeVisible();
  await open(page, `/routings/${routingId}/files`);
  await expect(
    files.getByRole('row').filter({ has: page.getByRole('cell', { name: '3', exact: true }) }),
  ).toBeVisible();
});

test('pausing what is paused already is refused with a sentence and changes nothing', async ({
  page,
  context,
}) => {
  const tenant = await makeTenant(page);
  const routingId = await makeRouting(page, tenant);
  await start(page);
  const stale = await context.newPage();
  await open(stale, `/routings/${routingId}`);
  await expect(stale.getByTestId('status')).toHaveText('Starting…');
  await stale.getByRole('button', { name: 'Pause refreshing' }).click();
  await expect(stale.getByTestId('live-stamp')).toContainText('paused at');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByTestId('status')).toHaveText('Paused');
  await stale.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(stale.getByText('This routing is paused already.', { exact: false })).toBeVisible();
  await expect(stale.getByTestId('status')).toHaveText('Paused');
});
