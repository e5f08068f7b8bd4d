import type { DestinationView } from '@/lib/domain/routing/view';

/** A destination as an address: s3://bucket/prefix/; words where the customer has still to name the bucket. */
export function s3Address({ bucket, prefix }: Pick<DestinationView, 'bucket' | 'prefix'>): string {
  return bucket === '' ? 'a bucket that the customer names' : `s3://${bucket}/${prefix}`;
}
