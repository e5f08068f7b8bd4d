import type { z } from 'zod';

/** A kind of job: what it carries, how wake-ups for the same thing fold into one, how many run at once. */
export interface JobDefinition<Payload extends object> {
  /** Also the queue's name. Letters, digits, dot and hyphen: the queue refuses `:`. */
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  /** Jobs with the same id within `dedupTtlMs` of the first are one. No `:`. */
  readonly dedupId: (payload: Payload) => string;
  readonly dedupTtlMs: number;
}
