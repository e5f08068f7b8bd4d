import type { EventLog } from '@/lib/platform/event-log/event-log';

/** A log under test, with the ways to bring about what no caller of the interface can. */
export interface EventLogHarness {
  readonly log: EventLog;
  readonly workspaceId: string;
  newStream(): Promise<number>;
  /** Closes every hour that ends at or before this instant, for one stream. */
  closeHours(streamId: number, throughMs: number): Promise<void>;
  removeChunk(streamId: number, offset: number): Promise<void>;
  replaceBody(streamId: number, offset: number, body: Buffer): Promise<void>;
  /** What was accepted of the stream in each hour, by its start. */
  acceptedOf(streamId: number): Promise<ReadonlyMap<number, number>>;
  close(): Promise<void>;
}
