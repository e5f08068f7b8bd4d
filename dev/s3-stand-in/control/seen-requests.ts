import type { RequestFacts } from './faults';

/** One request as the stand-in saw it; `status` is null when no answer was sent. */
export interface SeenRequest extends RequestFacts {
  readonly requestId: string;
  readonly receivedAtMs: number;
  readonly status: number | null;
  readonly code: string | null;
}

const KEPT_MAX = 20_000;

/** The newest requests, for tests that count what reached the server. Memory only. */
export class SeenRequests {
  #kept: SeenRequest[] = [];

  add(seen: SeenRequest): void {
    this.#kept.push(seen);
    if (this.#kept.length > KEPT_MAX) this.#kept = this.#kept.slice(KEPT_MAX / 2);
  }

  list(
    match: Partial<Pick<SeenRequest, 'operation' | 'bucket' | 'key' | 'accessKeyId'>> = {},
  ): SeenRequest[] {
    return this.#kept.filter(
      (seen) =>
        (match.operation === undefined || seen.operation === match.operation) &&
        (match.bucket === undefined || seen.bucket === match.bucket) &&
        (match.key === undefined || seen.key === match.key) &&
        (match.accessKeyId === undefined || seen.accessKeyId === match.accessKeyId),
    );
  }

  clear(): void {
    this.#kept = [];
  }
}
