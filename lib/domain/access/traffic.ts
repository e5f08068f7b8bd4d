/** Why events were refused, and how many, about: a crash of a collector loses the last seconds of its count. */
export interface RejectedReason {
  /** A published code, or the HTTP status of an answer that has none. */
  readonly code: number;
  readonly reason: string;
  /** Events; a request that was refused as a whole counts as one. */
  readonly events24h: number;
  readonly events7d: number;
  /** RFC 3339 in UTC. */
  readonly lastAt: string;
}

/** What a workspace sent. Hours are of UTC; the one under way is the last. */
export interface WorkspaceTraffic {
  readonly workspaceId: string;
  /** Events accepted in each of the last 24 hours, the oldest first. */
  readonly acceptedByHour: readonly number[];
  /** The most frequent of 7 days first. */
  readonly rejected: readonly RejectedReason[];
}
