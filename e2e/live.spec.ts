import { expect, open, test } from './fixtures';

test('a page renews itself until it is told not to', async ({ page }) => {
  await open(page, '/routings');
  const stamp = page.getByTestId('live-stamp');
  const first = await stamp.innerText();
  await expect(stamp).not.toHaveText(first);
  await page.getByRole('button', { name: 'Pause refreshing' }).click();
  await expect(stamp).toContainText('paused at');
  const frozen = await stamp.innerText();
  await page.getByRole('button', { name: 'Continue refreshing' }).click();
  await expect(stamp).toContainText('live');
  await expect(stamp).not.toHaveText(frozen.replace('paused at', 'live'));
});

test('a page that gets no news says so, keeps what it shows and recovers by itself', async ({
  page,
  context,
}) => {
  await open(page, '/routings');
  const stamp = page.getByTestId('live-stamp');
  await context.setOffline(true);
  // What is open already goes on in an offline browser: a stream opened anew does not.
  await page.getByRole('button', { name: 'Pause refreshing' }).click();
  await page.getByRole('button', { name: 'Continue refreshing' }).click();
  await expect(stamp).toContainText('reconnecting', { timeout: 30_000 });
  await expect(page.getByRole('heading', { level: 1, name: 'Routings' })).toBeVisible();
  await context.setOffline(false);
  await expect(stamp).not.toContainText('reconnecting');
  await expect(stamp).toContainText('live');
});
