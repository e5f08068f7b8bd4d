import type { Health } from '@/lib/domain/routing/state';

/** What delivery learned about a routing. */
export type HealthNews =
  | {
      readonly kind: 'delivered';
      /** Some lane of the routing is held, or another than the one that delivered failed at its last try. */
      readonly isOtherInTrouble: boolean;
      /** Freshness has been over the promise for long enough to be late. */
      readonly isLate: boolean;
    }
  /** Access or place is gone, or a lane stands still until a person has looked. */
  | { readonly kind: 'blocked'; readonly cause: string }
  /** A first refusal, not yet confirmed. */
  | { readonly kind: 'doubted'; readonly cause: string }
  /** A job broke off without an answer, by our own fault. */
  | { readonly kind: 'broken'; readonly cause: string }
  /** A passing fault, with the share of tries that failed lately. */
  | { readonly kind: 'failed'; readonly cause: string; readonly failed: number; readonly ended: number };

export interface RoutingHealth {
  readonly health: Health;
  readonly cause: string | null;
}

/** Fewer failures than this in the window say nothing about a share. */
const FAILURES_MIN = 3;

/** The routing's health after the news. A confirmed PUT speaks for its own lane only: it clears what no other suffers. What was held for long is late until it has drained. */
export function nextHealth(now: RoutingHealth, news: HealthNews): RoutingHealth {
  switch (news.kind) {
    case 'delivered':
      if (news.isOtherInTrouble || now.health === 'late') return now;
      return news.isLate ? { health: 'late', cause: 'behind' } : { health: 'healthy', cause: null };
    case 'blocked':
      return { health: 'blocked', cause: news.cause };
    case 'doubted':
    case 'broken':
      return now.health === 'blocked' ? now : { health: 'failing', cause: news.cause };
    case 'failed': {
      const isMostly = news.failed >= FAILURES_MIN && news.failed * 2 >= news.ended;
      return now.health === 'blocked' || !isMostly ? now : { health: 'failing', cause: news.cause };
    }
  }
}
