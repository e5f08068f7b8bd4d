import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketFault } from './bucket';
import { parsePasted } from './parse-pasted';
import { prefixFault } from './prefix';
import { REGIONS } from './region';

const B = 'aurora-events';
const P = 'permutive/';
const EU = 'eu-west-1';
const ENDPOINT = 'http://127.0.0.1:9000';
const FILE =
  'type=events/year=2026/month=01/day=15/hour=14/2026-01-15T14:00:00.000000Z-abc123def456-w1.jsonl.gz';

/** What is pasted, and the bucket, prefix and region that it stands for. */
const PLACES: readonly (readonly [pasted: string, bucket: string, prefix: string, region: string | null])[] =
  [
    ['s3://aurora-events', B, '', null],
    ['s3://aurora-events/', B, '', null],
    ['s3://aurora-events/permutive/', B, P, null],
    ['s3://aurora-events/permutive', B, P, null],
    ['S3://aurora-events/permutive', B, P, null],
    ['s3a://aurora-events/permutive/', B, P, null],
    ['s3n://aurora-events/a/b=1/c.d', B, 'a/b=1/c.d/', null],
    ['s3://aurora-events//permutive/', B, P, null],
    ['s3://aurora-events/aurora-events/permutive/', B, P, null],
    // With what comes along when text is copied
    ['  "s3://aurora-events/permutive/"  ', B, P, null],
    ['\u200bs3://aurora-events/permutive/\ufeff\n', B, P, null],
    ['“s3://aurora-events/permutive/”,', B, P, null],
    ['<s3://aurora-events/permutive/>', B, P, null],
    ['s3://aurora-events/permutive/.', B, P, null],
    // Files, and the folders that Sluice itself makes
    [`s3://aurora-events/permutive/${FILE}`, B, P, null],
    [`s3://aurora-events/${FILE}`, B, '', null],
    ['s3://aurora-events/permutive/type=sync_aliases/', B, P, null],
    ['s3://aurora-events/permutive/type=segment/2026.jsonl.gz', B, P, null],
    ['s3://aurora-events/permutive/type=other/', B, 'permutive/type=other/', null],
    ['s3://aurora-events/permutive/_sluice/probe', B, P, null],
    ['s3://aurora-events/permutive/data.parquet', B, P, null],
    ['s3://aurora-events/v1.2', B, 'v1.2/', null],
    // The console
    [
      `https://s3.console.aws.amazon.com/s3/buckets/${B}?region=${EU}&prefix=permutive/&showversions=false`,
      B,
      P,
      EU,
    ],
    [`https://s3.console.aws.amazon.com/s3/buckets/${B}?prefix=permutive%2F`, B, P, null],
    [`https://s3.console.aws.amazon.com/s3/buckets/${B}/permutive/?region=us-east-2`, B, P, 'us-east-2'],
    [
      `https://eu-west-1.console.aws.amazon.com/s3/buckets/${B}?region=${EU}&bucketType=general&prefix=permutive/`,
      B,
      P,
      EU,
    ],
    [`https://eu-west-1.console.aws.amazon.com/s3/buckets/${B}?bucketType=general&tab=objects`, B, '', EU],
    [
      `https://123456789012-abcdefgh.eu-west-1.console.aws.amazon.com/s3/buckets/${B}?region=eu-west-2`,
      B,
      '',
      'eu-west-2',
    ],
    [`https://s3.console.aws.amazon.com/s3/object/${B}?region=${EU}&prefix=permutive/readme`, B, P, EU],
    [
      `https://eu-west-1.console.aws.amazon.com/s3/object/${B}?region=${EU}&prefix=permutive/${FILE.replaceAll('=', '%3D')}`,
      B,
      P,
      EU,
    ],
    [`s3.console.aws.amazon.com/s3/buckets/${B}?region=${EU}`, B, '', EU],
    [`https://console.aws.amazon.com/s3/buckets/${B}/?region=${EU}`, B, '', EU],
    // Web addresses, virtual host and path style
    ['https://aurora-events.s3.eu-west-1.amazonaws.com/permutive/', B, P, EU],
    ['https://aurora-events.s3.amazonaws.com/permutive/', B, P, null],
    ['https://aurora-events.s3-eu-west-1.amazonaws.com/permutive/', B, P, EU],
    ['https://aurora-events.s3.dualstack.eu-west-1.amazonaws.com/permutive/', B, P, EU],
    ['https://aurora-events.s3-fips.us-east-1.amazonaws.com/', B, '', 'us-east-1'],
    ['https://aurora-events.s3-accelerate.amazonaws.com/permutive/', B, P, null],
    ['http://aurora-events.s3-website-eu-west-1.amazonaws.com/', B, '', EU],
    ['http://aurora-events.s3-website.eu-central-1.amazonaws.com', B, '', 'eu-central-1'],
    ['https://data.aurora.example.s3.eu-west-1.amazonaws.com/a%2Fb/', 'data.aurora.example', 'a/b/', EU],
    ['https://s3.eu-west-1.amazonaws.com/aurora-events/permutive/', B, P, EU],
    ['https://s3-eu-west-1.amazonaws.com/aurora-events/permutive', B, P, EU],
    ['https://s3.amazonaws.com/aurora-events', B, '', null],
    ['https://s3.dualstack.eu-west-1.amazonaws.com/aurora-events/permutive/', B, P, EU],
    ['aurora-events.s3.eu-west-1.amazonaws.com/permutive/', B, P, EU],
    ['https://aurora-events.s3.eu-west-1.amazonaws.com/?list-type=2&prefix=permutive/', B, P, EU],
    [`${ENDPOINT}/aurora-events/permutive/`, B, P, null],
    // ARNs
    ['arn:aws:s3:::aurora-events', B, '', null],
    ['arn:aws:s3:::aurora-events/permutive/*', B, P, null],
    ['arn:aws:s3:::aurora-events/permutive*', B, P, null],
    ['arn:aws:s3:::aurora-events/permutive/type=*', B, P, null],
    ['arn:aws:s3:::aurora-events/*', B, '', null],
    ['arn:aws:s3:::aurora-events/permutive/*/x', B, P, null],
    // Policies, whole and in pieces
    [
      JSON.stringify(
        {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::aurora-events' },
            {
              Effect: 'Allow',
              Action: ['s3:PutObject'],
              Resource: ['arn:aws:s3:::aurora-events/permutive/*'],
            },
          ],
        },
        null,
        2,
      ),
      B,
      P,
      null,
    ],
    [
      '"Resource": ["arn:aws:s3:::aurora-events/permutive/type=*", "arn:aws:s3:::aurora-events/permutive/_sluice/*"]',
      B,
      P,
      null,
    ],
    ['"Resource": ["arn:aws:s3:::aurora-events/a/b/*", "arn:aws:s3:::aurora-events/a/c/*"]', B, 'a/', null],
    ['arn:aws:s3:::aurora-events\narn:aws:s3:::aurora-events/*', B, '', null],
    // A name, and sentences
    ['aurora-events', B, '', null],
    ['`aurora-events`', B, '', null],
    ['aurora-events/permutive', B, P, null],
    ['Please deliver to s3://aurora-events/permutive/ in eu-west-1, thank you.', B, P, EU],
    ['aws s3 ls s3://aurora-events/permutive/ --region eu-west-1', B, P, EU],
  ];

/** What is pasted, and what the sentence says. */
const REFUSED: readonly (readonly [pasted: string, sentence: string])[] = [
  ['', 'Paste an address'],
  ['   ', 'Paste an address'],
  ['x'.repeat(20_001), 'too long'],
  ['hello there', 'no address of a bucket'],
  ['Aurora-Events', 'no capital letters'],
  ['s3://', 'Enter the name of the bucket'],
  ['s3://ab', '3 to 63'],
  ['s3://aurora_events/x', 'lower-case letters'],
  ['s3://{bucket}/{prefix}', 'lower-case letters'],
  ['s3://bucket--use1-az4--x-s3/x', '--x-s3'],
  ['s3://my-point-s3alias', '-s3alias'],
  ['s3://lambda--ol-s3/x', '--ol-s3'],
  ['s3://mfzwi23gnjvgw.mrap/x', '.mrap'],
  ['https://aurora-events.s3.amazonaws.com/a%20b/', 'letters, digits'],
  ['s3://aurora-events/a//b/', 'double slash'],
  ['s3://aurora-events/a/../b/', '“..”'],
  ['s3://aurora-events/x/aurora-events/y/', 'Remove the bucket'],
  [`s3://aurora-events/${'x'.repeat(512)}/`, 'at most 512'],
  ['arn:aws:s3:eu-west-1:123456789012:accesspoint/aurora', 'access point'],
  ['arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap', 'access point'],
  ['arn:aws:s3-object-lambda:eu-west-1:123456789012:accesspoint/aurora', 'Object Lambda'],
  ['arn:aws:s3-outposts:eu-west-1:123456789012:outpost/op-1/bucket/b', 'Outposts'],
  ['arn:aws:s3express:us-east-1:123456789012:bucket/b--use1-az4--x-s3', 'directory bucket'],
  ['arn:aws:s3tables:us-east-1:123456789012:bucket/b', 'table bucket'],
  ['arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666', 'KMS key'],
  ['arn:aws:iam::123456789012:user/sluice', 'IAM identity'],
  ['arn:aws:sqs:eu-west-1:123456789012:queue', 'ARN of sqs'],
  ['arn:aws:s3:::*', 'every bucket'],
  ['arn:aws-cn:s3:::aurora-events/permutive/*', 'AWS China'],
  ['arn:aws-us-gov:s3:::aurora-events', 'governments'],
  ['arn:aws:s3', 'not complete'],
  ['https://aurora-events.s3.cn-north-1.amazonaws.com.cn/permutive/', 'AWS China'],
  ['https://aurora-events.s3.us-gov-west-1.amazonaws.com/permutive/', 'governments'],
  ['https://console.amazonaws.cn/s3/buckets/aurora-events?region=cn-north-1', 'AWS China'],
  ['https://aurora-123456789012.s3-accesspoint.eu-west-1.amazonaws.com/x', 'access point'],
  ['https://mfzwi23gnjvgw.accesspoint.s3-global.amazonaws.com/x', 'access point'],
  ['https://aurora-123456789012.s3-object-lambda.eu-west-1.amazonaws.com/x', 'Object Lambda'],
  ['https://b--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com/x', 'directory bucket'],
  ['https://aurora-events.bucket.vpce-0a1b-xyz.s3.eu-west-1.vpce.amazonaws.com/x', 'one VPC'],
  ['https://123456789012.s3-control.eu-west-1.amazonaws.com/x', 'not an address of S3'],
  ['https://d111111abcdef8.cloudfront.net/x', 'not an address of S3'],
  ['https://s3.eu-west-1.amazonaws.com/', 'names no bucket'],
  ['https://s3.console.aws.amazon.com/s3/buckets?region=eu-west-1', 'names no bucket'],
  ['https://s3.console.aws.amazon.com/s3/ap/123456789012/aurora', 'access point'],
  [
    'https://us-east-1.console.aws.amazon.com/s3/buckets/b--use1-az4--x-s3?bucketType=directory',
    'directory bucket',
  ],
  ['https://eu-west-1.console.aws.amazon.com/kms/home?region=eu-west-1', 'not a page of the S3 console'],
  ['https://', 'not complete'],
  [
    '"Resource": ["arn:aws:s3:::aurora-events/*", "arn:aws:s3:::borealis/*"]',
    'several buckets (aurora-events, borealis)',
  ],
];

describe('what is pasted', () => {
  test.each(PLACES)('%s', (pasted, bucket, prefix, region) => {
    expect(parsePasted(pasted, [ENDPOINT])).toMatchObject({ kind: 'place', bucket, prefix, region });
  });

  test.each(REFUSED)('%s is refused with a sentence', (pasted, sentence) => {
    expect(parsePasted(pasted)).toMatchObject({
      kind: 'refused',
      sentence: expect.stringContaining(sentence),
    });
  });

  test('says where it is served when the address says so', () => {
    expect(parsePasted(`${ENDPOINT}/aurora-events/`, [ENDPOINT])).toMatchObject({ endpoint: ENDPOINT });
    expect(parsePasted(`${ENDPOINT}/aurora-events/`)).toMatchObject({ kind: 'refused' });
    expect(parsePasted('https://aurora-events.s3.amazonaws.com/')).toMatchObject({ endpoint: '' });
    expect(parsePasted('s3://aurora-events/')).toMatchObject({ endpoint: null });
  });

  test('says what it left out or assumed', () => {
    const notesOf = (pasted: string) => {
      const read = parsePasted(pasted);
      return read.kind === 'place' ? read.notes.join(' ') : '';
    };
    expect(notesOf('s3://aurora-events/permutive/')).toBe('');
    expect(notesOf(`s3://aurora-events/${FILE}`)).toContain('folders that Sluice makes itself');
    expect(notesOf('s3://aurora-events/a/b.csv')).toContain('took the folder it lies in');
    expect(notesOf('https://eu-west-1.console.aws.amazon.com/s3/buckets/aurora-events')).toContain('check');
    expect(notesOf('https://s3.console.aws.amazon.com/s3/buckets/b-1?region=mars-1')).toContain(
      'The region of this address is not one Sluice knows',
    );
    expect(notesOf('put it into s3://aurora-events please')).toContain('from the text');
    expect(notesOf('arn:aws:s3:::aurora-events/a/*/b')).toContain('wildcard');
  });
});

describe('secrets', () => {
  const SIGNATURE = 'f'.repeat(64);
  const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const presigned = `https://aurora-events.s3.amazonaws.com/permutive/x?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260101%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Signature=${SIGNATURE}`;

  test('a region that is not known is never repeated: it may be anything that was pasted', () => {
    const read = parsePasted(`https://s3.console.aws.amazon.com/s3/buckets/b-1?region=${SECRET}`);
    expect(read).toMatchObject({ kind: 'place', bucket: 'b-1', region: null });
    expect(JSON.stringify(read).toLowerCase()).not.toContain(SECRET.slice(0, 8).toLowerCase());
  });

  test('in a presigned address are dropped, and the reader is warned', () => {
    const read = parsePasted(presigned);
    expect(read).toMatchObject({ kind: 'place', bucket: B, prefix: P, region: EU, isSecret: true });
    expect(read).toMatchObject({ warning: expect.stringContaining('presigned') });
    expect(JSON.stringify(read)).not.toMatch(/ffff|AKIA/);
    const old = 'https://s3.amazonaws.com/aurora-events/x?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=abc';
    expect(parsePasted(old)).toMatchObject({ kind: 'place', isSecret: true });
    expect(parsePasted(presigned.replace('aurora-events.s3', 'x.s3-accesspoint.eu-west-1'))).toMatchObject({
      kind: 'refused',
      isSecret: true,
    });
  });

  test.each([SECRET, 'AKIAIOSFODNN7EXAMPLE', `key AKIAIOSFODNN7EXAMPLE secret ${SECRET}`])(
    'that are access keys are sent where they belong and not repeated',
    (pasted) => {
      const read = parsePasted(pasted);
      expect(read).toMatchObject({ kind: 'refused', isSecret: true });
      expect(JSON.stringify(read)).not.toMatch(/AKIA|wJal/);
    },
  );

  test('beside an address leave the address', () => {
    expect(parsePasted(`s3://aurora-events/permutive/ AKIAIOSFODNN7EXAMPLE ${SECRET}`)).toMatchObject({
      bucket: B,
      prefix: P,
      isSecret: true,
      warning: expect.stringContaining('access key'),
    });
  });
});

describe('whatever is pasted', () => {
  const part = fc.oneof(
    fc.constantFrom(
      's3://',
      'https://',
      'arn:aws:s3:::',
      '.s3.',
      'amazonaws.com',
      '/',
      '*',
      '?prefix=',
      '%',
      '%2',
      '{',
      '"',
      ' ',
    ),
    fc.constantFrom(
      's3.console.aws.amazon.com/s3/buckets/',
      'aurora-events',
      'type=',
      'type=events',
      '..',
      '//',
      'x.gz',
    ),
    fc.constantFrom(...REGIONS.slice(0, 4)),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
  );
  const pasted = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
  );

  test('is read into a place that the form will accept, or refused with a sentence; nothing throws', () => {
    fc.assert(
      fc.property(pasted, (text) => {
        const read = parsePasted(text, [ENDPOINT]);
        if (read.kind === 'refused') {
          expect(read.sentence).toMatch(/^\S.*[.…]$/);
          return;
        }
        expect([bucketFault(read.bucket), prefixFault(read.prefix)]).toEqual([null, null]);
        expect(read.prefix === '' || read.prefix.endsWith('/')).toBe(true);
        expect(read.region === null || REGIONS.includes(read.region)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  test('a place that was read means the same when it is pasted again', () => {
    fc.assert(
      fc.property(pasted, (text) => {
        const read = parsePasted(text, [ENDPOINT]);
        if (read.kind === 'refused') return;
        const again = parsePasted(`s3://${read.bucket}/${read.prefix}`);
        expect(again).toMatchObject({ bucket: read.bucket, prefix: read.prefix, notes: [] });
      }),
      { numRuns: 5_000 },
    );
  });
});

test('a region that is not known is never repeated: it may be anything that was pasted', () => {
  const secret = 'wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY';
  const pasted = parsePasted(`https://console.aws.amazon.com/s3/buckets/${B}?region=${secret}`);
  expect(pasted).toMatchObject({ kind: 'place', bucket: B });
  expect(JSON.stringify(pasted)).toContain('is not one Sluice knows');
  expect(JSON.stringify(pasted)).not.toContain(secret.slice(0, 12));
});
