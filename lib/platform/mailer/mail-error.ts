export type MailErrorCode = 'RECIPIENT_REFUSED' | 'SERVER_REFUSED' | 'UNREACHABLE' | 'TIMED_OUT';

const SENTENCES: Readonly<Record<MailErrorCode, string>> = {
  RECIPIENT_REFUSED: 'The mail server refuses this recipient for good.',
  SERVER_REFUSED: 'The mail server did not take the mail.',
  UNREACHABLE: 'The mail server could not be reached.',
  TIMED_OUT: 'The mail server did not answer in time.',
};

/** Why a mail was not taken. Says nothing of its text, and nothing that the server answered. */
export class MailError extends Error {
  readonly code: MailErrorCode;

  constructor(code: MailErrorCode, extra: { cause?: unknown } = {}) {
    super(SENTENCES[code], extra);
    this.name = 'MailError';
    this.code = code;
  }
}
