import { decodeAscii, type Found, refuse } from './pasted-place';

const CONSOLE_HOST = /(?:^|\.)console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)$/;
const REGION_IN_HOST = /(?:^|\.)([a-z]{2,3}(?:-[a-z]+)+-\d)\.console\./;

/** Whether a host, in lower case, shows the AWS console, of whichever partition. */
export function isConsoleHost(host: string): boolean {
  return CONSOLE_HOST.test(host);
}

/**
 * The address bar of the S3 console: /s3/buckets/NAME?region=…&prefix=…, /s3/object/NAME?prefix=KEY and the older
 * forms with the prefix in the path. Seen on s3.console, REGION.console and ACCOUNT.REGION.console hosts.
 */
export function readConsole(url: URL): Found {
  const [, service, page = '', bucket = '', ...rest] = url.pathname.split('/').map(decodeAscii);
  const query = url.searchParams;
  if (service !== 's3')
    return refuse('This is not a page of the S3 console. Open the bucket in S3 and paste that address.');
  if (['ap', 'olap', 'mrap', 'access-points'].includes(page)) {
    return refuse('This is the page of an access point. Open the bucket behind it and paste that address.');
  }
  if (page === 'directory-buckets' || query.get('bucketType') === 'directory') {
    return refuse(
      'This is a directory bucket (S3 Express). Sluice writes to general purpose buckets: paste one of those.',
    );
  }
  if (bucket === '') {
    return refuse(
      'This console address names no bucket. Open the bucket, then paste the address of that page.',
    );
  }
  const named = query.get('region') ?? '';
  const fromHost = REGION_IN_HOST.exec(url.hostname)?.[1] ?? '';
  return {
    kind: 'found',
    bucket,
    path: query.get('prefix') ?? rest.join('/'),
    region: named || fromHost,
    endpoint: '',
    isFile: page === 'object',
    notes:
      named === '' && fromHost !== ''
        ? [`Region ${fromHost} is the one the console was in: check that the bucket lies there.`]
        : [],
  };
}
