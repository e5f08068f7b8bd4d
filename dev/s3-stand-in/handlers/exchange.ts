import type { FileHandle } from 'node:fs/promises';
import type { AccessState } from '../control/access-state';
import type { RoleState } from '../control/role-state';
import { S3Error } from '../protocol/s3-error';
import type { Operation, S3Request } from '../protocol/s3-request';
import type { BucketRecord } from '../storage/object-record';
import type { ObjectStorage } from '../storage/object-storage';

/** A request whose sender is known, with what is needed to answer it. */
export interface Exchange {
  readonly request: S3Request;
  readonly operation: Operation;
  /** Null: the request is not signed. */
  readonly accessKeyId: string | null;
  readonly region: string;
  readonly accountId: string;
  readonly storage: ObjectStorage;
  readonly access: AccessState;
  readonly roles: RoleState;
  /** The request's body as it arrives; may be read once. */
  readonly body: AsyncIterable<Buffer>;
  /** A fault makes the store blind to If-None-Match. */
  readonly ignoresConditions: boolean;
  nowMs(): number;
}

export type ReplyBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  /** Bytes `start` … `end` (inclusive) of a file that the sender closes. */
  | { readonly kind: 'file'; readonly handle: FileHandle; readonly start: number; readonly end: number };

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ReplyBody;
}

export function emptyReply(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body: { kind: 'none' } };
}

export function xmlReply(text: string): Reply {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: { kind: 'text', text } };
}

/** The addressed bucket, or NoSuchBucket. */
export function requireBucket(exchange: Exchange): BucketRecord {
  const bucket = exchange.storage.bucket(exchange.request.bucket);
  if (bucket === undefined) {
    throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', {
      BucketName: exchange.request.bucket,
    });
  }
  return bucket;
}
