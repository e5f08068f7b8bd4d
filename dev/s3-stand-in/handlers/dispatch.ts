import type { Operation } from '../protocol/s3-request';
import {
  getAcl,
  getLifecycle,
  getObjectLock,
  getOwnershipControls,
  getPolicy,
  getPublicAccessBlock,
  getVersioning,
} from './bucket-settings';
import { createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets } from './buckets';
import { deleteObject, deleteObjects } from './delete-object';
import type { Exchange, Reply } from './exchange';
import { getObject } from './get-object';
import { listObjects } from './list-objects';
import { putObject } from './put-object';

/** Who answers which operation. */
export const HANDLER_BY_OPERATION = {
  ListBuckets: listBuckets,
  CreateBucket: createBucket,
  DeleteBucket: deleteBucket,
  HeadBucket: headBucket,
  GetBucketLocation: getBucketLocation,
  GetPublicAccessBlock: getPublicAccessBlock,
  GetBucketOwnershipControls: getOwnershipControls,
  GetBucketVersioning: getVersioning,
  GetObjectLockConfiguration: getObjectLock,
  GetBucketPolicy: getPolicy,
  GetBucketAcl: getAcl,
  GetBucketLifecycleConfiguration: getLifecycle,
  ListObjects: listObjects,
  ListObjectsV2: listObjects,
  DeleteObjects: deleteObjects,
  PutObject: putObject,
  GetObject: getObject,
  HeadObject: getObject,
  DeleteObject: deleteObject,
} as const satisfies Record<Operation, (exchange: Exchange) => Promise<Reply>>;
