import { z } from 'zod';
import { idSchema } from './id';

/** A page of a list: `cursor` is the `nextCursor` of the page before, left out for the first. */
export const pageFields = {
  cursor: idSchema('This cursor is not one we gave out.').optional(),
  limit: z.int().min(1, 'Ask for at least one.').max(200, 'Ask for at most 200 at once.').default(50),
};
