import { AppError } from '@/lib/domain/errors';
import type { Ctx } from '@/lib/services/context';

/** Who customers' roles trust for a place; null where access by role is not offered. */
export function principalFor(ctx: Pick<Ctx, 'roleWay'>, endpoint: string): string | null {
  const { roleWay } = ctx;
  if (roleWay === undefined) return null;
  return endpoint === '' || roleWay.servesOwnStores ? roleWay.principalArn : null;
}

/** Throws VALIDATION where no identity of ours could take on a role for the place. */
export function requireRoleWay(ctx: Pick<Ctx, 'roleWay'>, endpoint: string): void {
  if (principalFor(ctx, endpoint) !== null) return;
  const message =
    ctx.roleWay === undefined
      ? 'Access by role is not set up here: no AWS identity of ours is configured. Give access keys instead.'
      : 'Roles are of AWS, and this bucket is served by another store. Give access keys instead.';
  throw new AppError('VALIDATION', message, { issues: [{ field: 'roleArn', message }] });
}
