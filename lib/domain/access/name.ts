import { z } from 'zod';

/** A name that a person gives: one line, 1–120 characters after trimming. */
export const nameSchema = z
  .string({ error: 'Enter a name.' })
  .transform((name) => name.trim())
  .pipe(
    z
      .string()
      .min(1, 'Enter a name.')
      .max(120, 'A name has at most 120 characters.')
      .regex(/^\P{Cc}*$/u, 'A name is one line of text.'),
  );
