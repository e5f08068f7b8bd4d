import { normalizePrefix } from './prefix';

interface PathRead {
  readonly prefix: string;
  readonly notes: readonly string[];
}

const FILE_NAME =
  /^(?:_SUCCESS|.*\.(?:gz|bz2|zst|lz4|snappy|zip|jsonl?|ndjson|csv|tsv|txt|log|parquet|avro|orc|html?|xml|pdf|png|jpe?g))$/i;
// `type=` alone is what is left of the pattern type=* in a policy.
const OWN_FOLDERS = ['type=', 'type=events', 'type=sync_aliases', 'type=segment', '_sluice', '_replay'];

/**
 * The prefix in what stands behind a bucket: a pattern's star, a file's name and the folders that Sluice itself makes
 * below its prefix are left out, and each is said. The result may still break the rules of a prefix.
 */
export function readPath(path: string, options: { bucket: string; isFile: boolean }): PathRead {
  const notes: string[] = [];
  let rest = path.replace(/^\/+/, '');
  if (rest !== path) notes.push('Left out the slash at the beginning of the prefix.');
  const star = rest.indexOf('*');
  if (star !== -1 && star < rest.length - 1) {
    notes.push('Took what stands before the wildcard.');
    rest = rest.slice(0, rest.lastIndexOf('/', star) + 1);
  }
  rest = rest.replace(/\*$/, '');
  const own = ownFolderAt(rest);
  if (own !== -1) {
    notes.push('Left out the folders that Sluice makes itself (type=…).');
    rest = rest.slice(0, own);
  }
  const name = rest.slice(rest.lastIndexOf('/') + 1);
  if (name !== '' && (options.isFile || FILE_NAME.test(name))) {
    notes.push('This names a file: took the folder it lies in.');
    rest = rest.slice(0, rest.length - name.length);
  }
  if (rest === options.bucket || rest.startsWith(`${options.bucket}/`)) {
    notes.push('Left out the bucket’s name at the beginning of the prefix.');
    rest = rest.slice(options.bucket.length + 1);
  }
  return { prefix: normalizePrefix(rest), notes };
}

function ownFolderAt(path: string): number {
  let at = 0;
  for (const part of path.split('/')) {
    if (OWN_FOLDERS.includes(part)) return at;
    at += part.length + 1;
  }
  return -1;
}
