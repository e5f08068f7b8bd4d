import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { IDLE_LINE, type LineState, scheduleDelivery } from './delivery-schedule';
import type { TcpFault } from './tcp-fault';

const QUEUED_MAX_BYTES = 4 * 1024 * 1024;
const SLICES_PER_SECOND = 20;

interface Queued {
  /** Null is the end of the stream. */
  readonly bytes: Buffer | null;
  readonly dueMs: number;
}

/** One direction of a connection: takes bytes from one socket and hands them to the other when they are due. */
export class FaultPipe {
  #line: LineState = IDLE_LINE;
  #queue: Queued[] = [];
  #queuedBytes = 0;
  #passedBytes = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly ends: { readonly from: Socket; readonly to: Socket },
    private readonly faultNow: () => TcpFault,
    private readonly cut: { limitBytes(): number; act(): void },
  ) {
    ends.from.on('data', (bytes: Buffer) => this.#take(bytes));
    ends.from.on('end', () => this.#enqueue(null));
    ends.to.on('drain', () => this.look());
    ends.to.on('close', () => this.#stopTimer());
  }

  #take(bytes: Buffer): void {
    const rate = this.faultNow().bytesPerSecond;
    const sliceBytes = rate === undefined ? bytes.length : Math.max(1, Math.floor(rate / SLICES_PER_SECOND));
    for (let start = 0; start < bytes.length; start += sliceBytes) {
      this.#enqueue(bytes.subarray(start, start + sliceBytes));
    }
    if (this.#queuedBytes > QUEUED_MAX_BYTES) this.ends.from.pause();
  }

  #enqueue(bytes: Buffer | null): void {
    const arrival = { nowMs: performance.now(), sizeBytes: bytes?.length ?? 0 };
    this.#line = scheduleDelivery(this.#line, this.faultNow(), arrival);
    this.#queue.push({ bytes, dueMs: this.#line.lastDueMs });
    this.#queuedBytes += arrival.sizeBytes;
    this.look();
  }

  /** Hands over what is due; called again when the fault changes. */
  look(): void {
    this.#stopTimer();
    if (this.faultNow().blackHole) return;
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      if (this.ends.to.destroyed || this.ends.to.writableNeedDrain) return;
      const waitMs = next.dueMs - performance.now();
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.look(), Math.ceil(waitMs));
        return;
      }
      this.#queue.shift();
      if (!this.#hand(next.bytes)) return;
    }
  }

  /** False when the connection has been cut. */
  #hand(bytes: Buffer | null): boolean {
    if (bytes === null) {
      this.ends.to.end();
      return true;
    }
    const leftBytes = this.cut.limitBytes() - this.#passedBytes;
    const passing = bytes.length >= leftBytes ? bytes.subarray(0, Math.max(0, leftBytes)) : bytes;
    this.#passedBytes += passing.length;
    this.#queuedBytes -= bytes.length;
    if (bytes.length < leftBytes) {
      this.ends.to.write(passing);
      if (this.#queuedBytes <= QUEUED_MAX_BYTES) this.ends.from.resume();
      return true;
    }
    // The bytes before the cut must have left this process, or the reset would swallow them.
    this.ends.to.write(passing, () => this.cut.act());
    return false;
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
