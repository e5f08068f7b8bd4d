import { z } from 'zod';

/** How a customer may give access, as whoever asks has decided: by role or keys as they like, or one of them only. */
export const accessWaysSchema = z.enum(['any', 'role', 'keys'], {
  error: 'Choose how they give access.',
});
export type AccessWays = z.infer<typeof accessWaysSchema>;
