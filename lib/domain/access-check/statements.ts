import type { FixFacts } from './fix-facts';
import type { CheckFix } from './view';

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[] | string;
  readonly Resource: readonly string[] | string;
  readonly Principal?: { readonly AWS: string };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

function toJson(value: object): string {
  return JSON.stringify(value, null, 2);
}

function objectArns({ bucket, prefix }: FixFacts): string[] {
  const objects = `arn:aws:s3:::${bucket}/${prefix}`;
  return [`${objects}type=*`, `${objects}_sluice/*`];
}

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

/** A statement for the policies of the user or role itself. */
export function identityStatement(
  facts: FixFacts,
  sid: string,
  rights: { readonly actions: readonly string[]; readonly on: readonly string[] },
): CheckFix {
  const statement: Statement = { Sid: sid, Effect: 'Allow', Action: rights.actions, Resource: rights.on };
  const title = `Add this statement to the policy of the ${whoOf(facts)}`;
  return { title, language: 'json', text: toJson(statement) };
}

/** Rights on our own objects in the place, for the identity's policy. */
export function filesStatement(facts: FixFacts, actions: readonly string[]): CheckFix {
  return identityStatement(facts, 'SluiceRequiredFiles', { actions, on: objectArns(facts) });
}

/** Rights on the bucket itself, for the identity's policy. */
export function bucketStatement(facts: FixFacts, sid: string, actions: readonly string[]): CheckFix {
  return identityStatement(facts, sid, { actions, on: [`arn:aws:s3:::${facts.bucket}`] });
}

/** Lets the identity in by the policy of the bucket: needed when they belong to different accounts. */
export function bucketPolicyStatement(facts: FixFacts, actions: readonly string[]): CheckFix {
  const statement: Statement = {
    Sid: 'SluiceFiles',
    Effect: 'Allow',
    Principal: { AWS: principalOf(facts) },
    Action: actions,
    Resource: objectArns(facts),
  };
  return {
    title: `Add this statement to the policy of the bucket ${facts.bucket}`,
    language: 'json',
    text: toJson(statement),
  };
}

/** Lets the identity use a key by the key's own policy. */
export function keyPolicyStatement(facts: FixFacts, actions: readonly string[]): CheckFix {
  const statement: Statement = {
    Sid: 'SluiceKey',
    Effect: 'Allow',
    Principal: { AWS: principalOf(facts) },
    Action: actions,
    // In a key's policy this is the key itself.
    Resource: '*',
  };
  return {
    title: `Add this statement to the policy of the key ${keyName(facts)}`,
    language: 'json',
    text: toJson(statement),
  };
}

/** Lets the identity use a key by its own policy. */
export function keyStatement(facts: FixFacts, actions: readonly string[]): CheckFix {
  return identityStatement(facts, 'SluiceRequiredKey', { actions, on: [keyOf(facts)] });
}

export function keyOf({ keyArn, kmsKeyArn, region, ownerAccountId, accountId }: FixFacts): string {
  const account = ownerAccountId ?? accountId ?? 'ACCOUNT';
  return keyArn ?? kmsKeyArn ?? `arn:aws:kms:${region}:${account}:key/KEY-ID`;
}

export function keyName(facts: FixFacts): string {
  return keyOf(facts).split('/').at(-1) ?? keyOf(facts);
}

/** The whole trust policy of the role: our identity, with the external id and no other way in. */
export function trustCondition(facts: FixFacts): CheckFix {
  return {
    title: 'Put this condition into every statement of the role’s trust policy that lets us in',
    language: 'json',
    text: toJson({ Condition: { StringEquals: { 'sts:ExternalId': facts.externalId } } }),
  };
}

export function shell(title: string, text: string): CheckFix {
  return { title, language: 'shell', text };
}

export function plain(title: string, text: string): CheckFix {
  return { title, language: 'text', text };
}
