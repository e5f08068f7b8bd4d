export type OutboundErrorCode = 'FORBIDDEN_ADDRESS' | 'UNRESOLVED' | 'TIMED_OUT' | 'UNREACHABLE';

const SENTENCES: Readonly<Record<OutboundErrorCode, string>> = {
  FORBIDDEN_ADDRESS: 'The address is not one of the public Internet over HTTPS.',
  UNRESOLVED: 'The name of the address could not be resolved.',
  TIMED_OUT: 'There was no answer in time.',
  UNREACHABLE: 'The address could not be reached.',
};

/** Why a call to the outside was not made or got no answer. Says nothing of what was sent. */
export class OutboundError extends Error {
  readonly code: OutboundErrorCode;

  constructor(code: OutboundErrorCode, extra: { cause?: unknown } = {}) {
    super(SENTENCES[code], extra);
    this.name = 'OutboundError';
    this.code = code;
  }
}
