import { sendEvents } from './collector';
import { expectAccessible } from './expect-accessible';
import { expect, makeKey, makeRouting, makeTenant, open, signIn, start, test } from './fixtures';
import { deleteObject, hasObject } from './object-store';

test('a file that the customer removed is found missing by the dry run and is back after the replay', async ({
  page,
  request,
  browser,
}) => {
  test.setTimeout(180_000);
  const tenant = await makeTenant(page);
  const key = await makeKey(page, tenant);
  const routingId = await makeRouting(page, tenant);
  await open(page, `/routings/${routingId}/files/replays/new`);
  await expect(page.getByText('This routing was never started')).toBeVisible();
  await open(page, `/routings/${routingId}`);
  await start(page);
  await sendEvents(request, key, 25);
  await expect(page.getByTestId('status')).toHaveText('Delivering', { timeout: 45_000 });

  await open(page, `/routings/${routingId}/files`);
  const file = page.getByRole('table', { name: 'Files' }).getByRole('link').first();
  const objectKey = (await file.getAttribute('title')) ?? '';
  await deleteObject(objectKey);
  expect(await hasObject(objectKey)).toBe(false);

  await page
    .getByRole('grid')
    .getByRole('link', { name: /complete|late|open/i })
    .last()
    .click();
  await page.getByRole('link', { name: 'Replay…' }).click();
  const from = await page.getByLabel('From', { exact: true }).inputValue();
  expect(objectKey).toContain(`hour=${from.slice(11, 13)}/`);
  await expectAccessible(page, 'the form of a replay');
  await page.getByRole('button', { name: 'See what it would do' }).click();
  const dryRun = page.getByTestId('dry-run');
  await expect(dryRun).toContainText('1 would be written, 0 differ.', { timeout: 30_000 });
  expect(await hasObject(objectKey)).toBe(false);
  await page.getByLabel('Reason').fill('Removed by accident');
  await expectAccessible(page, 'a dry run');
  await page.getByRole('button', { name: 'Write 1 file' }).click();

  await expect(page.getByTestId('replay-status')).toHaveText('Done', { timeout: 45_000 });
  await expect(page.getByTestId('replay-outcome')).toContainText('1 restored');
  await expect(page.getByText('“Removed by accident”')).toBeVisible();
  expect(await hasObject(objectKey)).toBe(true);
  await expectAccessible(page, 'a replay that is done');

  await test.step('who may not replay is not offered it, and is told why', async () => {
    const context = await browser.newContext({
      baseURL: new URL(page.url()).origin,
      storageState: undefined,
    });
    const other = await context.newPage();
    await signIn(other, '/sign-in', 'technical_services');
    await open(other, `/routings/${routingId}/files`);
    await expect(other.getByRole('list', { name: 'Replays' })).toContainText('1 restored');
    await expect(other.getByRole('link', { name: /Replay a range/ })).toHaveCount(0);
    await open(other, `/routings/${routingId}/files/replays/new`);
    await expect(other.getByText('Your role sees files and does not write them again.')).toBeVisible();
    await context.close();
  });
});
