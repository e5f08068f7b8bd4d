import type { Page } from '@playwright/test';
import { sendEvents } from './collector';
import { expectAccessible } from './expect-accessible';
import { expect, makeKey, makeRouting, makeTenant, open, start, test } from './fixtures';

/** Walks on with Tab until the chart has the focus; its stop is one. */
async function tabToChart(page: Page): Promise<void> {
  const chart = page.getByRole('application');
  for (let steps = 0; steps < 80; steps += 1) {
    if (await chart.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab never reached the chart');
}

test('the overview of a delivering routing: read by keyboard, as a table and as a file', async ({
  page,
  request,
}) => {
  test.setTimeout(180_000);
  const tenant = await makeTenant(page);
  const key = await makeKey(page, tenant);
  const routingId = await makeRouting(page, tenant);
  await expect(page.getByText('Latency appears with the first delivery.')).toBeVisible();
  await start(page);
  await sendEvents(request, key, 25);
  await expect(page.getByTestId('status')).toHaveText('Delivering', { timeout: 45_000 });

  await test.step('the verdict says how much arrived in time, and why it says so', async () => {
    await open(page, `/routings/${routingId}`);
    await expect(page.getByText(/[\d.]+ % of 25 events arrived within 1 minute\./)).toBeVisible();
    await page.getByRole('button', { name: 'Why this status?' }).click();
    await expect(page.getByRole('dialog', { name: 'Why this status' })).toContainText('Whose move is it?');
    await page.keyboard.press('Escape');
  });

  await test.step('arrow keys move the cursor and choose the series; the text under the chart says both', async () => {
    const readOut = page.getByTestId('read-out');
    await expect(readOut).toContainText('Whole range');
    await tabToChart(page);
    await page.keyboard.press('End');
    const last = await readOut.innerText();
    await page.keyboard.press('ArrowLeft');
    await expect(readOut).not.toHaveText(last);
    await expect(readOut).toHaveAttribute('aria-live', 'polite');
    await page.keyboard.press('Home');
    await expect(readOut).toContainText('p99 – · p95 – · p50 – · 0 events');
    for (const series of ['p95', 'p50']) {
      await page.keyboard.press('ArrowDown');
      await expect(readOut).toContainText(new RegExp(`^[^·]+ · ${series} `));
    }
    await page.keyboard.press('Escape');
    await expect(readOut).toContainText('Whole range');
  });

  await test.step('the table has the rows of the chart, and the file has those of the table', async () => {
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    const table = page.getByRole('table', { name: 'Latency by step' });
    await expect(table.getByRole('row')).toHaveCount(289);
    const filled = table
      .getByRole('row')
      .filter({ has: page.getByRole('cell', { name: '25', exact: true }) });
    await expect(filled).toHaveCount(1);
    await expectAccessible(page, 'chart as a table');
    const href = (await page.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? '';
    const answer = await page.request.get(href);
    expect(answer.headers()['content-type']).toContain('text/csv');
    const [head = '', ...rows] = (await answer.text()).trimEnd().split('\r\n');
    expect(head.split(',')).toHaveLength(await table.getByRole('columnheader').count());
    expect(rows).toHaveLength(288);
    expect(rows.filter((row) => row.split(',')[1] === '25')).toHaveLength(1);
    await page.getByRole('button', { name: 'Chart', exact: true }).click();
    await expectAccessible(page, 'chart');
  });

  await test.step('the range lives in the address, and one that makes no sense says so', async () => {
    await page.getByRole('link', { name: '90 d' }).click();
    await expect(page).toHaveURL(/range=90d/);
    await expect(page.getByRole('link', { name: '90 d' })).toHaveAttribute('aria-current', 'true');
    await page.getByLabel('From', { exact: true }).fill('2026-01-02T00:00');
    await page.getByLabel('to', { exact: true }).fill('2026-01-01T00:00');
    await page.getByRole('button', { name: 'Show' }).click();
    await expect(page.getByRole('main').getByRole('alert')).toContainText(
      'at least a minute after its start',
    );
  });
});

test('the rows of another organization’s routing cannot be downloaded, nor without a session', async ({
  page,
  browser,
  baseURL,
}) => {
  const answer = await page.request.get('/routings/00000000-0000-4000-8000-000000000000/latency.csv');
  expect(answer.status()).toBe(404);
  const stranger = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
  const refused = await stranger.request.get('/routings/00000000-0000-4000-8000-000000000000/latency.csv');
  expect(refused.status()).toBe(401);
  await stranger.close();
});
