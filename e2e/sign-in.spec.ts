import { expect, loginOf, open, signIn, site, test, uniqueName } from './fixtures';

test.describe('signing in', () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test('a page behind the door leads to the sign-in and back to itself', async ({ page }) => {
    await signIn(page, '/account');
    await expect(page).toHaveURL(/\/account$/);
    await expect(page.getByRole('heading', { name: 'Signed-in devices' })).toBeVisible();
  });

  test('a wrong password is refused, keeps the e-mail and forgets the password', async ({ page }) => {
    await open(page, '/sign-in');
    await page.getByLabel('E-mail').fill(loginOf('admin').email);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    const refusal = page.getByRole('main').getByRole('alert');
    await expect(refusal).toHaveText('The e-mail address or the password is not right.');
    await expect(refusal).toBeFocused();
    await expect(page.getByLabel('E-mail')).toHaveValue(loginOf('admin').email);
    await expect(page.getByLabel('Password')).toHaveValue('');
    await expect(page).toHaveURL(/\/sign-in/);
  });

  test('empty fields are named and the first one gets the focus', async ({ page }) => {
    await open(page, '/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByLabel('E-mail')).toBeFocused();
    await expect(page.getByLabel('E-mail')).toHaveAccessibleDescription('Enter your e-mail address.');
    await expect(page.getByLabel('Password')).toHaveAccessibleDescription('Enter your password.');
  });

  test('too many tries are stopped with how long to wait', async ({ page }) => {
    await open(page, '/sign-in');
    await page.getByLabel('E-mail').fill(`${uniqueName('nobody').replaceAll(' ', '-')}@example.com`);
    const refusal = page.getByRole('main').getByRole('alert');
    for (let tries = 0; tries < 10; tries += 1) {
      await page.getByLabel('Password').fill('wrong');
      const answered = page.waitForResponse(/callback\/credentials/);
      await page.getByLabel('Password').press('Enter');
      await answered;
      await expect(page.getByLabel('Password')).toHaveValue('');
    }
    await page.getByLabel('Password').fill('wrong');
    await page.getByLabel('Password').press('Enter');
    await expect(refusal).toHaveText(/Too many tries to sign in\. Wait \d+ min/);
  });

  test('signing out ends the session on the server, for a copy of its cookie too', async ({
    page,
    browser,
  }) => {
    await signIn(page, '/account');
    const copy = await page.context().storageState();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'this device' })
      .getByRole('button', { name: 'Sign out' })
      .click();
    await expect(page).toHaveURL(/\/sign-in/);
    const thief = await browser.newContext({ baseURL: site.SLUICE_E2E_URL, storageState: copy });
    const theirs = await thief.newPage();
    await open(theirs, '/routings');
    await expect(theirs).toHaveURL(/\/sign-in/);
    await thief.close();
  });

  test('a session that ended elsewhere leads an action to the sign-in and back', async ({
    page,
    browser,
  }) => {
    await signIn(page, '/account');
    const elsewhere = await browser.newContext({
      baseURL: site.SLUICE_E2E_URL,
      storageState: await page.context().storageState(),
    });
    const other = await elsewhere.newPage();
    await open(other, '/account');
    await other
      .getByRole('listitem')
      .filter({ hasText: 'this device' })
      .getByRole('button', { name: 'Sign out' })
      .click();
    await expect(other).toHaveURL(/\/sign-in/);
    await elsewhere.close();

    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Too late');
    await page.getByRole('button', { name: 'Create token' }).click();
    await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Faccount/);
    await expect(page.getByLabel('E-mail')).toBeVisible();
  });
});
