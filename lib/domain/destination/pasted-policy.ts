import { readArn } from './pasted-arn';
import { readPath } from './pasted-path';
import { type Found, type FoundPlace, refuse } from './pasted-place';

const ARN_IN_TEXT = /arn:aws[a-z-]*:s3[a-z-]*:[^\s"'`,\]}]*/gi;
const BUCKETS_NAMED_MAX = 3;

/** Whether there is an ARN of S3 anywhere in a text. */
export function holdsBucketArn(text: string): boolean {
  return text.search(ARN_IN_TEXT) !== -1;
}

/** The one bucket, and the folder in it, that a policy or another text with ARNs is about. It need not be JSON. */
export function readPolicy(text: string): Found {
  const read = [...new Set(text.match(ARN_IN_TEXT) ?? [])].map(readArn);
  const places = read.filter((found): found is FoundPlace => found.kind === 'found');
  const [first] = places;
  if (first === undefined)
    return read[0] ?? refuse('This text names no bucket. Paste a policy with arn:aws:s3:::….');
  const buckets = [...new Set(places.map(({ bucket }) => bucket))];
  if (buckets.length > 1) {
    const named = buckets.slice(0, BUCKETS_NAMED_MAX).join(', ');
    return refuse(`This text names several buckets (${named}). Paste the one that Sluice is to write to.`);
  }
  const prefixes = places.map(({ path, bucket }) => readPath(path, { bucket, isFile: false }).prefix);
  const folders = [...new Set(prefixes)].filter((folder) => folder !== '');
  const notes = ['Took the bucket from the ARNs in this text; what they allow is not looked at.'];
  if (folders.length > 1) notes.push('They name several folders: took what these have in common.');
  return { ...first, path: commonFolder(folders), notes };
}

function commonFolder(folders: readonly string[]): string {
  const [first = '', ...others] = folders;
  if (others.length === 0) return first;
  const parts = first.split('/');
  const length = parts.findIndex((part, n) => others.some((folder) => folder.split('/')[n] !== part));
  return length === -1 ? first : [...parts.slice(0, length), ''].join('/').replace(/^\/$/, '');
}
