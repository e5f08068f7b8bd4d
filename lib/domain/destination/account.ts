import { z } from 'zod';

/** An AWS account number as AWS itself writes it: 1234-5678-9012. */
export function formatAccount(accountId: string): string {
  return accountId.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
}

/** The AWS account that owns a bucket, written with or without spaces and hyphens. Empty stays unnamed: null. */
export const ownerAccountSchema = z
  .string()
  .nullable()
  .default('')
  .transform((account) => (account ?? '').replace(/[\s-]/g, ''))
  .superRefine((account, ctx) => {
    const message = accountFault(account);
    if (message !== null) ctx.addIssue({ code: 'custom', message });
  })
  .transform((account) => (account === '' ? null : account));

/** Says what is wrong with an AWS account number, or null. */
function accountFault(account: string): string | null {
  return account === '' || /^\d{12}$/.test(account)
    ? null
    : 'An AWS account number has 12 digits. You find it at AWS under your name, at the top right.';
}
