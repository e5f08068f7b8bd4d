/** An AWS account number as AWS itself writes it: 1234-5678-9012. */
export function formatAccount(accountId: string): string {
  return accountId.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
}
