import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketFault } from '@/lib/domain/destination/bucket';
import { prefixFault } from '@/lib/domain/destination/prefix';
import { leastPolicy } from './access-policy';
import type { GrantFormat, GrantPlace } from './grant-place';
import { grantTexts } from './grant-texts';
import { trustPolicy } from './trust-policy';

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666';
const ROLE = {
  kind: 'role',
  externalId: 'slx-0a1b2c3d4e5f',
  principalArn: 'arn:aws:iam::111122223333:role/sluice-worker',
} as const;
const place: GrantPlace = {
  ...{ bucket: 'aurora-events', prefix: 'permutive/', region: 'eu-west-1', kmsKeyArn: KEY, access: ROLE },
};

const bucket = fc
  .stringMatching(/^[a-z0-9][a-z0-9.-]{1,40}[a-z0-9]$/)
  .filter((name) => bucketFault(name) === null);
const prefix = fc
  .stringMatching(/^([A-Za-z0-9._=-]{1,12}\/){0,3}$/)
  .filter((given) => prefixFault(given) === null);
const places = fc.record({
  bucket,
  prefix,
  region: fc.constant('eu-west-1'),
  kmsKeyArn: fc.constantFrom(null, KEY),
  access: fc.constantFrom<GrantPlace['access']>(ROLE, { kind: 'keys' }),
});

function textOf(given: GrantPlace, format: GrantFormat): string {
  const found = grantTexts(given).find((one) => one.format === format);
  if (found === undefined) throw new Error(`There is no ${format}`);
  return found.text;
}

/** The arguments that a shell would call `aws` with. */
function runCli(script: string): string[][] {
  const stub = 'aws() { for word in "$@"; do printf "%s\\0" "$word"; done; printf "\\n\\0"; }\n';
  const printed = execFileSync('/bin/sh', ['-c', `${stub}${script}`]).toString('utf8');
  const words = printed.split('\0').slice(0, -1);
  const calls: string[][] = [[]];
  for (const word of words) {
    if (word === '\n') calls.push([]);
    else calls.at(-1)?.push(word);
  }
  return calls.slice(0, -1);
}

/** Every JSON document in a text of arguments. */
const documents = (calls: readonly (readonly string[])[]) =>
  calls.flatMap((call) =>
    call.filter((word) => word.startsWith('{')).map((word) => JSON.parse(word) as unknown),
  );

describe('the texts of a grant', () => {
  test('are, for a role, a template, Terraform, CLI, trust and policies; a user has no trust policy', () => {
    const formats = (access: GrantPlace['access']) =>
      grantTexts({ ...place, access }).map(({ format }) => format);
    expect(formats(ROLE)).toEqual(['cloudformation', 'terraform', 'cli', 'trust', 'policy', 'guide']);
    expect(formats({ kind: 'keys' })).toEqual(['cloudformation', 'terraform', 'cli', 'policy', 'guide']);
  });

  test('trust our identity alone, and only with the external id', () => {
    const { Statement } = JSON.parse(textOf(place, 'trust')) as { Statement: unknown[] };
    expect(Statement).toEqual([
      {
        Sid: 'SluiceTakesOnTheRole',
        Effect: 'Allow',
        Principal: { AWS: ROLE.principalArn },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': ROLE.externalId } },
      },
    ]);
  });

  test('hold the very policies, as a shell hands them to the CLI, for every place', () => {
    fc.assert(
      fc.property(places, (given) => {
        const calls = runCli(textOf(given, 'cli'));
        const policy = JSON.parse(leastPolicy(given)) as unknown;
        const trust = given.access.kind === 'role' ? [JSON.parse(trustPolicy(given.access)) as unknown] : [];
        expect(documents(calls)).toEqual([...trust, policy]);
        expect(calls).toHaveLength(3);
      }),
      { numRuns: 15 },
    );
  });

  test('hold every string of the policies in Terraform and in the template, for every place', () => {
    fc.assert(
      fc.property(places, (given) => {
        const policy = JSON.parse(leastPolicy(given)) as unknown;
        for (const format of ['terraform', 'cloudformation'] as const) {
          const text = textOf(given, format);
          for (const one of stringsOf(policy)) expect(text).toContain(JSON.stringify(one));
          expect(text).not.toMatch(/\$\{|%\{|!Sub|<<|\t/);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('name another user or role for another place, within what IAM takes', () => {
    const nameOf = (given: GrantPlace) =>
      /--role-name '([^']*)'/.exec(textOf({ ...given, access: ROLE }, 'cli'))?.[1];
    fc.assert(
      fc.property(places, places, (one, other) => {
        expect(nameOf(one)).toMatch(/^[\w+=,.@-]{1,64}$/);
        const isSame = one.bucket === other.bucket && one.prefix === other.prefix;
        expect(nameOf(one) === nameOf(other)).toBe(isSame);
      }),
    );
    expect(nameOf({ ...place, bucket: 'b'.repeat(63) })).toMatch(/^.{1,64}$/);
  });

  test('never make a key that a template or a state would hold', () => {
    for (const format of ['terraform', 'cloudformation'] as const) {
      expect(textOf({ ...place, access: { kind: 'keys' } }, format)).not.toMatch(/access_?key/i);
    }
  });

  test('read as a person would write them', () => {
    expect(textOf(place, 'cloudformation')).toMatchSnapshot();
    expect(textOf(place, 'terraform')).toMatchSnapshot();
    expect(textOf({ ...place, kmsKeyArn: null, access: { kind: 'keys' } }, 'cli')).toMatchSnapshot();
  });
});

function stringsOf(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(stringsOf) : [];
}
