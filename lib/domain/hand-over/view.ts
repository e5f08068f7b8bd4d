import type { HandOverLinkState } from './state';

/** How access was given: keys of an IAM user, or a role. */
export type AccessKind = 'keys' | 'role';

/** A link as those see it who made it. Never its token. Instants are RFC 3339 strings in UTC. */
export interface HandOverLinkView {
  readonly id: string;
  readonly routingId: string;
  /** The link that was passed on as this one; null for one that was made here. */
  readonly parentId: string | null;
  /** The e-mail address it is meant for, where somebody named it. */
  readonly recipient: string | null;
  readonly state: HandOverLinkState;
  /** A person's name, or whose link was passed on. */
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** When somebody first pressed Begin; a mail scanner that fetches the page does not count. */
  readonly openedAt: string | null;
  readonly accessKind: AccessKind | null;
  readonly accessGivenAt: string | null;
  /** When the access that it gave had passed its check. */
  readonly submittedAt: string | null;
  /** When it was revoked, or turned down by who did not expect it. */
  readonly endedAt: string | null;
}

/** Whether somebody may still come in by this link. */
export function isOpenLink(link: Pick<HandOverLinkView, 'state'>): boolean {
  return link.state === 'open';
}
