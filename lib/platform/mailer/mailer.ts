import { createTransport } from 'nodemailer';
import { MailError } from './mail-error';

export interface Mail {
  /** The same at every try, so that a mail that is sent twice can be known as one. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mailer {
  /** Resolves once the server has taken the mail; rejects with MailError only. */
  send(mail: Mail): Promise<void>;
}

interface MailerOptions {
  /** `smtp://user:password@host:587` (STARTTLS, demanded when there is a user) or `smtps://…:465`. */
  readonly smtpUrl: string;
  /** `Sluice <sluice@vendor.example>` */
  readonly from: string;
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 20_000;
const STEP_DEADLINE_MS = 10_000;

/** Sends mails one connection each, by the operator's own mail server. */
export function createMailer({ smtpUrl, from, deadlineMs = DEADLINE_MS }: MailerOptions): Mailer {
  const domain = from.slice(from.lastIndexOf('@') + 1).replace(/>$/, '');
  return {
    async send(mail) {
      const transport = createTransport({
        ...serverOf(smtpUrl),
        connectionTimeout: STEP_DEADLINE_MS,
        greetingTimeout: STEP_DEADLINE_MS,
        socketTimeout: STEP_DEADLINE_MS,
        dnsTimeout: STEP_DEADLINE_MS,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      const sending = transport.sendMail({
        from,
        // An object is taken as it is: a string would be read as a list of addresses.
        to: { name: '', address: mail.to },
        messageId: `<${mail.id}@${domain}>`,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      try {
        await withinDeadline(sending, deadlineMs);
      } catch (error) {
        throw asMailError(error);
      } finally {
        transport.close();
      }
    },
  };
}

function serverOf(smtpUrl: string) {
  const url = new URL(smtpUrl);
  const isSecure = url.protocol === 'smtps:';
  const user = decodeURIComponent(url.username);
  const pass = decodeURIComponent(url.password);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    secure: isSecure,
    // A password never crosses the wire in the clear.
    requireTLS: !isSecure && user !== '',
    ...(user === '' ? {} : { auth: { user, pass } }),
  };
}

async function withinDeadline(sending: Promise<unknown>, deadlineMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new MailError('TIMED_OUT')), deadlineMs);
  });
  try {
    await Promise.race([sending, expired]);
  } finally {
    clearTimeout(timer);
  }
}

function asMailError(error: unknown): MailError {
  if (error instanceof MailError) return error;
  const { code, responseCode } = readFailure(error);
  if (code === 'EENVELOPE' && responseCode >= 500)
    return new MailError('RECIPIENT_REFUSED', { cause: error });
  if (responseCode > 0) return new MailError('SERVER_REFUSED', { cause: error });
  return new MailError(code === 'ETIMEDOUT' ? 'TIMED_OUT' : 'UNREACHABLE', { cause: error });
}

function readFailure(error: unknown): { code: string; responseCode: number } {
  if (!(error instanceof Error)) return { code: '', responseCode: 0 };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const isNumbered = 'responseCode' in error && typeof error.responseCode === 'number';
  return { code, responseCode: isNumbered ? Number(error.responseCode) : 0 };
}
