import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

export interface MailCatcher {
  /** `smtp://127.0.0.1:port`, without user and password. */
  readonly url: string;
  close(): Promise<void>;
}

interface MailCatcherOptions {
  /** Every mail becomes a file `<time>-<hash>.eml` in it, readable by its owner only. */
  readonly directory: string;
  /** A free one when absent. */
  readonly port?: number;
  /** The SMTP code with which a recipient is refused; null takes the mail. */
  readonly refuse?: (recipient: string) => number | null;
}

/** A mail server on loopback that delivers nothing: what is sent to it can be read as files. */
export async function startMailCatcher(options: MailCatcherOptions): Promise<MailCatcher> {
  const { directory, port = 0, refuse = () => null } = options;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onRcptTo({ address }, _session, done) {
      const code = refuse(address);
      done(code === null ? null : Object.assign(new Error('Refused'), { responseCode: code }));
    },
    onData(stream, _session, done) {
      collect(stream)
        .then((mail) => store(directory, mail))
        .then(
          () => done(),
          (error: Error) => done(error),
        );
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A client that hangs up in the middle is no reason to end.
  server.on('error', () => undefined);
  const address = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function collect(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts);
}

/** Under its name only once it is whole, so that whoever watches the directory reads no half mail. */
async function store(directory: string, mail: Buffer): Promise<void> {
  const hash = createHash('sha256').update(mail).digest('hex').slice(0, 8);
  const at = new Date().toISOString().replace(/[:.]/g, '-');
  const path = join(directory, `${at}-${process.hrtime.bigint()}-${hash}`);
  await writeFile(`${path}.part`, mail, { mode: 0o600 });
  await rename(`${path}.part`, `${path}.eml`);
}
