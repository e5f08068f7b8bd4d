/** What became of a link. `open` is one that can be used. */
export type HandOverLinkState = 'open' | 'submitted' | 'declined' | 'revoked' | 'expired';

interface LinkFacts {
  readonly submittedAt: Date | null;
  readonly declinedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly expiresAt: Date;
}

/** The state of a link at `now`. Who did not expect it ends it for a reason of their own, so that comes first. */
export function handOverLinkState(link: LinkFacts, now: Date): HandOverLinkState {
  if (link.declinedAt !== null) return 'declined';
  if (link.submittedAt !== null) return 'submitted';
  if (link.revokedAt !== null) return 'revoked';
  return link.expiresAt <= now ? 'expired' : 'open';
}
