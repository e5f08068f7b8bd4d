import type { DestinationView } from '@/lib/domain/routing/view';

/** A destination as an address: s3://bucket/prefix/ */
export function s3Address({ bucket, prefix }: Pick<DestinationView, 'bucket' | 'prefix'>): string {
  return `s3://${bucket}/${prefix}`;
}
