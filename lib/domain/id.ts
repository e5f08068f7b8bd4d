import { z } from 'zod';

/** A UUID in the database's spelling; anything else answers with the given sentence. */
export function idSchema(message = 'This is not an id.') {
  return z.guid({ error: message }).transform((id) => id.toLowerCase());
}
