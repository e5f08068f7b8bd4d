import { accessWaysSchema, openWays } from '@/lib/domain/destination/access-ways';
import { AppError } from '@/lib/domain/errors';
import type { Ctx } from '@/lib/services/context';

/** Who customers' roles trust for a place; null where access by role is not offered. */
export function principalFor(ctx: Pick<Ctx, 'roleWay'>, endpoint: string): string | null {
  const { roleWay } = ctx;
  if (roleWay === undefined) return null;
  return endpoint === '' || roleWay.servesOwnStores ? roleWay.principalArn : null;
}

interface AskedFor {
  readonly row: { readonly accessWays: string };
  readonly destination: { readonly endpoint: string };
}

/** Throws VALIDATION for access by a way that the customer was not asked to take. */
export function requireOpenWay(
  ctx: Pick<Ctx, 'roleWay'>,
  { row, destination }: AskedFor,
  way: 'role' | 'keys',
): void {
  const isRolePossible = principalFor(ctx, destination.endpoint) !== null;
  const ways = openWays(accessWaysSchema.parse(row.accessWays), isRolePossible);
  // A role that cannot be taken on is refused with its own reason.
  if (ways.includes(way) || (way === 'role' && !isRolePossible)) return;
  const [field, message] =
    way === 'role'
      ? ['roleArn', 'Access by keys was asked for here. Give the access keys of an IAM user.']
      : ['accessKeyId', 'Access by a role was asked for here. Give the ARN of a role; no keys are stored.'];
  throw new AppError('VALIDATION', message, { issues: [{ field, message }] });
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
