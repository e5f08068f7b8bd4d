import { accountOfArn } from '@/lib/domain/destination/arn-account';
import { AppError } from '@/lib/domain/errors';
import type { Ctx } from '@/lib/services/context';

/**
 * Throws VALIDATION at a field that names our own AWS account: what is delivered belongs to a customer, and our own
 * rights must open nobody's bucket. Without an identity of ours nobody knows which account that is.
 */
export function requireForeignAccount(
  { roleWay }: Pick<Ctx, 'roleWay'>,
  { field, accountId }: { readonly field: 'ownerAccountId' | 'roleArn'; readonly accountId: string | null },
): void {
  const ours = roleWay === undefined ? null : accountOfArn(roleWay.principalArn);
  if (ours === null || accountId !== ours) return;
  const message =
    field === 'roleArn'
      ? 'This role is in our own AWS account. Enter the ARN of a role in the account that owns the bucket.'
      : 'This is our own AWS account. Enter the account that owns the bucket.';
  throw new AppError('VALIDATION', message, { issues: [{ field, message }] });
}
