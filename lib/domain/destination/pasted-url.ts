import { isConsoleHost, readConsole } from './pasted-console';
import { decodeAscii, type Found, partitionFault, refuse } from './pasted-place';

const REGION = '([a-z]{2,3}(?:-[a-z]+)+-\\d)';
const FEATURE = `(?:-external-1|-fips|-accelerate|-website|-website-${REGION}|-${REGION})?`;
/** Groups: bucket, three places of the region, China. */
const AWS_HOST = new RegExp(
  `^(?:(.+)\\.)?s3${FEATURE}(?:\\.dualstack)?(?:\\.${REGION})?\\.amazonaws\\.com(\\.cn)?$`,
);

const SPECIAL_HOSTS: readonly (readonly [RegExp, string])[] = [
  [
    /s3-accesspoint|accesspoint\.s3-global/,
    'This is the address of an access point. Paste the bucket behind it, for example s3://bucket/prefix/.',
  ],
  [
    /s3-object-lambda/,
    'This is the address of an S3 Object Lambda access point, which takes no files. Paste the bucket itself.',
  ],
  [
    /s3-outposts/,
    'This bucket lies on AWS Outposts, where Sluice cannot write. Paste an ordinary bucket of a region.',
  ],
  [
    /s3express-/,
    'This is a directory bucket (S3 Express). Sluice writes to general purpose buckets: paste one of those.',
  ],
  [
    /\.vpce\.amazonaws\.com$/,
    'This address works inside one VPC only. Paste the bucket itself, for example s3://bucket/prefix/.',
  ],
];

const PRESIGNED = /^(x-amz-(signature|credential|security-token)|signature|awsaccesskeyid)$/i;
const SECRET_ADDRESS =
  'This was a presigned address: whoever holds it can use it until it expires, so treat it as a secret. We dropped the part that is secret; it was not sent to Sluice.';

/** A web address of a bucket: of the console, of AWS in any style, or of one of the allowed S3 servers. */
export function readUrl(text: string, endpoints: readonly string[]): Found {
  if (!URL.canParse(text)) return refuse('This web address is not complete. Copy it again as a whole.');
  const url = new URL(text);
  const isSecret = [...url.searchParams.keys()].some((name) => PRESIGNED.test(name));
  const found = isConsoleHost(url.hostname) ? readConsole(url) : readEndpoint(url, endpoints);
  if (!isSecret) return found;
  if (found.kind === 'refused') return { ...found, isSecret };
  const signedFor = url.searchParams.get('X-Amz-Credential')?.split('/')[2] ?? '';
  return { ...found, region: found.region || signedFor, isFile: true, warning: SECRET_ADDRESS };
}

function readEndpoint(url: URL, endpoints: readonly string[]): Found {
  const path = decodeAscii(url.pathname.slice(1));
  const own = endpoints.find((endpoint) => URL.canParse(endpoint) && new URL(endpoint).origin === url.origin);
  if (own !== undefined) return inPath(path, { region: '', endpoint: own });
  const special = SPECIAL_HOSTS.find(([pattern]) => pattern.test(url.hostname));
  if (special !== undefined) return refuse(special[1]);
  const match = AWS_HOST.exec(url.hostname);
  if (match === null) {
    return refuse(
      `“${url.hostname.slice(0, 80)}” is not an address of S3. Paste s3://bucket/prefix/ or the console’s address.`,
    );
  }
  const [, bucket, websiteRegion, dashRegion, dotRegion, china] = match;
  const region = dotRegion ?? dashRegion ?? websiteRegion ?? '';
  const fault = partitionFault(china === undefined ? region : 'aws-cn');
  if (fault !== null) return refuse(fault);
  const asked = path === '' ? (url.searchParams.get('prefix') ?? '') : path;
  if (bucket === undefined) return inPath(path, { region, endpoint: '' });
  return { kind: 'found', bucket, path: asked, region, endpoint: '' };
}

/** Path style: the bucket is the first part of the path. */
function inPath(path: string, rest: { region: string; endpoint: string }): Found {
  const slash = path.indexOf('/');
  const bucket = slash === -1 ? path : path.slice(0, slash);
  if (bucket === '')
    return refuse('This address names no bucket. Paste one that does, for example s3://bucket/prefix/.');
  return { kind: 'found', bucket, path: slash === -1 ? '' : path.slice(slash + 1), ...rest };
}
