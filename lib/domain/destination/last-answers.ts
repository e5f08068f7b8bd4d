/** What the store answered to an upload, and when. The instant is an RFC 3339 string in UTC. */
export interface UploadAnswer {
  readonly at: string;
  readonly httpStatus: number | null;
  /** The store's error code; null for a confirmation. */
  readonly code: string | null;
  /** By which AWS support finds the request. */
  readonly requestId: string | null;
}

/** Null for what has never happened. */
export interface LastAnswers {
  readonly confirmed: UploadAnswer | null;
  readonly refused: UploadAnswer | null;
}
