import { bucketFault } from './bucket';
import { readArn } from './pasted-arn';
import { readPath } from './pasted-path';
import { type Found, type FoundPlace, type PastedRefusal, partitionFault, refuse } from './pasted-place';
import { holdsBucketArn, readPolicy } from './pasted-policy';
import { readUrl } from './pasted-url';
import { bucketInPrefixFault, prefixFault } from './prefix';
import { isRegion, REGIONS, type Region } from './region';

/** A place in S3 that `bucketFault`, `prefixFault` and `regionFault` have nothing to say about. */
export interface PastedPlace {
  readonly kind: 'place';
  readonly bucket: string;
  /** Empty, or ending in a slash. */
  readonly prefix: string;
  /** Null when the address does not say. */
  readonly region: Region | null;
  /** Empty for AWS, one of the allowed endpoints, or null when the address does not say. */
  readonly endpoint: string | null;
  /** What was left out or assumed, as sentences for the person who pasted. */
  readonly notes: readonly string[];
  /** What they must know before they paste on; null for nothing. */
  readonly warning: string | null;
  /** What was pasted should not stay on the screen. */
  readonly isSecret: boolean;
}

export type Pasted = PastedPlace | PastedRefusal;

const LENGTH_MAX = 20_000;
const INVISIBLE = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g;
const HOLDS_ACCESS_KEY =
  /(?<![A-Z0-9])A[KS]IA[A-Z0-9]{12,}|^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[A-Za-z0-9/+]{40}$/;
const ACCESS_KEY =
  'There is an access key in what you pasted. It belongs under “Access” and nowhere else: it was dropped here and not sent to Sluice.';
const QUOTES = '"\'`“”‘’„‚«»<>()[\\]';
const EDGES = new RegExp(`^[\\s${QUOTES}]+|[\\s${QUOTES},;:!?]+$`, 'g');
const ADDRESS = /(?:s3[an]?:\/\/|https?:\/\/|arn:aws[a-z-]*:)[^\s"'`<>“”‘’]*/i;
const AWS_WITHOUT_SCHEME =
  /^[^/\s]+\.(?:amazonaws\.com(?:\.cn)?|console\.aws\.amazon\.com)(?:[/?]|$)|^s3\.console\.aws\.amazon\.com/i;

/**
 * Reads a bucket, a prefix and a region out of whatever a person has at hand: an s3:// address, an address of the
 * console or of a file, an ARN, a policy, a bucket's name, or a sentence that holds one of these. Never throws.
 * `endpoints` are the S3 servers that are allowed beside AWS.
 */
export function parsePasted(text: string, endpoints: readonly string[] = []): Pasted {
  if (text.length > LENGTH_MAX) return refuse('This is too long to be an address of a bucket.');
  const clean = text.replace(INVISIBLE, '').trim();
  const found = find(clean, endpoints);
  const pasted = found.kind === 'refused' ? found : settle(found);
  if (!HOLDS_ACCESS_KEY.test(clean) || pasted.isSecret) return pasted;
  if (pasted.kind === 'refused') return refuse(ACCESS_KEY, { isSecret: true });
  return { ...pasted, warning: ACCESS_KEY, isSecret: true };
}

function find(clean: string, endpoints: readonly string[]): Found {
  const bare = stripEdges(clean);
  if (bare === '') return refuse('Paste an address of the bucket, for example s3://bucket/prefix/.');
  const address = stripEdges(ADDRESS.exec(bare)?.[0] ?? '');
  if (address === '') return readBare(bare, endpoints);
  if (address.length === bare.length) return readAddress(address, endpoints);
  if (holdsBucketArn(clean)) return readPolicy(clean);
  const found = readAddress(address, endpoints);
  if (found.kind === 'refused') return found;
  return { ...found, region: found.region || regionIn(bare), notes: [...(found.notes ?? []), FROM_TEXT] };
}

/** Without the quotes, brackets and the full stop that come along with copied text. */
function stripEdges(text: string): string {
  return text
    .replace(EDGES, '')
    .replace(/(?<!\.)\.$/, '')
    .replace(EDGES, '');
}

const FROM_TEXT = 'Took the address from the text that you pasted.';

function readAddress(address: string, endpoints: readonly string[]): Found {
  if (/^arn:/i.test(address)) return readArn(address);
  if (/^https?:/i.test(address)) return readUrl(address, endpoints);
  return readBucketAndPath(address.slice(address.indexOf('://') + 3), null);
}

/** No scheme in front: an address of AWS as some browsers show it, or a bucket's name with or without a prefix. */
function readBare(bare: string, endpoints: readonly string[]): Found {
  if (AWS_WITHOUT_SCHEME.test(bare)) return readUrl(`https://${bare}`, endpoints);
  if (/\s/.test(bare))
    return refuse('There is no address of a bucket in this text. Paste s3://bucket/prefix/.');
  return readBucketAndPath(bare, null);
}

function readBucketAndPath(text: string, endpoint: string | null): Found {
  const slash = text.indexOf('/');
  const bucket = slash === -1 ? text : text.slice(0, slash);
  return { kind: 'found', bucket, path: slash === -1 ? '' : text.slice(slash + 1), region: '', endpoint };
}

/** The one region that a text names; empty when it names none or several. */
function regionIn(text: string): string {
  const named = REGIONS.filter((region) =>
    new RegExp(`(?<![a-z0-9-])${region}(?![a-z0-9-])`, 'i').test(text),
  );
  return named.length === 1 ? (named[0] ?? '') : '';
}

/** Holds what was found to the rules that the form will hold it to. */
function settle(found: FoundPlace): Pasted {
  const { bucket, isFile = false, endpoint, warning = null } = found;
  const isSecret = warning !== null;
  const region = found.region.toLowerCase();
  const { prefix, notes } = readPath(found.path, { bucket, isFile });
  const fault =
    bucketFault(bucket) ??
    prefixFault(prefix) ??
    bucketInPrefixFault(prefix, bucket) ??
    partitionFault(region);
  if (fault !== null) return refuse(fault, { isSecret });
  const unknown =
    region === '' || isRegion(region)
      ? []
      : ['The region of this address is not one Sluice knows: choose it yourself.'];
  return {
    kind: 'place',
    bucket,
    prefix,
    region: isRegion(region) ? region : null,
    endpoint,
    notes: [...(found.notes ?? []), ...notes, ...unknown],
    warning,
    isSecret,
  };
}
