import { sendEvents } from './collector';
import { expectAccessible } from './expect-accessible';
import { expect, makeKey, makeRouting, makeTenant, open, start, test } from './fixtures';
import { controlStore, deleteObject } from './object-store';
import { readSite } from './site';

test('a comparison says that everything adds up, then names what was removed and what is not ours', async ({
  page,
  request,
}) => {
  test.setTimeout(180_000);
  const tenant = await makeTenant(page);
  const key = await makeKey(page, tenant);
  const routingId = await makeRouting(page, tenant);
  await start(page);
  await sendEvents(request, key, 25);
  await expect(page.getByTestId('status')).toHaveText('Delivering', { timeout: 45_000 });

  await open(page, `/routings/${routingId}/files`);
  await expect(page.getByText('Nothing has been compared')).toBeVisible();
  const compare = page.getByRole('button', { name: 'Compare with the bucket now' });
  const verdict = page.getByTestId('reconciliation-verdict');
  await compare.click();
  await expect(verdict).toContainText('Everything adds up: 1 file', { timeout: 45_000 });
  await expectAccessible(page, 'a comparison without findings');

  const file = page.getByRole('table', { name: 'Files' }).getByRole('link').first();
  const objectKey = (await file.getAttribute('title')) ?? '';
  await deleteObject(objectKey);
  const foreign = objectKey.replace(/[^/]*$/, 'notes.txt');
  const bucket = readSite().SLUICE_E2E_S3_BUCKET;
  await controlStore(request, 'put-foreign-object', { bucket, key: foreign, text: 'hello', metadata: {} });
  await compare.click();
  await expect(verdict).toContainText('1 missing file, 1 object that is not ours', { timeout: 45_000 });
  const findings = page.getByRole('table', { name: 'Findings' });
  await expect(findings.getByRole('row')).toHaveCount(3);
  await expect(findings).toContainText('notes.txt');
  await expectAccessible(page, 'a comparison with findings');
  await findings.getByRole('link', { name: 'Fill what is missing…' }).click();
  await expect(page).toHaveURL(/replays\/new\?type=events&hour=/);
});
