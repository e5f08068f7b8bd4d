// Suffixes of bucket-like names that lead to other hosts: directory buckets, access points, tables.
const SPECIAL_SUFFIXES = ['--x-s3', '-s3alias', '--ol-s3', '.mrap', '--table-s3'];
const SPECIAL_PREFIXES = ['xn--', 'sthree-', 'amzn-s3-demo-'];

/**
 * Says what is wrong with a bucket name and what to do, or null.
 * The grammar is S3's for general purpose buckets: 3–63 of a-z, 0-9, dot and hyphen, no address, no special suffix.
 */
export function bucketFault(bucket: string): string | null {
  if (bucket === '') return 'Enter the name of the bucket, for example aurora-events.';
  if (/^s3a?:\/\//i.test(bucket)) {
    return 'Enter only the name of the bucket, without s3:// in front; a path after it belongs into the prefix.';
  }
  if (bucket.startsWith('arn:'))
    return 'Enter the name of the bucket, not its ARN: it is the part after “:::”.';
  if (/^https?:\/\//i.test(bucket)) return 'Enter the name of the bucket, not its web address.';
  if (bucket.includes('/')) return 'A bucket name has no slash; put what follows it into the prefix.';
  if (/[A-Z]/.test(bucket)) return 'A bucket name has no capital letters; copy it exactly as AWS shows it.';
  if (/\s/.test(bucket)) return 'A bucket name has no spaces.';
  if (/[^a-z0-9.-]/.test(bucket)) {
    return 'A bucket name holds only lower-case letters, digits, dots and hyphens.';
  }
  const suffix = SPECIAL_SUFFIXES.find((ending) => bucket.endsWith(ending));
  if (suffix !== undefined) {
    return `Names that end in “${suffix}” are not ordinary buckets; enter a general purpose bucket.`;
  }
  return bucketShapeFault(bucket);
}

function bucketShapeFault(bucket: string): string | null {
  if (bucket.length < 3 || bucket.length > 63) return 'A bucket name has 3 to 63 characters.';
  if (!/^[a-z0-9].*[a-z0-9]$/.test(bucket)) return 'A bucket name starts and ends with a letter or a digit.';
  if (bucket.includes('..')) return 'A bucket name has no two dots in a row.';
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(bucket)) return 'A bucket name cannot be an IP address.';
  const prefix = SPECIAL_PREFIXES.find((beginning) => bucket.startsWith(beginning));
  return prefix === undefined ? null : `AWS reserves names that start with “${prefix}”.`;
}
