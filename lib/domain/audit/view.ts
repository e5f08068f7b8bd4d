import type { NamedRef } from '@/lib/domain/routing/view';

/** One recorded action. Instants are RFC 3339 strings in UTC. */
export interface AuditView {
  readonly id: string;
  readonly at: string;
  /** A person's name, a token's as "… (API token)", or the process that did it. */
  readonly actor: string;
  /** `routing.pause`, … */
  readonly action: string;
  /** What was done, in words, without who: "paused the routing “Main site”". */
  readonly sentence: string;
  /** Null for what concerns the vendor alone. */
  readonly organization: NamedRef | null;
  /** `routing:<id>`, … */
  readonly target: string;
  /** As it was recorded; never a secret. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface AuditPage {
  readonly events: readonly AuditView[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}
