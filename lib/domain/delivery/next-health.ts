import type { Health } from '@/lib/domain/routing/state';
import { isFailingShare, type RecentTries } from './failing-share';

/** What delivery learned about a routing. */
export type HealthNews =
  | ({
      readonly kind: 'delivered';
      /** Some lane of the routing is held, or another than the one that delivered failed at its last try. */
      readonly isOtherInTrouble: boolean;
      /** Freshness has been over the promise for long enough to be late. */
      readonly isLate: boolean;
    } & RecentTries)
  /** A probe of the access went well while nothing was pending. */
  | { readonly kind: 'proven'; readonly isActive: boolean; readonly isOtherInTrouble: boolean }
  /** Access or place is gone, or a lane stands still until a person has looked. */
  | { readonly kind: 'blocked'; readonly cause: string }
  /** A first refusal, not yet confirmed. */
  | { readonly kind: 'doubted'; readonly cause: string }
  /** A job broke off without an answer, by our own fault. */
  | { readonly kind: 'broken'; readonly cause: string }
  /** A passing fault, with the share of tries that failed lately. */
  | ({ readonly kind: 'failed'; readonly cause: string } & RecentTries);

export interface RoutingHealth {
  readonly health: Health;
  readonly cause: string | null;
}

/**
 * The routing's health after the news. A confirmed PUT speaks for its own lane only: it clears what no other suffers,
 * and a failing share only once that is gone. What was held for long is late until it has drained.
 */
export function nextHealth(now: RoutingHealth, news: HealthNews): RoutingHealth {
  switch (news.kind) {
    case 'delivered':
      if (news.isOtherInTrouble || now.health === 'late') return now;
      if (now.health === 'failing' && isFailingShare(news, true)) return now;
      return news.isLate ? { health: 'late', cause: 'behind' } : { health: 'healthy', cause: null };
    case 'blocked':
      return { health: 'blocked', cause: news.cause };
    case 'doubted':
    case 'broken':
      return now.health === 'blocked' ? now : { health: 'failing', cause: news.cause };
    case 'failed':
      if (now.health === 'blocked' || !isFailingShare(news, now.health === 'failing')) return now;
      return { health: 'failing', cause: news.cause };
    case 'proven':
      if (news.isOtherInTrouble || !(now.health === 'blocked' || now.health === 'failing')) return now;
      return { health: news.isActive ? 'healthy' : 'unknown', cause: null };
  }
}
