import { toCollectionError } from '@/workers/collector/collection-error';
import { type ProducedLine, ProducedRequest } from './produced-request';
import type { Collector, World } from './world-parts';

/** What a producer knows of a request when everything is over. */
export interface ProducerRecord {
  readonly request: ProducedRequest;
  /** `acked`: it is there. `none`: it is not. `maybe`: nobody said. */
  outcome: 'acked' | 'none' | 'maybe';
  /** The answers it got: each tells when each line was received. */
  readonly answers: string[];
}

export const EVENT_NAMES = ['Pageview', 'SlotClicked', 'SignedUp'] as const;

const PATIENCE_MS = 25_000;
const TRIES_MAX = 6;
const PAUSE_MS = 4_000;

/** Those who send: with and without Idempotency-Keys, once and again. */
export class Producers {
  readonly records: ProducerRecord[] = [];
  #lines = 0;
  #waiting = 0;

  constructor(
    private readonly world: World,
    private readonly workspaceIds: readonly string[],
  ) {}

  /** Nobody waits for an answer, or to send again. */
  get areQuiet(): boolean {
    return this.#waiting === 0;
  }

  /** Lets one request begin at that instant. */
  produce(atMs: number): void {
    const { prng, scheduler, profile } = this.world;
    const workspaceId = prng.pick(this.workspaceIds);
    const parts = Array.from({ length: prng.chance(0.8) ? 1 : prng.between(2, 4) }, () =>
      Array.from({ length: prng.between(1, 3) }, () => this.#line()),
    );
    const key = prng.chance(0.6) ? this.world.newId('k') : null;
    const padding = profile.hasLongLines ? prng.between(16_000, 20_000) : prng.below(80);
    const request = new ProducedRequest(workspaceId, parts, { key, padding });
    const record: ProducerRecord = { request, outcome: 'none', answers: [] };
    this.records.push(record);
    this.#waiting += 1;
    scheduler.at(atMs, 'a producer sends', () => this.#try(record, 1));
    if (key !== null && prng.chance(0.05)) this.#misuseKey(atMs + prng.below(20_000), request);
  }

  #line(): ProducedLine {
    const { prng } = this.world;
    this.#lines += 1;
    const id = `00000000-0000-4000-9000-${this.#lines.toString(16).padStart(12, '0')}`;
    const type = prng.chance(0.25) ? 'sync_aliases' : 'events';
    return { id, type, name: prng.pick(EVENT_NAMES) };
  }

  #try(record: ProducerRecord, count: number): void {
    const { prng, coverage, scheduler } = this.world;
    const { keyed } = record.request;
    const isOnce = keyed === null;
    this.#send(record.request, (heard) => {
      coverage.count(`producer.${isOnce ? 'plain' : 'keyed'}.${heard.kind}`);
      if (heard.kind === 'acked') record.answers.push(heard.answer);
      if (heard.kind === 'acked') record.outcome = 'acked';
      else if (heard.kind === 'maybe' && record.outcome === 'none') record.outcome = 'maybe';
      // Some forget that they were answered, and send once more.
      const isForgetful = heard.kind === 'acked' && !isOnce && prng.chance(0.1);
      const isWorthIt = isOnce ? heard.kind === 'none' && record.outcome === 'none' : heard.kind !== 'acked';
      if (count >= TRIES_MAX || !(isWorthIt || isForgetful)) {
        this.#waiting -= 1;
        return;
      }
      coverage.count(isForgetful ? 'producer.sent_after_ack' : 'producer.sent_again');
      scheduler.after(prng.below(PAUSE_MS), 'a producer sends again', () => this.#try(record, count + 1));
    });
  }

  /** Another body under a key that is taken: refused, and nothing of it stored. */
  #misuseKey(atMs: number, first: ProducedRequest): void {
    const { keyed, workspaceId } = first;
    if (keyed === null) return;
    const parts = [[this.#line()]];
    const other = new ProducedRequest(workspaceId, parts, { key: keyed.key, padding: 0, body: 'another' });
    const record: ProducerRecord = { request: other, outcome: 'none', answers: [] };
    this.records.push(record);
    this.#waiting += 1;
    this.world.scheduler.at(atMs, 'a producer misuses a key', () =>
      this.#send(other, (heard) => {
        this.#waiting -= 1;
        this.world.coverage.count(`producer.misused_key.${heard.kind}`);
        // Where the first never was stored, this is the first.
        if (heard.kind === 'acked') record.answers.push(heard.answer);
        record.outcome = heard.kind;
      }),
    );
  }

  #send(request: ProducedRequest, hear: (heard: Heard) => void): void {
    const { prng, scheduler } = this.world;
    const { refused, lost, slow } = this.world.weather().clients;
    let isOver = false;
    const once = (heard: Heard) => {
      if (isOver) return;
      isOver = true;
      hear(heard);
    };
    const travelMs = () => prng.below(prng.chance(slow) ? 3_000 : 20);
    if (prng.chance(refused)) {
      scheduler.after(travelMs(), 'a request is lost', () => once({ kind: 'none' }));
      return;
    }
    const isAnswerLost = prng.chance(lost);
    scheduler.after(PATIENCE_MS, 'a producer gives up', () => once({ kind: 'maybe' }));
    scheduler.after(travelMs(), 'a request arrives', () => {
      const { collectors } = this.world;
      if (collectors.length === 0) {
        once({ kind: 'none' });
        return;
      }
      const collector = prng.pick(collectors);
      void this.#answer(collector, request).then((heard) => {
        if (!isAnswerLost && collector.process.isAlive)
          scheduler.after(travelMs(), `an answer arrives: ${heard.kind}`, () => once(heard));
      });
    });
  }

  async #answer(collector: Collector, request: ProducedRequest): Promise<Heard> {
    try {
      const { body } = await collector.handle(request);
      return { kind: 'acked', answer: body.toString() };
    } catch (error) {
      const { httpStatus, code } = toCollectionError(error);
      this.world.coverage.count(`answer.${httpStatus}.${code}`);
      if (httpStatus === 500) return { kind: 'maybe' };
      return { kind: code === 'outcome_unknown' ? 'maybe' : 'none' };
    }
  }
}

type Heard = { readonly kind: 'acked'; readonly answer: string } | { readonly kind: 'none' | 'maybe' };
