import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';

const REASON_MAX = 500;
const CONFIRM = 'Confirm that the files may exist in both places (mayExistInBothPlaces: true).';

/** What an open cut may be released to: where its routing delivers now, or nothing. */
export const releaseTargetSchema = z.enum(['present_destination', 'gap'], {
  error: 'Say where to: present_destination, or gap.',
});
export type ReleaseTarget = z.infer<typeof releaseTargetSchema>;

/**
 * An explicit release of a cut that stands still. Its files may have been written where they were sealed for: the one
 * who releases says so, and why.
 */
export const releaseSchema = z
  .object({
    routingId: idSchema(),
    cutId: z.int({ error: 'cutId is a number.' }).min(1).optional(),
    laneId: z.int({ error: 'laneId is a number.' }).min(1).optional(),
    /** The one that was looked at; another one in the database is a CONFLICT. */
    generation: z.int().min(1).optional(),
    to: releaseTargetSchema,
    reason: z
      .string({ error: 'Give a reason: it is kept in the audit.' })
      .trim()
      .min(3, 'Give a reason: it is kept in the audit.')
      .max(REASON_MAX, `A reason has at most ${REASON_MAX} characters.`),
    mayExistInBothPlaces: z
      .boolean({ error: CONFIRM })
      .refine((isAccepted) => isAccepted, { error: CONFIRM }),
  })
  .refine(({ cutId, laneId }) => cutId !== undefined || laneId !== undefined, {
    path: ['cutId'],
    error: 'Name the cut, or its lane.',
  });
export type ReleaseInput = z.input<typeof releaseSchema>;

/** Whoever looked lets everything that is held be tried again, or one lane. */
export const retrySchema = z.object({
  routingId: idSchema(),
  laneId: z.int({ error: 'laneId is a number.' }).min(1).optional(),
});
export type RetryInput = z.input<typeof retrySchema>;
