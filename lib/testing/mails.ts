import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMailCatcher } from '@/dev/mail-catcher/start';

export interface CaughtMail {
  /** Unfolded, by lower-case name; the last of several. */
  readonly headers: Readonly<Record<string, string>>;
  readonly raw: string;
  /** The whole mail with quoted-printable undone. */
  readonly text: string;
}

export interface CaughtMails {
  readonly url: string;
  /** In the order of their arrival. */
  read(): readonly CaughtMail[];
  close(): Promise<void>;
}

/** A mail server of the suite's own. */
export async function catchMails(refuse?: (recipient: string) => number | null): Promise<CaughtMails> {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-mails-'));
  const catcher = await startMailCatcher({ directory, ...(refuse === undefined ? {} : { refuse }) });
  return {
    url: catcher.url,
    read: () => readMails(directory),
    close: async () => {
      await catcher.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** What a mail catcher has written into a directory, in the order of arrival. */
export function readMails(directory: string): readonly CaughtMail[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.eml'))
    .sort()
    .map((name) => parseMail(readFileSync(join(directory, name), 'utf8')));
}

function parseMail(raw: string): CaughtMail {
  const [head = ''] = raw.split('\r\n\r\n', 1);
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  return { headers, raw, text: undoQuotedPrintable(raw) };
}

function undoQuotedPrintable(raw: string): string {
  const bytes = raw
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
