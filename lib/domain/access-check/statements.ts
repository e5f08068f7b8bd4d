import { bucketLink, identityLink, keyLink } from './console-link';
import type { FixFacts } from './fix-facts';
import { keyName, keyOf, principalOf, whoOf } from './principal';
import type { CheckFix, CheckFixLink } from './view';

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

/** A statement for the policies of the user or role itself. */
export function identityStatement(
  facts: FixFacts,
  sid: string,
  rights: { readonly actions: readonly string[]; readonly on: readonly string[] },
): CheckFix {
  const statement: Statement = { Sid: sid, Effect: 'Allow', Action: rights.actions, Resource: rights.on };
  const title = `Add this statement to the policy of the ${whoOf(facts)}`;
  const link = identityLink(facts, 'permissions');
  return { title, language: 'json', text: toJson(statement), link };
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
    link: bucketLink(facts),
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
    link: keyLink(facts),
  };
}

/** Lets the identity use a key by its own policy. */
export function keyStatement(facts: FixFacts, actions: readonly string[]): CheckFix {
  return identityStatement(facts, 'SluiceRequiredKey', { actions, on: [keyOf(facts)] });
}

/** The whole trust policy of the role: our identity, with the external id and no other way in. */
export function trustCondition(facts: FixFacts): CheckFix {
  return {
    title: 'Put this condition into every statement of the role’s trust policy that lets us in',
    language: 'json',
    text: toJson({ Condition: { StringEquals: { 'sts:ExternalId': facts.externalId } } }),
    link: identityLink(facts, 'trust_relationships'),
  };
}

export function shell(title: string, text: string, link: CheckFixLink | null = null): CheckFix {
  return { title, language: 'shell', text, link };
}

export function plain(title: string, text: string, link: CheckFixLink | null = null): CheckFix {
  return { title, language: 'text', text, link };
}
