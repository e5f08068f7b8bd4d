import {
  GetBucketAclCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  ListBucketsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { SurplusRight } from './bucket-inspector';

/** Makes the call that needs a right; all of them only read. */
export function tryRight(
  client: S3Client,
  { right, bucket: Bucket }: { readonly right: SurplusRight; readonly bucket: string },
  options: { readonly abortSignal: AbortSignal },
) {
  switch (right) {
    case 's3:ListAllMyBuckets':
      return client.send(new ListBucketsCommand({}), options);
    case 's3:GetBucketPolicy':
      return client.send(new GetBucketPolicyCommand({ Bucket }), options);
    case 's3:GetBucketAcl':
      return client.send(new GetBucketAclCommand({ Bucket }), options);
    case 's3:GetLifecycleConfiguration':
      return client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }), options);
  }
}

/** How S3 says that a setting could be read and is not there. */
const NOT_SET: readonly string[] = ['NoSuchBucketPolicy', 'NoSuchLifecycleConfiguration'];

export function isNotSet(code: string): boolean {
  return NOT_SET.includes(code);
}
