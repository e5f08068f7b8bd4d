/** The closed list of reasons for which Sluice refuses. Each transport maps them once. */
export type AppErrorCode =
  | 'VALIDATION'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'PRECONDITION'
  | 'LIMIT'
  | 'UNAVAILABLE'
  | 'INTERNAL';

export interface FieldIssue {
  /** Dotted path of the input, for example `destination.bucket`. */
  readonly field: string;
  /** What is wrong and what to do, fit for a screen. */
  readonly message: string;
}

/** An error with a closed code. `message` is fit for a person's eyes and never holds a secret. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly issues: readonly FieldIssue[];
  readonly retryAfterSeconds: number | null;

  constructor(
    code: AppErrorCode,
    message: string,
    extra: { issues?: readonly FieldIssue[]; cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(message, extra.cause === undefined ? undefined : { cause: extra.cause });
    this.name = 'AppError';
    this.code = code;
    this.issues = extra.issues ?? [];
    this.retryAfterSeconds = extra.retryAfterSeconds ?? null;
  }
}

/** Fails loudly on a state that the code holds to be impossible. */
export function invariant(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new AppError('INTERNAL', `Invariant broken: ${sentence}`);
}
