import { AppError } from '@/lib/domain/errors';
import { oneVisibleLine } from '@/lib/domain/format/visible-text';
import type { ObjectAccess, StoreAnswer } from './object-store';

type StoreError = Extract<StoreAnswer<never>, { kind: 'error' }>;

const MESSAGE_CHARACTERS_MAX = 500;
/** Real ones have 16 and more; redacting less would blot out every other letter and hide nothing. */
const SECRET_CHARACTERS_MIN = 8;
/** Codes of the wire and of TLS as Node spells them: `ECONNRESET`, `UNABLE_TO_VERIFY_LEAF_SIGNATURE`. */
const LOCAL_CODE = /^[A-Z][A-Z0-9_]{1,79}$/;
/** What the SDK calls an answer that names no code of its own, or that it could not read. */
const NO_CODES: readonly string[] = ['', 'Unknown', 'Error', 'SyntaxError', 'TypeError'];
/** As S3 and those who speak like it write them; anything else is text that a store wants written somewhere. */
const STORE_CODE = /^[A-Za-z0-9][\w.:-]{0,99}$/;
const REQUEST_ID_CHARACTERS_MAX = 200;
const LOCAL_NAME = /^[A-Za-z]\w{1,79}$/;

interface Thrown {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $response?: { readonly statusCode?: number; readonly headers?: Readonly<Record<string, string>> };
}

/** S3's refusal or whatever failed on the way to it as an answer; null for a programmer's error alone. */
export function toStoreError(thrown: unknown, access: ObjectAccess | null): StoreError | null {
  if (typeof thrown !== 'object' || thrown === null) return null;
  const error: Thrown = thrown;
  const httpStatus = error.$metadata?.httpStatusCode ?? error.$response?.statusCode ?? null;
  // What could not read an answer is thrown as a SyntaxError or a TypeError, too; then there is a status.
  if (httpStatus === null && isProgrammersError(thrown)) return null;
  const code = codeOf(error, httpStatus);
  return {
    kind: 'error',
    httpStatus,
    code,
    message: withoutSecrets(String(error.message ?? ''), access),
    requestId: requestIdOf(error),
    ...retryAfterOf(error),
  };
}

/** Seconds only: S3 and its like send no dates here. */
function retryAfterOf({ $response }: Thrown): { retryAfterMs?: number } {
  const seconds = $response?.headers?.['retry-after'] ?? '';
  return /^\d{1,6}$/.test(seconds) ? { retryAfterMs: Number(seconds) * 1_000 } : {};
}

function isProgrammersError(thrown: object): boolean {
  return (
    thrown instanceof TypeError ||
    thrown instanceof RangeError ||
    thrown instanceof ReferenceError ||
    thrown instanceof AppError
  );
}

function codeOf(error: Thrown, httpStatus: number | null): string {
  const name = typeof error.name === 'string' ? error.name : '';
  if (httpStatus !== null) return NO_CODES.includes(name) || !STORE_CODE.test(name) ? 'UnknownError' : name;
  if (typeof error.code === 'string' && LOCAL_CODE.test(error.code)) return error.code;
  return name === 'Error' || !LOCAL_NAME.test(name) ? 'UnknownError' : name;
}

function requestIdOf({ $metadata }: Thrown): string | null {
  const requestId = $metadata?.requestId;
  return requestId === undefined ? null : oneVisibleLine(requestId).slice(0, REQUEST_ID_CHARACTERS_MAX);
}

// One visible line, for what a store says is logged, mailed and kept: Postgres takes no null character, for one.
function withoutSecrets(message: string, access: ObjectAccess | null): string {
  const { accessKeyId = '', secretAccessKey = '', sessionToken = '' } = access?.credential ?? {};
  const secrets = [secretAccessKey, sessionToken, accessKeyId].filter(
    (secret) => secret.length >= SECRET_CHARACTERS_MIN,
  );
  return secrets
    .reduce((redacted, secret) => redacted.replaceAll(secret, '[redacted]'), oneVisibleLine(message))
    .slice(0, MESSAGE_CHARACTERS_MAX);
}
