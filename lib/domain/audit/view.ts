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
  /** Its place in the chain of its organization, and the SHA-256 over it and all before it. */
  readonly seq: number | null;
  readonly hash: string | null;
}

/** Whether recorded actions are as they were recorded, as a worker last saw it. */
export interface AuditChainView {
  readonly chains: number;
  /** Of all these chains. */
  readonly rows: number;
  readonly verifiedRows: number;
  /** The earliest of them; null before the first look. */
  readonly verifiedAt: string | null;
  /** What is not as it was recorded, as sentences; the first ones. */
  readonly found: readonly string[];
  /** The last row, where there is one chain. */
  readonly head: { readonly seq: number; readonly hash: string } | null;
}

export interface AuditPage {
  readonly events: readonly AuditView[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}
