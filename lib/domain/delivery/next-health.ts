import type { Health } from '@/lib/domain/routing/state';

/** What delivery learned about a routing. */
export type HealthNews =
  | { readonly kind: 'delivered' }
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

/**
 * The routing's health after the news. The next confirmed PUT clears everything, except while some lane is held:
 * that one still waits for a person.
 */
export function nextHealth(now: RoutingHealth, news: HealthNews, isSomeLaneHeld: boolean): RoutingHealth {
  switch (news.kind) {
    case 'delivered':
      return isSomeLaneHeld || now.health === 'late' ? now : { health: 'healthy', cause: null };
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
