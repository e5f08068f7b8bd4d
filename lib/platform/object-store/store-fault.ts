import type { ObjectAccess, StoreAnswer } from './object-store';

type StoreError = Extract<StoreAnswer<never>, { kind: 'error' }>;

const MESSAGE_CHARACTERS_MAX = 500;
/** Names of failures of the wire, as the SDK and Node spell them. */
const LOCAL_NAMES = ['TimeoutError', 'AbortError', 'RequestTimeout'];
const LOCAL_CODE = /^(E[A-Z_]{2,}|ERR_(TLS|SSL|SOCKET|STREAM|HTTP2?)_?.*|[A-Z_]*CERT[A-Z_]*|HPE_.*)$/;

interface Thrown {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $response?: { readonly statusCode?: number };
}

/** S3's refusal or the wire's failure as an answer; null for anything else, which is a programmer's error. */
export function toStoreError(thrown: unknown, access: ObjectAccess): StoreError | null {
  if (typeof thrown !== 'object' || thrown === null) return null;
  const error: Thrown = thrown;
  const httpStatus = error.$metadata?.httpStatusCode ?? error.$response?.statusCode ?? null;
  const code = codeOf(error, httpStatus);
  if (code === null) return null;
  return {
    kind: 'error',
    httpStatus,
    code,
    message: withoutSecrets(String(error.message ?? ''), access),
    requestId: error.$metadata?.requestId ?? null,
  };
}

function codeOf(error: Thrown, httpStatus: number | null): string | null {
  const name = typeof error.name === 'string' ? error.name : '';
  if (httpStatus !== null) return name === '' ? 'UnknownError' : name;
  if (typeof error.code === 'string' && LOCAL_CODE.test(error.code)) return error.code;
  return LOCAL_NAMES.includes(name) ? name : null;
}

function withoutSecrets(message: string, access: ObjectAccess): string {
  const { accessKeyId, secretAccessKey } = access.credential;
  return message
    .replaceAll(secretAccessKey, '[redacted]')
    .replaceAll(accessKeyId, '[redacted]')
    .slice(0, MESSAGE_CHARACTERS_MAX);
}
