/** What binds a notice's sealed payload to its row: organization|routing|notice|id|payload. */
export function noticeAad(row: {
  readonly organizationId: string;
  readonly routingId: string;
  readonly noticeId: string;
}): string {
  return [row.organizationId, row.routingId, 'notice', row.noticeId, 'payload'].join('|');
}

/** What binds a webhook's sealed secret to its row: organization|routing|webhook|id|secret. */
export function webhookAad(row: {
  readonly organizationId: string;
  readonly routingId: string;
  readonly webhookId: string;
}): string {
  return [row.organizationId, row.routingId, 'webhook', row.webhookId, 'secret'].join('|');
}
