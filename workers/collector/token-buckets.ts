interface Bucket {
  tokens: number;
  filledAtMs: number;
}

const BUCKETS_MAX = 10_000;

/** One token bucket per name: so many requests per second, with a burst on top. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {}

  /** Takes one token; false when the bucket is empty. `nowMs` is monotonic. */
  take(name: string, nowMs: number): boolean {
    const bucket = this.bucketOf(name, nowMs);
    bucket.tokens = Math.min(
      this.burst,
      bucket.tokens + ((nowMs - bucket.filledAtMs) / 1_000) * this.perSecond,
    );
    bucket.filledAtMs = nowMs;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  private bucketOf(name: string, nowMs: number): Bucket {
    const known = this.buckets.get(name);
    if (known !== undefined) return known;
    const bucket = { tokens: this.burst, filledAtMs: nowMs };
    this.buckets.set(name, bucket);
    // The longest known goes first; it starts again with a full bucket if it comes back.
    const [oldest] = this.buckets.keys();
    if (this.buckets.size > BUCKETS_MAX && oldest !== undefined) this.buckets.delete(oldest);
    return bucket;
  }
}
