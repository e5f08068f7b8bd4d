import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { OPERATIONS, type Operation } from '../protocol/s3-request';

const effectSchema = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('answer'),
      /** 200 gives a success that holds an error document, as S3 may send. */
      status: z.number().int().min(200).max(599),
      code: z.string(),
      message: z.string().default('Injected by the control door.'),
      /** Instead of the error document: HTML, JSON, nothing. */
      body: z.string().optional(),
      headers: z.record(z.string(), z.string()).default({}),
      applied: z.boolean().default(false),
    })
    .describe('answers with an error document; the request is applied first, or not at all'),
  z
    .object({ kind: z.literal('drop'), applied: z.boolean() })
    .describe('resets the connection, after or before the request was applied'),
  z
    .object({ kind: z.literal('cut-body'), afterBytes: z.number().int().nonnegative() })
    .describe('resets the connection once this much of the request’s body has arrived'),
  z
    .object({ kind: z.literal('cut-reply') })
    .describe('applies the request and resets the connection in the middle of the answer'),
  z
    .object({ kind: z.literal('drip'), bytesPerSecond: z.number().positive() })
    .describe('applies the request and sends the answer, headers and all, at this rate'),
  z.object({ kind: z.literal('ignore-condition') }).describe('writes whatever If-None-Match says'),
  z
    .object({ kind: z.literal('hang'), applied: z.boolean() })
    .describe('does not answer until the fault is cleared, then goes on'),
  z
    .object({ kind: z.literal('slow'), bytesPerSecond: z.number().int().positive() })
    .describe('reads and writes bodies at this rate'),
  z.object({ kind: z.literal('no-etag') }).describe('applies the request and leaves ETag out of the answer'),
  z
    .object({
      kind: z.literal('foreign-object'),
      text: z.string().default('written by somebody else'),
      metadata: z.record(z.string(), z.string()).default({}),
      /** The request's own metadata in front of it: forged. */
      forged: z.boolean().default(false),
    })
    .describe('puts a strange object at the key just before the request is applied'),
]);
export type FaultEffect = z.output<typeof effectSchema>;

export const faultSchema = z.object({
  match: z
    .object({
      operation: z.enum(OPERATIONS).optional(),
      bucket: z.string().optional(),
      prefix: z.string().optional(),
      accessKeyId: z.string().optional(),
    })
    .default({}),
  /** How many requests it strikes; null = until it is cleared. */
  times: z.number().int().positive().nullable().default(1),
  effect: effectSchema,
});
export type FaultInput = z.input<typeof faultSchema>;
type Fault = z.output<typeof faultSchema>;

/** What faults are matched against. */
export interface RequestFacts {
  readonly operation: Operation;
  readonly bucket: string;
  readonly key: string;
  /** Null: unsigned. */
  readonly accessKeyId: string | null;
}

interface Armed {
  readonly faultId: string;
  readonly fault: Fault;
  readonly released: Promise<void>;
  release(): void;
  hits: number;
}

export interface StruckFault {
  readonly effect: FaultEffect;
  /** Resolves when the fault is cleared. */
  readonly released: Promise<void>;
}

export interface FaultStatus extends Fault {
  readonly faultId: string;
  readonly hits: number;
}

function strikes(armed: Armed, facts: RequestFacts): boolean {
  const { match, times } = armed.fault;
  return (
    (times === null || armed.hits < times) &&
    (match.operation === undefined || match.operation === facts.operation) &&
    (match.bucket === undefined || match.bucket === facts.bucket) &&
    (match.prefix === undefined || facts.key.startsWith(match.prefix)) &&
    (match.accessKeyId === undefined || match.accessKeyId === facts.accessKeyId)
  );
}

/** The faults that wait for a request. Held in memory only: a restart forgets them. */
export class Faults {
  #armed: Armed[] = [];
  #watchers = new Set<() => void>();

  add(input: FaultInput): { faultId: string } {
    const faultId = randomBytes(6).toString('hex');
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#armed.push({ faultId, fault: faultSchema.parse(input), released, release, hits: 0 });
    return { faultId };
  }

  /** Takes the oldest fault that strikes this request, counting the hit. */
  take(facts: RequestFacts): StruckFault | null {
    const armed = this.#armed.find((candidate) => strikes(candidate, facts));
    if (armed === undefined) return null;
    armed.hits++;
    for (const watcher of this.#watchers) watcher();
    return { effect: armed.fault.effect, released: armed.released };
  }

  list(): FaultStatus[] {
    return this.#armed.map(({ faultId, fault, hits }) => ({ faultId, ...fault, hits }));
  }

  /** Clears one fault, or all; requests that hang on it go on. Returns how many were cleared. */
  clear(faultId?: string): number {
    const cleared = this.#armed.filter((armed) => faultId === undefined || armed.faultId === faultId);
    this.#armed = this.#armed.filter((armed) => !cleared.includes(armed));
    for (const armed of cleared) armed.release();
    return cleared.length;
  }

  /** Resolves once the fault has struck `hits` requests; rejects after the deadline. */
  waitForHits(faultId: string, hits: number, deadlineMs = 10_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (act: () => void) => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        act();
      };
      const look = () => {
        const armed = this.#armed.find((candidate) => candidate.faultId === faultId);
        if (armed !== undefined && armed.hits >= hits) finish(resolve);
      };
      const timer = setTimeout(
        () =>
          finish(() =>
            reject(new Error(`Fault ${faultId} did not strike ${hits} times within ${deadlineMs} ms`)),
          ),
        deadlineMs,
      );
      this.#watchers.add(look);
      look();
    });
  }
}
