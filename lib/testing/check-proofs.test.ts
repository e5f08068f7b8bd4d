import { expect, test } from 'vitest';
import { ALL_CHECK_CAUSES, CHECK_CAUSES } from '@/lib/domain/access-check/causes';
import type { FixFacts } from '@/lib/domain/access-check/fix-facts';
import { CHECK_PROOFS, type CheckProof } from './check-proofs';

const ACCOUNT = '123456789012';
const FACTS: FixFacts = {
  endpoint: '',
  bucket: 'aurora-events',
  prefix: 'permutive/',
  region: 'eu-west-1',
  kmsKeyArn: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/7d2c`,
  accessKind: 'role',
  roleArn: `arn:aws:iam::${ACCOUNT}:role/sluice-delivery`,
  externalId: 'slx-…',
  principalArn: null,
  accountId: ACCOUNT,
  ownerAccountId: ACCOUNT,
  foundRegion: 'us-east-1',
  keyArn: null,
  testFileKey: null,
  takenBy: 'Main site',
  surplusCount: 5,
};
const AGAINST: Readonly<Record<CheckProof, string>> = {
  radosgw: 'stand-in, radosgw',
  'stand-in': 'stand-in',
  told: 'stand-in, told to answer so',
  ours: 'our own side',
};
const OWNERS = { customer: 'customer', us: 'us', aws: 'AWS' } as const;

function catalogue(): string {
  const rows = ALL_CHECK_CAUSES.map((cause) => {
    const { owner, sentence, fix } = CHECK_CAUSES[cause];
    const cells = [
      `\`${cause}\``,
      OWNERS[owner],
      sentence(FACTS),
      fix(FACTS).title,
      AGAINST[CHECK_PROOFS[cause]],
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return [
    '# Causes of an access check',
    '',
    'Every way in which a row of a check may not pass: whose move it is, what the row says, and what its fix is. Filled in',
    'for an example. The last column says what the cause is proven against; AWS itself is in no test. Written by',
    '`npx vitest run lib/testing/check-proofs -u`; how a check goes is in [access-check.md](access-check.md).',
    '',
    '| cause | whose move | what the row says | fix | proven against |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

test('the catalogue in the documentation is the catalogue in the code', async () => {
  await expect(catalogue()).toMatchFileSnapshot('../../docs/access-check-causes.md');
});
