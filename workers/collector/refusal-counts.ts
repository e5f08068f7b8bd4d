import { REFUSAL_SENTENCES } from '@/lib/domain/event/fault';
import type { Clock } from '@/lib/platform/clock';
import type { RejectedCount } from '@/lib/services/collection/add-rejected-events';
import type { CollectionKey } from '@/lib/services/collection/find-collection-key';
import type { CallName } from './calls';
import type { CollectionError } from './collection-error';

type Owner = Pick<CollectionKey, 'organizationId' | 'workspaceId'>;

interface Refused {
  readonly code: number;
  readonly reason: string;
  readonly events: number;
}

const HOUR_MS = 3_600_000;
const INVALID_PARAMETERS = 1000;

/**
 * What was refused to known keys, by workspace, hour, code and reason, until it is flushed. Good events never come
 * here. A request that is refused as a whole counts as one: its events were not read. Reasons are our own sentences,
 * never a client's text, so there are few of them. A crash loses what was counted since the last flush, and a flush
 * whose answer was lost is repeated: screens say "about".
 */
export class RefusalCounts {
  private counts = new Map<string, RejectedCount>();

  constructor(private readonly clock: Pick<Clock, 'nowMs'>) {}

  /** Events of a request whose other events were taken, by the sentence that says why. */
  countEvents(owner: Owner, refused: ReadonlyMap<string, number>): void {
    for (const [reason, events] of refused) this.add(owner, { code: INVALID_PARAMETERS, reason, events });
  }

  /** A whole request. What may be stored all the same, or is answered elsewhere at this moment, is no refusal. */
  countRequest(owner: Owner, refused: { refusal: CollectionError; call: CallName }): void {
    const { refusal, call } = refused;
    const isRefused = refusal.httpStatus < 500 || refusal.code === 'overloaded';
    if (!isRefused || refusal.code === 'key_in_flight') return;
    const code = typeof refusal.code === 'number' ? refusal.code : refusal.httpStatus;
    this.add(owner, { code, reason: reasonOf(refusal, call), events: 1 });
  }

  /** Hands over what was counted so far; when that fails it is counted on, and the next flush takes it. */
  async flush(store: (counts: readonly RejectedCount[]) => Promise<void>): Promise<void> {
    const counts = [...this.counts.values()];
    if (counts.length === 0) return;
    this.counts = new Map();
    try {
      await store(counts);
    } catch (error) {
      for (const count of counts) this.merge(count);
      throw error;
    }
  }

  private add({ organizationId, workspaceId }: Owner, refused: Refused): void {
    const lastAtMs = this.clock.nowMs();
    const hourMs = lastAtMs - (lastAtMs % HOUR_MS);
    this.merge({ organizationId, workspaceId, hourMs, lastAtMs, ...refused });
  }

  private merge(count: RejectedCount): void {
    const key = `${count.workspaceId} ${count.hourMs} ${count.code} ${count.reason}`;
    const known = this.counts.get(key);
    if (known === undefined) {
      this.counts.set(key, count);
      return;
    }
    const lastAtMs = Math.max(known.lastAtMs, count.lastAtMs);
    this.counts.set(key, { ...known, events: known.events + count.events, lastAtMs });
  }
}

/** The sentence of a closed list; what names a place in the client's body is told by its call instead. */
function reasonOf({ reason, message, code }: CollectionError, call: CallName): string {
  const sentence = reason?.replace(/^line \d+: /, '') ?? '';
  if (REFUSAL_SENTENCES.has(sentence)) return sentence;
  return code === INVALID_PARAMETERS ? `The body of a call to ${call} is not valid.` : message;
}
