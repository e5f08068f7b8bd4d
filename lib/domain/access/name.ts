import { z } from 'zod';
import { isDeceiving } from '@/lib/domain/format/visible-text';

/** A name that a person gives: one line, 1–120 characters after trimming. */
export const nameSchema = z
  .string({ error: 'Enter a name.' })
  .transform((name) => name.trim())
  .pipe(
    z
      .string()
      .min(1, 'Enter a name.')
      .max(120, 'A name has at most 120 characters.')
      .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'A name is one line of text.')
      .refine((name) => !isDeceiving(name), 'Leave out signs that cannot be seen: type the name anew.'),
  );
