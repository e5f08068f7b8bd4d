import type { EventLog, IdempotencyRow } from '@/lib/platform/event-log/event-log';
import { CollectionError, invalidParameters, orOverloaded, overloaded } from './collection-error';
import type { Answer } from './prepared';

/** A request that carries an Idempotency-Key. */
export interface KeyedRequest {
  readonly workspaceId: string;
  readonly call: string;
  readonly key: string;
  /** SHA-256 of the body, unpacked. */
  readonly bodyHash: Buffer;
}

const KEY_PATTERN = /^[\x21-\x7e]{1,255}$/;

/** The request's key, or null where it has none. */
export function readIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header === 'string' && KEY_PATTERN.test(header)) return header;
  throw invalidParameters('Idempotency-Key is 1 to 255 printable ASCII characters without spaces.');
}

/** The first answer to a request with this key, or null. Another body under the same key is refused. */
export async function findFirstAnswer(log: EventLog, keyed: KeyedRequest): Promise<Answer | null> {
  const row = await orOverloaded(
    'The Idempotency-Key cannot be looked up at the moment.',
    log.findIdempotency(keyed.workspaceId, keyed.call, keyed.key),
  );
  if (row === null) return null;
  if (!row.bodyHash.equals(keyed.bodyHash))
    throw new CollectionError(422, 'key_reused', {
      message: 'This Idempotency-Key was used with another body.',
    });
  return { status: row.status, body: row.answer, isReplay: true };
}

/** The answer that must be there, because the log has just refused the same key. */
export async function requireFirstAnswer(log: EventLog, keyed: KeyedRequest): Promise<Answer> {
  const answer = await findFirstAnswer(log, keyed);
  if (answer === null) throw overloaded('The first answer to this Idempotency-Key has just expired.');
  return answer;
}

export function toIdempotencyRow(
  keyed: KeyedRequest,
  answer: { status: number; body: Buffer },
): IdempotencyRow {
  return { ...keyed, status: answer.status, answer: answer.body };
}

/** The keys of requests that this process works on. Another process is held off by the log itself. */
export class KeysInFlight {
  private readonly names = new Set<string>();

  /** Returns what ends the claim; refuses a key that is worked on. */
  claim(keyed: Pick<KeyedRequest, 'workspaceId' | 'call' | 'key'>): () => void {
    const name = `${keyed.workspaceId} ${keyed.call} ${keyed.key}`;
    if (this.names.has(name))
      throw new CollectionError(409, 'key_in_flight', {
        message: 'A request with this Idempotency-Key is being processed.',
        retryAfterSeconds: 1,
      });
    this.names.add(name);
    return () => this.names.delete(name);
  }
}
