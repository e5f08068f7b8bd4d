import type { DataType } from '@/lib/domain/data-type';
import type { FileKind } from '@/lib/domain/delivery/file-kind';
import type { Mover, RoutingLabel } from './label';
import type { Health, Intent, Lifecycle } from './state';

/*
 * What people and programs see. Every instant is an RFC 3339 string in UTC; every count an integer.
 * No view holds a secret: of access keys only the last four signs of the id.
 */

export interface NamedRef {
  readonly id: string;
  readonly name: string;
}

export interface DestinationView {
  /** Empty for AWS. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  /** Empty, or ending in a slash. */
  readonly prefix: string;
  readonly kmsKeyArn: string | null;
  /** Counts from 1; every edit of place, encryption or access makes a new one. */
  readonly version: number;
  /** Null until access was given, and for a role. */
  readonly accessKeyIdLast4: string | null;
  /** Null unless access is a role. */
  readonly roleArn: string | null;
}

interface LastFileView {
  readonly id: string;
  readonly key: string;
  readonly rows: number;
  readonly deliveredAt: string;
}

/** The newest announcement of an episode in which undelivered data nears the end of its retention. */
export interface RetentionNoticeView {
  /** Percent of the retention that the oldest undelivered line had reached. */
  readonly threshold: number;
  readonly announcedAt: string;
  readonly oldestReceivedAt: string;
  /** When loss begins, or began, unless it is delivered before. */
  readonly lostFrom: string;
  readonly pendingRows: number;
}

export interface RecentGapsView {
  readonly count: number;
  readonly rows: number;
  /** Of the first and the last line; null where the log did not say any more. */
  readonly firstReceivedAt: string | null;
  readonly lastReceivedAt: string | null;
  readonly lastRecordedAt: string;
  /** Some of it may lie in the bucket all the same: an answer was lost. */
  readonly mayExist: boolean;
}

/** When the present access was last seen to work, by a file or by a probe. */
export interface AccessProofView {
  readonly provenAt: string | null;
  /** A routing that is quiet proves it about once an hour; not where the bucket keeps versions, or where it is switched off. */
  readonly isProbed: boolean;
  readonly isVersioned: boolean;
}

export interface RoutingView {
  readonly id: string;
  /** Send it back with an edit: another one in the database means that somebody else changed it. */
  readonly version: number;
  readonly name: string;
  readonly organization: NamedRef;
  readonly workspace: NamedRef;
  readonly intent: Intent;
  readonly lifecycle: Lifecycle;
  readonly health: Health;
  readonly healthCause: string | null;
  /** False where nobody has measured for a minute: then late, idle and delivering read `unknown`. */
  readonly isMeasured: boolean;
  readonly label: RoutingLabel;
  readonly stateSince: string;
  /** Since when a transitional state has been past its deadline; null while it is not. */
  readonly stuckSince: string | null;
  readonly whoseMove: Mover;
  readonly destination: DestinationView;
  readonly dataTypes: readonly DataType[];
  /** Only events of these names are delivered; empty: all of them. */
  readonly eventNames: readonly string[];
  readonly promiseSeconds: number;
  readonly flushIntervalMs: number;
  /** Whether `_complete.json` says of each closed hour that it is complete. */
  readonly hourMarkers: boolean;
  /** Whether small uploads may prove the access while the routing is quiet. */
  readonly accessProbe: boolean;
  /** Age of the oldest undelivered line, now; null when nothing is pending. */
  readonly freshnessMs: number | null;
  readonly pendingRows: number;
  /** Compressed bytes of the log that are not yet in the bucket. */
  readonly pendingBytes: number;
  /** Until when the oldest undelivered line is kept at least; null when nothing is pending. */
  readonly keptUntil: string | null;
  /** How long what cannot be delivered is held before it becomes a gap. */
  readonly retentionHours: number;
  /** Of a routing that has been disabled: until when it delivers, or delivered, what was left. */
  readonly drainUntil: string | null;
  /** How long what is late takes to drain at the pace of the last minutes; null where it does not, or nobody can say. */
  readonly drainMs: number | null;
  readonly lastFile: LastFileView | null;
  /** Said before loss begins: what waits nears the end of its retention; null while it does not. */
  readonly retentionNotice: RetentionNoticeView | null;
  /** What was recorded as lost in the last seven days; null when nothing was. */
  readonly recentGaps: RecentGapsView | null;
  readonly access: AccessProofView;
  readonly createdAt: string;
}

export interface FileView {
  readonly id: string;
  readonly key: string;
  readonly bucket: string;
  readonly type: DataType;
  /** Start of the partition's hour; null for segment snapshots. */
  readonly hour: string | null;
  readonly rows: number;
  readonly gzipBytes: number;
  readonly sealedAt: string;
  readonly deliveredAt: string;
  /** From the receipt of the file's oldest line until it was visible. */
  readonly latencyMs: number;
  /** How many PUTs it took. */
  readonly attempts: number;
}

export interface AttemptView {
  readonly number: number;
  readonly workerId: string;
  readonly markedAt: string;
  readonly endedAt: string | null;
  /** Null while the answer is awaited. */
  readonly outcome: 'done' | 'refused' | 'unknown' | null;
  readonly httpStatus: number | null;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly message: string | null;
}

export interface FileDetailView extends FileView {
  readonly routingId: string;
  /** Offsets of the stream, both inclusive. */
  readonly firstOffset: number;
  readonly lastOffset: number;
  /** Of the uncompressed bytes, eight hex digits. */
  readonly crc32: string;
  readonly rawBytes: number;
  /** Whether the stored blocks were copied, or compressed again. */
  readonly kind: FileKind;
  /** What S3 called the content; null when it said nothing. */
  readonly etag: string | null;
  /** The newest hundred at most, in order. */
  readonly attemptList: readonly AttemptView[];
}

/** What the newest tries to deliver came to, and when the next one is due. */
export interface TriesView {
  /** The newest tries that ended, newest first, at most five. */
  readonly lastTries: readonly TryView[];
  /** When the first of the routing's lanes ends its back-off; null when none backs off. */
  readonly nextTryAt: string | null;
  readonly heldRows: number;
  /** Compressed bytes of the log. */
  readonly heldBytes: number;
  /** Until when the oldest undelivered line is kept at least; null when nothing is held. */
  readonly keptUntil: string | null;
}

export interface TryView {
  /** A file, or a probe of the access of a routing that is quiet. */
  readonly kind: 'file' | 'probe';
  /** When it ended. */
  readonly at: string;
  readonly httpStatus: number | null;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly outcome: 'done' | 'refused' | 'unknown';
}

/** One line of a routing's time line: a change of its label, or something a person did. */
export interface ActivityView {
  /** Unique within the routing: `state-12`, `audit-7`. */
  readonly id: string;
  readonly at: string;
  /** A person's name, or the process that did it. */
  readonly actor: string;
  readonly change:
    | {
        readonly kind: 'state';
        readonly from: RoutingLabel;
        readonly to: RoutingLabel;
        readonly cause: string;
        readonly reason: string | null;
      }
    | { readonly kind: 'audit'; readonly action: string; readonly detail: Readonly<Record<string, unknown>> };
}
