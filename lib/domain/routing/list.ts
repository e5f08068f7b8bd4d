import { z } from 'zod';
import { dataTypeSchema } from '@/lib/domain/data-type';
import { hourSchema } from '@/lib/domain/hour/hour-input';
import { idSchema } from '@/lib/domain/id';
import { pageFields } from '@/lib/domain/page';
import { routingLabelSchema } from './label';

/** The views of the list; what is in them depends on the reader's role (list-views.ts). */
export const listViewSchema = z.enum(['needs-me', 'late', 'blocked', 'onboarding', 'key-age', 'all'], {
  error: 'There is no such view.',
});
export type ListView = z.infer<typeof listViewSchema>;

/**
 * What the list may be sorted by, what needs a look first: status (worst, then longest), since (newest), name (A to Z,
 * by organization), freshness (oldest), in-promise (lowest), held (most), created (newest).
 */
export const sortKeySchema = z.enum([
  'status',
  'since',
  'name',
  'freshness',
  'in-promise',
  'held',
  'created',
]);
export type SortKey = z.infer<typeof sortKeySchema>;

export interface ListSort {
  readonly key: SortKey;
  readonly isReversed: boolean;
}

/** A key, or the same turned round: `-freshness`. Where a routing has no such figure it comes last either way. */
export const listSortSchema = z.string().transform((text, ctx): ListSort => {
  const isReversed = text.startsWith('-');
  const key = sortKeySchema.safeParse(isReversed ? text.slice(1) : text);
  if (key.success) return { key: key.data, isReversed };
  ctx.addIssue({ code: 'custom', message: 'The list cannot be sorted by this.' });
  return z.NEVER;
});

/** Access keys that were given longer ago than this stand in the view of key age. */
export const KEY_AGE_DAYS = 90;

/** Without an organization: every routing the actor may see. `page` counts from 1 and is ignored beside a cursor. */
export const listRoutingsSchema = z.object({
  view: listViewSchema.default('all'),
  sort: listSortSchema.default({ key: 'created', isReversed: false }),
  status: routingLabelSchema.optional(),
  region: z.string().max(40, 'There is no such region.').optional(),
  organizationId: idSchema().optional(),
  /** Text that the name of the routing, organization, workspace or bucket contains, in any case. */
  q: z
    .string()
    .transform((q) => q.trim())
    .pipe(z.string().max(200, 'Search for at most 200 characters.'))
    .optional(),
  page: z.coerce
    .number<number | string>()
    .int('A page is a whole number.')
    .min(1, 'Pages count from 1.')
    .max(1_000_000, 'There are not so many pages.')
    .default(1),
  ...pageFields,
});
export type ListRoutingsInput = z.input<typeof listRoutingsSchema>;
export type ListRoutingsQuery = z.output<typeof listRoutingsSchema>;

/** How many routings stand in each view. */
export type ViewCounts = Readonly<Record<ListView, number>>;

/** Delivered files, newest first; of one type and of one hour where they are given. */
export const listFilesSchema = z.object({
  routingId: idSchema(),
  type: dataTypeSchema.optional(),
  hour: hourSchema.optional(),
  ...pageFields,
});
export type ListFilesInput = z.input<typeof listFilesSchema>;

export const fileIdSchema = z.object({ fileId: idSchema() });
export type FileIdInput = z.input<typeof fileIdSchema>;
