import type { FixFacts } from './fix-facts';

/** The ARN of whom the bucket or the key must let in, or a placeholder that says what belongs there. */
export function principalOf({ principalArn, roleArn, accountId }: FixFacts): string {
  // A session of a role is not what policies name: they name the role.
  if (roleArn !== null) return roleArn;
  return principalArn ?? `arn:aws:iam::${accountId ?? 'ACCOUNT'}:user/USER`;
}

/** Whom a person knows by name: “the role sluice-delivery”. */
export function whoOf(facts: FixFacts): string {
  const name = principalOf(facts).split('/').at(-1) ?? '';
  const kind = facts.accessKind === 'role' ? 'role' : 'user';
  return facts.principalArn === null && facts.roleArn === null ? `IAM ${kind}` : `${kind} ${name}`;
}

/** The ARN of the KMS key that it is about, or a placeholder. */
export function keyOf({ keyArn, kmsKeyArn, region, ownerAccountId, accountId }: FixFacts): string {
  const account = ownerAccountId ?? accountId ?? 'ACCOUNT';
  return keyArn ?? kmsKeyArn ?? `arn:aws:kms:${region}:${account}:key/KEY-ID`;
}

export function keyName(facts: FixFacts): string {
  return keyOf(facts).split('/').at(-1) ?? keyOf(facts);
}
