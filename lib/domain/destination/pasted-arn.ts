import { type Found, partitionFault, refuse } from './pasted-place';

const ARN = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d*):(.+)$/i;

const OTHER_SERVICES: Readonly<Record<string, string>> = {
  's3-object-lambda':
    'This is the ARN of an S3 Object Lambda access point, which takes no files. Paste the ARN of the bucket itself.',
  's3-outposts':
    'This bucket lies on AWS Outposts, where Sluice cannot write. Paste an ordinary bucket of a region.',
  s3express:
    'This is a directory bucket (S3 Express). Sluice writes to general purpose buckets: paste one of those.',
  s3tables: 'This is a table bucket. Sluice writes to general purpose buckets: paste one of those.',
  kms: 'This is the ARN of a KMS key: it belongs under “KMS key”. Paste the bucket here.',
  iam: 'This is the ARN of an IAM identity, not of a bucket. Paste the ARN of the bucket, arn:aws:s3:::….',
};

const ACCESS_POINT =
  'This is the ARN of an access point, not of a bucket. Paste the ARN of the bucket behind it, arn:aws:s3:::….';

/** `arn:aws:s3:::bucket`, with a prefix, a key or a pattern behind it. Format: AWS IAM, "Amazon S3 resources". */
export function readArn(arn: string): Found {
  const match = ARN.exec(arn);
  if (match === null)
    return refuse('This ARN is not complete. A bucket’s ARN looks like arn:aws:s3:::bucket.');
  const [, partition = '', service = '', , , resource = ''] = match;
  const fault = partitionFault(partition.toLowerCase());
  if (fault !== null) return refuse(fault);
  if (service !== 's3') {
    return refuse(
      OTHER_SERVICES[service] ?? `This is an ARN of ${service}, not of a bucket. Paste arn:aws:s3:::….`,
    );
  }
  if (/^accesspoint[:/]/.test(resource)) return refuse(ACCESS_POINT);
  const slash = resource.indexOf('/');
  const bucket = slash === -1 ? resource : resource.slice(0, slash);
  const path = slash === -1 ? '' : resource.slice(slash + 1);
  if (bucket === '*') return refuse('This ARN stands for every bucket. Paste one that names the bucket.');
  return { kind: 'found', bucket, path, region: '', endpoint: null };
}
