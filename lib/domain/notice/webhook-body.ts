import { liveQueries } from './live-queries';
import type { Notice } from './notice';

const TYPES = {
  hand_over_link: 'routing.hand_over_link',
  hand_over_declined: 'routing.hand_over_declined',
  access_submitted: 'routing.access_submitted',
  live: 'routing.live',
} as const satisfies Record<Notice['kind'], string>;

/**
 * The body of a webhook: `{type, timestamp, data}` as Standard Webhooks has it. `createdAt` is ISO 8601, when it
 * happened: the same at every try. Fields are only ever added.
 */
export function webhookBody(
  notice: Notice,
  about: { readonly routingId: string; readonly createdAt: string },
): string {
  const { kind, facts } = notice;
  const more = notice.kind === 'live' ? { queries: liveQueries(notice.facts) } : {};
  return JSON.stringify({
    type: TYPES[kind],
    timestamp: about.createdAt,
    data: { routingId: about.routingId, ...facts, ...more },
  });
}
