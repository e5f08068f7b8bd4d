import type { Clock } from '@/lib/platform/clock';
import type { Logger } from '@/lib/platform/logger';
import type { CollectionKey } from '@/lib/services/collection/find-collection-key';

interface Entry {
  readonly key: CollectionKey | null;
  readonly loadedAtMs: number;
}

interface KeyCacheDeps {
  readonly find: (text: string) => Promise<CollectionKey | null>;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly logger: Logger;
  readonly refreshMs: number;
  readonly ttlMs: number;
}

const ENTRIES_MAX = 20_000;
/** So many look-ups queue before those who store lines only for moments. */
const LOOK_UPS_MAX = 200;

/**
 * Keys by their text. A key in use is looked up again in the background, so requests rarely wait for it; one that
 * was not looked up within the ttl is not trusted. Whoever guesses keys pushes none in use out, and takes few of the
 * database's connections.
 */
export class KeyCache {
  private readonly known = new Map<string, Entry>();
  private readonly unknown = new Map<string, Entry>();
  private readonly loading = new Map<string, Promise<CollectionKey | null>>();

  constructor(private readonly deps: KeyCacheDeps) {}

  /** The key, or null where it may not collect. Rejects when it cannot be looked up. */
  async get(text: string): Promise<CollectionKey | null> {
    const entry = this.known.get(text) ?? this.unknown.get(text);
    const ageMs =
      entry === undefined ? Number.POSITIVE_INFINITY : this.deps.clock.monotonicMs() - entry.loadedAtMs;
    if (entry === undefined || ageMs >= this.deps.ttlMs) return this.load(text);
    if (ageMs >= this.deps.refreshMs && !this.loading.has(text)) void this.refresh(text);
    return entry.key;
  }

  private async refresh(text: string): Promise<void> {
    try {
      await this.load(text);
    } catch (error) {
      this.deps.logger.warn({ err: error }, 'a collection key could not be looked up again');
    }
  }

  private load(text: string): Promise<CollectionKey | null> {
    const running = this.loading.get(text);
    if (running !== undefined) return running;
    if (this.loading.size >= LOOK_UPS_MAX)
      return Promise.reject(new Error('Too many keys are being looked up at once'));
    const promise = this.find(text);
    this.loading.set(text, promise);
    return promise;
  }

  private async find(text: string): Promise<CollectionKey | null> {
    // The age counts from the question: what is revoked meanwhile may be missing from the answer.
    const loadedAtMs = this.deps.clock.monotonicMs();
    try {
      const key = await this.deps.find(text);
      this.known.delete(text);
      this.unknown.delete(text);
      keep(key === null ? this.unknown : this.known, text, { key, loadedAtMs });
      return key;
    } finally {
      this.loading.delete(text);
    }
  }
}

function keep(entries: Map<string, Entry>, text: string, entry: Entry): void {
  entries.set(text, entry);
  const [oldest] = entries.keys();
  if (entries.size > ENTRIES_MAX && oldest !== undefined) entries.delete(oldest);
}
