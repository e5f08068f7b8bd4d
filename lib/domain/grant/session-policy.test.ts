import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { POWERLESS_POLICY, sessionPolicy } from './session-policy';

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666';
const place = { bucket: 'aurora-events', prefixes: ['permutive/'], region: 'eu-west-1', kmsKeyArn: null };

interface Policy {
  readonly Statement: readonly {
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
    readonly Condition?: unknown;
  }[];
}
const read = (text: string) => JSON.parse(text) as Policy;

describe('a session of a role', () => {
  test('touches objects under the prefix only, lists there only, and uses keys only through S3', () => {
    const [objects, list, reads, key] = read(sessionPolicy(place)).Statement;
    expect(objects?.Resource).toEqual(['arn:aws:s3:::aurora-events/permutive/*']);
    expect(list?.Condition).toEqual({ StringLike: { 's3:prefix': ['permutive/*'] } });
    expect(reads?.Resource).toBe('arn:aws:s3:::aurora-events');
    expect(key).toMatchObject({
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
    });
    expect(read(sessionPolicy({ ...place, kmsKeyArn: KEY })).Statement[3]?.Resource).toBe(KEY);
  });

  test('reaches every prefix that files may still go to', () => {
    const [objects] = read(sessionPolicy({ ...place, prefixes: ['new/', 'old/'] })).Statement;
    expect(objects?.Resource).toEqual([
      'arn:aws:s3:::aurora-events/new/*',
      'arn:aws:s3:::aurora-events/old/*',
    ]);
  });

  test('fits into what AWS takes, and reaches every prefix, however many and long they are', () => {
    const prefix = fc
      .stringMatching(/^[a-z/]{0,511}$/)
      .map((text) => (text === '' || text.endsWith('/') ? text : `${text}/`));
    const bucket = fc.stringMatching(/^[a-z]{3,63}$/);
    fc.assert(
      fc.property(fc.array(prefix, { minLength: 1, maxLength: 6 }), bucket, (prefixes, name) => {
        const text = sessionPolicy({ bucket: name, prefixes, region: 'ap-southeast-2', kmsKeyArn: KEY });
        expect(text.length).toBeLessThanOrEqual(2_048);
        const resources = [read(text).Statement[0]?.Resource ?? []].flat();
        for (const one of prefixes) {
          const key = `arn:aws:s3:::${name}/${one}type=events/x`;
          expect(resources.some((resource) => key.startsWith(resource.slice(0, -1)))).toBe(true);
        }
      }),
    );
  });
});

test('what comes of a negative probe can do nothing', () => {
  expect(JSON.parse(POWERLESS_POLICY)).toMatchObject({
    Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
  });
});
