import { expect } from '@playwright/test';
import { type CaughtMail, readMails } from '@/lib/testing/mails';
import { site } from './fixtures';

/** Waits for the one mail to an address whose text holds `about`; mails leave by a worker, within seconds. */
export async function mailTo(recipient: string, about: string): Promise<CaughtMail> {
  const found = () =>
    readMails(site.SLUICE_E2E_MAIL_DIRECTORY).filter(
      ({ headers, text }) => headers.to === recipient && text.includes(about),
    );
  await expect.poll(() => found().length, { timeout: 90_000 }).toBe(1);
  const [mail] = found();
  if (mail === undefined) throw new Error('A mail that was there has gone');
  return mail;
}
