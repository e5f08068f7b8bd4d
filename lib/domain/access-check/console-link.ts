import type { FixFacts } from './fix-facts';
import { keyOf, principalOf } from './principal';
import type { CheckFixLink } from './view';

/** China and GovCloud have consoles of their own; other stores than AWS have none that we know. */
function isCommercialAws({ endpoint, region }: FixFacts): boolean {
  return endpoint === '' && !/^(?:cn|us-gov|us-iso)/.test(region);
}

function link(facts: FixFacts, label: string, url: string): CheckFixLink | null {
  return isCommercialAws(facts) ? { label, url } : null;
}

/** The page of the KMS key, where its policy is edited; null where no key is known. */
export function keyLink(facts: FixFacts): CheckFixLink | null {
  const { region } = facts;
  const keyId = keyOf(facts).split('/').at(-1) ?? '';
  if (facts.keyArn === null && facts.kmsKeyArn === null) return null;
  const url = `https://${region}.console.aws.amazon.com/kms/home?region=${region}#/kms/keys/${encodeURIComponent(keyId)}`;
  return link(facts, 'Open the key in AWS', url);
}

/** The bucket's page of permissions: its policy, public access and ownership. */
export function bucketLink(facts: FixFacts): CheckFixLink | null {
  const { bucket, region } = facts;
  const url = `https://s3.console.aws.amazon.com/s3/buckets/${bucket}?region=${region}&tab=permissions`;
  return link(facts, 'Open the bucket in AWS', url);
}

/** The page of the role or user, where its policies or its trust are edited; null while nobody knows its name. */
export function identityLink(
  facts: FixFacts,
  section: 'permissions' | 'trust_relationships',
): CheckFixLink | null {
  if (facts.principalArn === null && facts.roleArn === null) return null;
  const name = encodeURIComponent(principalOf(facts).split('/').at(-1) ?? '');
  const kind = facts.accessKind === 'role' ? 'role' : 'user';
  const url = `https://console.aws.amazon.com/iam/home#/${kind}s/details/${name}?section=${section}`;
  return link(facts, `Open the ${kind} in AWS`, url);
}
