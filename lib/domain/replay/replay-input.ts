import { z } from 'zod';
import { dataTypeSchema } from '@/lib/domain/data-type';
import { hourSchema } from '@/lib/domain/hour/hour-input';
import { idSchema } from '@/lib/domain/id';
import { pageFields } from '@/lib/domain/page';
import { HOUR_MS } from '@/lib/domain/time-units';
import { replayFileStateSchema } from './view';

/** The longest range that is replayed at once. */
const HOURS_MAX = 31 * 24;
const REASON_CHARS_MAX = 500;

const rangeFields = {
  routingId: idSchema(),
  types: z
    .array(dataTypeSchema, { error: 'Choose what to replay.' })
    .min(1, 'Choose at least one kind of data.')
    .transform((types) => [...new Set(types)]),
  from: hourSchema,
  to: hourSchema,
  mode: z.enum(['fill', 'copy'], { error: 'Choose where to: fill or copy.' }),
};

function hasRange<S extends z.ZodType<{ from: string; to: string }>>(schema: S): S {
  return schema
    .refine(({ from, to }) => from < to, { path: ['to'], error: 'The range must end after it begins.' })
    .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= HOURS_MAX * HOUR_MS, {
      path: ['to'],
      error: 'Replay at most 31 days at once.',
    });
}

/** Every hour from `from` until before `to`, of these types. */
export const planReplaySchema = hasRange(z.object(rangeFields));
export type PlanReplayInput = z.input<typeof planReplaySchema>;

export const startReplaySchema = hasRange(
  z.object({
    ...rangeFields,
    reason: z
      .string()
      .transform((reason) => reason.trim())
      .pipe(z.string().max(REASON_CHARS_MAX, `Give the reason in at most ${REASON_CHARS_MAX} characters.`))
      .optional(),
    /** What asks for a dry run in another spelling must not start anything. */
    dryRun: z.literal(false, 'Say true for a dry run, or leave it out.').optional(),
  }),
);
export type StartReplayInput = z.input<typeof startReplaySchema>;

export const replayIdSchema = z.object({ routingId: idSchema(), replayId: idSchema() });
export type ReplayIdInput = z.input<typeof replayIdSchema>;

/** A replay with a page of its files, of one state where it is given; the cursor is the last file's id. */
export const readReplaySchema = z.object({
  routingId: idSchema(),
  replayId: idSchema(),
  state: replayFileStateSchema.optional(),
  ...pageFields,
});
export type ReadReplayInput = z.input<typeof readReplaySchema>;

export const listReplaysSchema = z.object({ routingId: idSchema(), ...pageFields });
export type ListReplaysInput = z.input<typeof listReplaysSchema>;
