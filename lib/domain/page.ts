import { z } from 'zod';

/** A page of a list: `cursor` is the `nextCursor` of the page before, left out for the first. */
export const pageFields = {
  cursor: z.string().min(1).max(200).optional(),
  limit: z.int().min(1, 'Ask for at least one.').max(200, 'Ask for at most 200 at once.').default(50),
};
