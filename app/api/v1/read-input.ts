import { AppError } from '@/lib/domain/errors';

const BODY_BYTES_MAX = 64 * 1024;

/** The JSON object in a request's body. Throws VALIDATION for anything else, and for more than 64 KiB. */
export async function readBody(request: Request): Promise<Record<string, unknown>> {
  return parseBody(await readText(request));
}

/** As `readBody`; no body at all is an empty object, for calls that need nothing but their address. */
export async function readOptionalBody(request: Request): Promise<Record<string, unknown>> {
  const text = await readText(request);
  return text === '' ? {} : parseBody(text);
}

function parseBody(text: string): Record<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new AppError('VALIDATION', 'The body is not JSON.');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AppError('VALIDATION', 'The body must be a JSON object.');
  }
  return { ...body };
}

async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > BODY_BYTES_MAX) throw new AppError('VALIDATION', 'The body is larger than 64 KiB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The query as a verb's input: `limit` as a number, everything else as text. */
export function readQuery(request: Request): Record<string, string | number> {
  const query: Record<string, string | number> = Object.fromEntries(new URL(request.url).searchParams);
  if (query.limit !== undefined) query.limit = Number(query.limit);
  return query;
}

/**
 * What came over the wire, under the type of the verb's input. Safe because every verb parses its input before it
 * looks at it: the type only says which verb is meant.
 */
export function asInput<T>(untrusted: unknown): T {
  return untrusted as T;
}
