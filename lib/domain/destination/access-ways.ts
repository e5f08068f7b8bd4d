import { z } from 'zod';

/** How a customer may give access, as whoever asks has decided: by role or keys as they like, or one of them only. */
export const accessWaysSchema = z.enum(['any', 'role', 'keys'], {
  error: 'Choose how they give access.',
});
export type AccessWays = z.infer<typeof accessWaysSchema>;

/**
 * The ways that are open, the recommended one first. Where no role can be taken on, keys are: what was asked for once
 * must not lock a customer out for good.
 */
export function openWays(ways: AccessWays, isRolePossible: boolean): readonly ('role' | 'keys')[] {
  if (!isRolePossible) return ['keys'];
  return ways === 'any' ? ['role', 'keys'] : [ways];
}
