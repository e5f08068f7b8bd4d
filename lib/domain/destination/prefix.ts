const PREFIX_BYTES_MAX = 512;

/** The stored form of a prefix: empty, or ending in one slash. */
export function normalizePrefix(prefix: string): string {
  return prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
}

/** Says what is wrong with a prefix and what to do, or null. Empty means the root of the bucket. */
export function prefixFault(prefix: string): string | null {
  if (prefix === '') return null;
  if (/^s3a?:\/\//i.test(prefix)) return 'Enter only the path inside the bucket, for example sluice/.';
  if (prefix.startsWith('/')) return 'Remove the slash at the beginning: a prefix starts with a name.';
  if (/[^A-Za-z0-9._=/-]/.test(prefix)) {
    return 'A prefix holds only letters, digits and . _ = / -, no spaces and no other signs.';
  }
  const segments = normalizePrefix(prefix).slice(0, -1).split('/');
  if (segments.includes('')) return 'Remove the double slash: every part of a prefix needs a name.';
  if (segments.some((segment) => segment === '.' || segment === '..')) {
    return 'A prefix cannot contain “.” or “..” as a part: write the path out.';
  }
  if (normalizePrefix(prefix).length > PREFIX_BYTES_MAX) {
    return `A prefix has at most ${PREFIX_BYTES_MAX} characters.`;
  }
  return null;
}

/** Says that the bucket's name stands in the prefix, or null. */
export function bucketInPrefixFault(prefix: string, bucket: string): string | null {
  if (bucket === '' || !prefix.split('/').includes(bucket)) return null;
  return `Remove the bucket's name: the prefix begins inside “${bucket}”.`;
}
