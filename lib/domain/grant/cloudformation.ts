import { leastStatements } from './access-policy';
import { yamlString } from './escape';
import { type GrantPlace, grantName } from './grant-place';
import { trustStatements } from './trust-policy';
import { policyDocument } from './write-policy';

/**
 * A CloudFormation template in YAML: the role with its policy, or a user with the policy and no key (a template would
 * show the secret to whoever may read the stack). Nothing in it is a parameter or an intrinsic function of `!Sub`, so no
 * sign of a name can mean anything.
 */
export function cloudFormation(place: GrantPlace): string {
  const { access } = place;
  const policies = [
    { PolicyName: 'sluice-delivery', PolicyDocument: policyDocument(leastStatements(place)) },
  ];
  const name = grantName(place);
  const resource =
    access.kind === 'role'
      ? {
          Type: 'AWS::IAM::Role',
          Properties: {
            RoleName: name,
            MaxSessionDuration: 3_600,
            AssumeRolePolicyDocument: policyDocument(trustStatements(access)),
            Policies: policies,
          },
        }
      : { Type: 'AWS::IAM::User', Properties: { UserName: name, Policies: policies } };
  const value = { 'Fn::GetAtt': ['SluiceDelivery', 'Arn'] };
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Lets Sluice deliver to s3://${place.bucket}/${place.prefix}`,
    Resources: { SluiceDelivery: resource },
    Outputs: {
      Arn: {
        Description:
          access.kind === 'role'
            ? 'Enter this ARN on the page of Sluice'
            : 'Make an access key for this user',
        Value: value,
      },
    },
  };
  return `${HOW}\n${yaml(template, '')}\n`;
}

/** Block style; every string quoted, so that none is taken for a number, a date or a tag. */
function yaml(node: unknown, indent: string): string {
  const deeper = `${indent}  `;
  if (Array.isArray(node)) {
    return node.map((item: unknown) => `${indent}- ${yaml(item, deeper).trimStart()}`).join('\n');
  }
  if (typeof node === 'object' && node !== null) {
    return Object.entries(node)
      .map(
        ([name, value]) => `${indent}${yamlName(name)}:${isBlock(value) ? '\n' : ' '}${yaml(value, deeper)}`,
      )
      .join('\n');
  }
  return typeof node === 'string' ? yamlString(node) : String(node);
}

const HOW = '# Make a stack of this file, and allow it to name IAM resources (CAPABILITY_NAMED_IAM).';

function isBlock(node: unknown): boolean {
  return typeof node === 'object' && node !== null;
}

function yamlName(name: string): string {
  return /^[A-Za-z]+$/.test(name) ? name : yamlString(name);
}
