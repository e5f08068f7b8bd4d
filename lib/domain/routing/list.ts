import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';
import { pageFields } from '@/lib/domain/page';

/** Newest first. Without an organization: every routing the actor may see. */
export const listRoutingsSchema = z.object({
  organizationId: idSchema().optional(),
  /** Text that the name of the routing, organization, workspace or bucket contains, in any case. */
  q: z
    .string()
    .transform((q) => q.trim())
    .pipe(z.string().max(200, 'Search for at most 200 characters.'))
    .optional(),
  ...pageFields,
});
export type ListRoutingsInput = z.input<typeof listRoutingsSchema>;

/** Delivered files, newest first. */
export const listFilesSchema = z.object({
  routingId: idSchema(),
  ...pageFields,
});
export type ListFilesInput = z.input<typeof listFilesSchema>;

export const fileIdSchema = z.object({ fileId: idSchema() });
export type FileIdInput = z.input<typeof fileIdSchema>;

/** The newest changes of a routing's label and the newest acts of people on it, newest first. */
export const listActivitySchema = z.object({
  routingId: idSchema(),
  limit: pageFields.limit,
});
export type ListActivityInput = z.input<typeof listActivitySchema>;
