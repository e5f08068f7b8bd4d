/**
 * The key of a routing's probe: one per UTC day, so that no more than one a day stays where we may not delete, and each
 * day's first one proves the use of the KMS key as well. `prefix` as it is stored, with its trailing slash.
 */
export function probeKey(prefix: string, routingId: string, nowMs: number): string {
  return `${prefix}_sluice/access/${routingId}/${new Date(nowMs).toISOString().slice(0, 10)}.txt.gz`;
}
