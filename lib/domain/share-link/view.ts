import type { HourState } from '@/lib/domain/hour/view';
import type { DaySummary } from '@/lib/domain/latency/day-summary';
import type { LatencyPoint, LatencyView } from '@/lib/domain/latency/view';
import type { RoutingLabel } from '@/lib/domain/routing/label';
import type { NamedRef } from '@/lib/domain/routing/view';

/** A link as those see it who make them. Never its token. Instants are RFC 3339 strings in UTC. */
export interface ShareLinkView {
  readonly id: string;
  readonly routing: NamedRef;
  readonly state: 'open' | 'revoked' | 'expired';
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** When somebody first opened it. */
  readonly openedAt: string | null;
  readonly revokedAt: string | null;
}

type SharedPoint = Pick<LatencyPoint, 'at' | 'rows' | 'files' | 'p50Ms' | 'p95Ms' | 'p99Ms' | 'isDemo'>;

/**
 * All that a shared status tells, and nothing else: no bucket, account, key, error text, cause or name of a person. The
 * list is closed: what is not here is not read out of the verbs' answers.
 */
export interface SharedStatusView {
  readonly organizationName: string;
  readonly routingName: string;
  readonly label: RoutingLabel;
  readonly stateSince: string;
  readonly promiseSeconds: number;
  readonly flushIntervalMs: number;
  readonly freshnessMs: number | null;
  readonly pendingRows: number;
  readonly lastFile: { readonly deliveredAt: string; readonly rows: number } | null;
  readonly day: DaySummary;
  readonly latency: Pick<LatencyView, 'from' | 'to' | 'stepMs' | 'promiseMs' | 'states'> & {
    readonly points: readonly SharedPoint[];
    readonly total: Pick<LatencyPoint, 'rows' | 'files' | 'p50Ms' | 'p95Ms' | 'p99Ms'>;
  };
  /** Of every data type that has hours. */
  readonly hours: readonly { readonly hour: string; readonly state: HourState }[];
  readonly expiresAt: string;
}
